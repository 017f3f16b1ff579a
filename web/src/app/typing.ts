const OWN_KEYS = '[role=dialog],[role=menu],[role=listbox]';

/** Single-letter keys belong to whoever is typing, and to open menus and dialogs. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest(OWN_KEYS) !== null) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return ['TEXTAREA', 'SELECT'].includes(target.tagName);
}
