import type { TransactionItem } from '@recaudo/shared';

/** Captured money: the only thing that can be given back. Whether anything is left of it, the server says. */
export function isCaptured({ kind, state }: Pick<TransactionItem, 'kind' | 'state'>): boolean {
  return state === 'approved' && (kind === 'payment' || kind === 'checkout');
}
