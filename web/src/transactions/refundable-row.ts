import type { TransactionItem, TransactionView } from '@recaudo/shared';

/** Captured money: the only thing that can be given back. Whether anything is left of it, the server says. */
export function isCaptured({ kind, state }: Pick<TransactionItem, 'kind' | 'state'>): boolean {
  return state === 'approved' && (kind === 'payment' || kind === 'checkout');
}

/** Whether, by the operations known beside it, any of it is still there; chargebacks only the server weighs. */
export function hasLeft(row: TransactionView, all: readonly TransactionView[]): boolean {
  const back = all
    .filter(({ parentId, kind, state }) => parentId === row.id && kind === 'reverse' && state !== 'rejected')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return isCaptured(row) && back < row.amountMinor;
}
