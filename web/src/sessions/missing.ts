import type { SessionView, TransactionView } from '@recaudo/shared';

/** What the order still lacks; never below zero. Minor units. */
export function missingOf({ order }: Pick<SessionView, 'order'>): number {
  return Math.max(order.dueMinor - order.settledMinor, 0);
}

/** The parts of a dispersion that were not paid, in the order in which they were tried. */
export function rejectedParts({ transactions }: Pick<SessionView, 'transactions'>): TransactionView[] {
  return transactions.filter(({ groupId, state }) => groupId !== null && state === 'rejected');
}
