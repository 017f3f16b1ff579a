import type { Currency, RefundLimits } from '@recaudo/shared';

export interface Spending {
  amountMinor: number;
  currency: Currency;
  /** Every other refund of the same payment that was not rejected. */
  paymentMinor: number;
  /** Every other refund that the same person asked for on the same day of the site, in that currency. */
  dayMinor: number;
}

/**
 * Which limit a refund exceeds, as a message key; null: none, and nobody needs to approve it. Limits are cumulative, so
 * that an amount split into pieces is judged as a whole; they are in the site's own currency, and any other needs a
 * second person.
 */
export function limitExceeded(
  limits: RefundLimits | null,
  siteCurrency: Currency,
  { amountMinor, currency, paymentMinor, dayMinor }: Spending,
): string | null {
  if (!limits) return 'no_limit_set';
  if (currency !== siteCurrency) return 'other_currency';
  if (amountMinor > limits.operationMinor) return 'operation';
  if (paymentMinor + amountMinor > limits.paymentMinor) return 'payment';
  return dayMinor + amountMinor > limits.dayMinor ? 'day' : null;
}
