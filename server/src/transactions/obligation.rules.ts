import type { OrderState } from '@recaudo/shared';

export interface Owed {
  dueMinor: number;
  settledMinor: number;
  heldMinor: number;
  returnedMinor: number;
}

/** What an order owes, in a word. `agreed`: a person gave up the rest. What was given back is not owed again. */
export function orderState(owed: Owed, agreed: boolean): OrderState {
  const { dueMinor, settledMinor, heldMinor, returnedMinor } = owed;
  const kept = settledMinor - returnedMinor;
  if (kept > dueMinor) return 'overpaid';
  if (dueMinor === 0) return 'nothing';
  if (kept === dueMinor) return 'paid';
  if (returnedMinor > 0 && kept <= 0) return 'returned';
  if (settledMinor >= dueMinor) return 'part_returned';
  if (agreed) return 'agreed';
  if (settledMinor > 0) return 'part_paid';
  return heldMinor > 0 ? 'held' : 'due';
}

/** What is left to be asked for: neither settled nor held. */
export function remainderMinor(owed: Owed): number {
  return Math.max(0, owed.dueMinor - owed.settledMinor - owed.heldMinor);
}
