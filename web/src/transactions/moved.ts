import type { TransactionItem } from '@recaudo/shared';

type Row = Pick<TransactionItem, 'kind' | 'state' | 'amountMinor'>;

const IN = new Set<Row['kind']>(['payment', 'recurring', 'checkout', 'chargeback_reversal']);
const OUT = new Set<Row['kind']>(['reverse', 'chargeback']);

/** The amount as it is told: what goes back to the payer has its sign. Minor units. */
export function signedMinor({ kind, amountMinor }: Pick<Row, 'kind' | 'amountMinor'>): number {
  return OUT.has(kind) ? -amountMinor : amountMinor;
}

/**
 * What truly came in or went out: nothing while it is not approved, nor of what only holds, groups or decides. A sum of
 * these over any list is money.
 */
export function movedMinor(row: Row): number {
  if (row.state !== 'approved') return 0;
  return IN.has(row.kind) || OUT.has(row.kind) ? signedMinor(row) : 0;
}
