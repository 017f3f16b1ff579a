import type { OrderState } from '@recaudo/shared';

export interface Owed {
  dueMinor: number;
  settledMinor: number;
  heldMinor: number;
}

/** What an order owes, in a word. `agreed`: a person gave up the rest. */
export function orderState(owed: Owed, agreed: boolean): OrderState {
  if (owed.settledMinor > owed.dueMinor) return 'overpaid';
  if (owed.dueMinor === 0) return 'nothing';
  if (owed.settledMinor === owed.dueMinor) return 'paid';
  if (agreed) return 'agreed';
  if (owed.settledMinor > 0) return 'part_paid';
  return owed.heldMinor > 0 ? 'held' : 'due';
}

/** What is left to be asked for: neither settled nor held. */
export function remainderMinor(owed: Owed): number {
  return Math.max(0, owed.dueMinor - owed.settledMinor - owed.heldMinor);
}
