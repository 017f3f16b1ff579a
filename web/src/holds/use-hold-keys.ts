import type { PreauthorizationView } from '@recaudo/shared';
import { useNavigate } from 'react-router-dom';
import { useListKeys } from '../list/use-list-keys.js';
import type { HoldAct } from '../money/HoldDialog.js';
import { holdPath } from '../sessions/naming.js';

interface Acts {
  mayAct: boolean;
  toggle: (id: string) => void;
  act: (hold: PreauthorizationView, act: HoldAct) => void;
}

/** j and k move, Enter opens, x chooses, c captures, l lets go. Gives the active row. */
export function useHoldKeys(holds: PreauthorizationView[], { mayAct, toggle, act }: Acts): number {
  const navigate = useNavigate();
  const acting = (name: HoldAct) => (index: number) => {
    const hold = holds[index];
    if (hold?.availableActions.some(({ action, allowed }) => action === name && allowed)) act(hold, name);
  };
  const [active] = useListKeys({
    count: holds.length,
    onOpen: (index) => {
      const hold = holds[index];
      if (hold) void navigate(holdPath(hold.id));
    },
    onToggle: (index) => {
      const hold = holds[index];
      if (hold && mayAct) toggle(hold.id);
    },
    acts: { c: acting('checkout'), l: acting('release') },
  });
  return active;
}
