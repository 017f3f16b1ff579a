import type { Currency } from '@recaudo/shared';

/** One sum per currency, in order of first appearance; minor units. */
export function sumByCurrency(rows: readonly { currency: Currency; amountMinor: number }[]) {
  const sums = new Map<Currency, number>();
  for (const row of rows) sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.amountMinor);
  return [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}
