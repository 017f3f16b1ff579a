import type { MrrKind, PeriodUnit } from '@recaudo/shared';

/** Months of a unit as a fraction: a year has twelve months and 365.25 days. */
const PER_MONTH: Record<PeriodUnit, { times: bigint; by: bigint }> = {
  day: { times: 487n, by: 16n },
  week: { times: 487n, by: 112n },
  month: { times: 1n, by: 1n },
  year: { times: 1n, by: 12n },
};

/**
 * What a charge of so many minor units comes to in a month (house rule): by month a / i, by year a / 12 i, by week
 * a · 365.25 / 84 i, by day a · 365.25 / 12 i, rounded half away from zero.
 */
export function monthlyMinor(amountMinor: number, unit: PeriodUnit, interval: number): number {
  const { times, by } = PER_MONTH[unit];
  const above = BigInt(Math.abs(amountMinor)) * times;
  const below = by * BigInt(interval);
  return Math.sign(amountMinor) * Number((2n * above + below) / (2n * below));
}

/** What became of a schedule: a period of it was paid, or it charges no more; a pause is chosen, or the policy's. */
export type MrrEvent =
  { kind: 'paid'; mrrMinor: number } | { kind: 'stopped'; why: 'chosen' | 'unpaid' | 'finished' };

export interface MrrFact {
  kind: MrrKind;
  /** Of a churn; else empty. */
  why: '' | 'chosen' | 'unpaid' | 'finished';
  beforeMinor: number;
  mrrMinor: number;
}

/** The fact that follows a schedule's last one (null: it has none yet); null: nothing changes. */
export function nextMrrFact(
  last: Pick<MrrFact, 'kind' | 'mrrMinor'> | null,
  event: MrrEvent,
): MrrFact | null {
  const counts = last !== null && last.kind !== 'churn';
  const beforeMinor = counts ? last.mrrMinor : 0;
  if (event.kind === 'stopped')
    return counts ? { kind: 'churn', why: event.why, beforeMinor, mrrMinor: 0 } : null;
  const { mrrMinor } = event;
  if (!counts) return { kind: last ? 'reactivation' : 'new', why: '', beforeMinor, mrrMinor };
  if (mrrMinor === beforeMinor) return null;
  return { kind: mrrMinor > beforeMinor ? 'expansion' : 'contraction', why: '', beforeMinor, mrrMinor };
}
