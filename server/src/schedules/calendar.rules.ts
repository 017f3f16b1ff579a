import { addDays, addMonths, type PeriodUnit } from '@recaudo/shared';
import { tzOffset } from '@date-fns/tz';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** When a schedule charges. Days are calendar days of its zone, as YYYY-MM-DD; periods are counted from 0. */
export interface Plan {
  unit: PeriodUnit;
  interval: number;
  startOn: string;
  /** Days before the first charge. */
  trialDays: number;
  /** Of months and years: the day of the month on which it charges, or the month's last where it has none. */
  anchorDay: number | null;
  maxPeriods: number | null;
  /** Nothing is charged after this day. */
  endOn: string | null;
  zone: string;
  /** Local hour of the charge, 0 to 23. */
  chargeHour: number;
}

export type Rhythm = Pick<Plan, 'unit' | 'interval' | 'startOn' | 'trialDays' | 'anchorDay'>;

/** The day of a period; null once the plan is over. */
export function chargeDay(plan: Omit<Plan, 'zone' | 'chargeHour'>, period: number): string | null {
  if (plan.maxPeriods !== null && period >= plan.maxPeriods) return null;
  const day = rhythmDay(plan, period);
  return plan.endOn !== null && day > plan.endOn ? null : day;
}

/** Until when what a period paid for lasts: the day on which the next one would begin, whether it is charged or not. */
export function accessEndsOn(rhythm: Rhythm, period: number): string {
  return rhythmDay(rhythm, period + 1);
}

/** Counted from the anchor and not from the period before: the 31st comes back after February. */
export function rhythmDay({ unit, interval, startOn, trialDays, anchorDay }: Rhythm, period: number): string {
  const ready = addDays(startOn, trialDays);
  const steps = interval * period;
  if (unit === 'day') return addDays(ready, steps);
  if (unit === 'week') return addDays(ready, 7 * steps);
  const anchor = anchorDay ?? Number(ready.slice(8));
  const thisMonth = dayOfMonth(ready, 0, anchor);
  const first = thisMonth < ready ? 1 : 0;
  return dayOfMonth(ready, first + (unit === 'year' ? 12 * steps : steps), anchor);
}

/** That day of the month so many months later, or the month's last. */
function dayOfMonth(from: string, months: number, anchor: number): string {
  const thirtyFirst = addMonths(`${from.slice(0, 4)}-01-31`, Number(from.slice(5, 7)) - 1 + months);
  const last = Number(thirtyFirst.slice(8));
  return `${thirtyFirst.slice(0, 8)}${String(Math.min(anchor, last)).padStart(2, '0')}`;
}

/**
 * The instant of a local hour. An hour that a clock change leaves out moves forward with the clock, one that comes twice is
 * the first of the two.
 */
export function instantOf(day: string, hour: number, zone: string): Date {
  const local = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
  const before = offsetMs(local - DAY_MS, zone);
  const after = offsetMs(local + DAY_MS, zone);
  const [first, second] = [local - before, local - after];
  if (offsetMs(first, zone) === before) return new Date(first);
  return new Date(offsetMs(second, zone) === after ? second : first);
}

const offsetMs = (at: number, zone: string): number => tzOffset(zone, new Date(at)) * MINUTE_MS;
