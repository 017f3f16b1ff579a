/** What may be given back of a transaction (protocol 8.5), pure. Amounts in minor units. */
import { addDays, dayOf, hourOfDay } from '../platform/days.js';

export interface Refundable {
  /** What was taken. */
  takenMinor: number;
  refundedMinor: number;
  isSettled: boolean;
  /** Several parts that are only given back together. */
  isDispersed: boolean;
}

export type RefundRefusal = 'alreadyRefunded' | 'overRefund' | 'notSettled' | 'wholeOnly';

/** `wanted` is null for all that is left. `early` is the site's reading of a partial refund before settlement. */
export function judgeRefund(
  of: Refundable,
  wanted: number | null,
  early: 'refused' | 'voids_whole',
): { amountMinor: number } | { refusal: RefundRefusal } {
  const left = of.takenMinor - of.refundedMinor;
  if (left <= 0) return { refusal: 'alreadyRefunded' };
  if (wanted === null || wanted === left) return { amountMinor: left };
  if (wanted > left) return { refusal: 'overRefund' };
  if (of.isDispersed) return { refusal: 'wholeOnly' };
  if (of.isSettled) return { amountMinor: wanted };
  return early === 'voids_whole' ? { amountMinor: left } : { refusal: 'notSettled' };
}

/** When something approved at `at` becomes settled: at the first `hour` o'clock of the zone after it. */
export function settledAt(at: Date, hour: number, zone: string): Date {
  const day = dayOf(at, zone);
  const sameDay = hourOfDay(day, hour, zone);
  return sameDay > at ? sameDay : hourOfDay(addDays(day, 1), hour, zone);
}
