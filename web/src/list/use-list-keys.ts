import { useEffect, useRef, useState } from 'react';
import { isTyping } from '../app/typing.js';

interface ListKeys {
  count: number;
  onOpen: (index: number) => void;
  onToggle: (index: number) => void;
  /** p shows the active row beside the list, or hides it; Escape hides it. */
  onPeek?: (open: 'toggle' | false) => void;
  /** What else a single letter does to the active row. */
  acts?: Record<string, (index: number) => void>;
}

/**
 * j and k move through the rows, Enter opens, x selects; silent while somebody types or a menu is open. Gives the active
 * row, -1 before the first key, and makes another one active.
 */
export function useListKeys(keys: ListKeys): [active: number, activate: (index: number) => void] {
  const [active, setActive] = useState(-1);
  const latest = useRef({ ...keys, active });
  useEffect(() => {
    latest.current = { ...keys, active };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const { count, active: at, onOpen, onToggle, onPeek, acts = {} } = latest.current;
      if (event.key === 'j') setActive(Math.min(at + 1, count - 1));
      else if (event.key === 'k') setActive(Math.max(at - 1, 0));
      else if (event.key === 'x' && at >= 0) onToggle(at);
      else if (event.key === 'Enter' && at >= 0 && !isControl(event.target)) onOpen(at);
      else if (event.key === 'Escape' && onPeek) onPeek(false);
      else if (event.key === 'p' && onPeek && count > 0) {
        setActive(Math.max(at, 0));
        onPeek('toggle');
      } else if (at >= 0 && Object.hasOwn(acts, event.key)) acts[event.key]?.(at);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return [Math.min(active, keys.count - 1), setActive];
}

/** Enter on a focused link or button is that control's own. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a,button,[role=tab],[role=button]') !== null;
}
