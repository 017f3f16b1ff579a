import { addDays, addMonths, type Recurring } from '@recaudo/shared';

/** Calendar days as `YYYY-MM-DD`; no zone enters the arithmetic. */

export interface Rule {
  periodicity: Recurring['periodicity'];
  interval: number;
  maxPeriods: number;
  /** The day of period 0. */
  firstOn: string;
  dueOn: string | null;
}

/**
 * The day of a period, from 0. Months and years are counted from the first day and clamped to the month's end: the 31st
 * of January plus a month is the 28th of February, plus two the 31st of March. House rule: the gateway's documents do
 * not say.
 */
export function dayOf(rule: Pick<Rule, 'periodicity' | 'interval' | 'firstOn'>, period: number): string {
  const steps = rule.interval * period;
  if (rule.periodicity === 'D') return addDays(rule.firstOn, steps);
  return addMonths(rule.firstOn, rule.periodicity === 'M' ? steps : steps * 12);
}

/** Whether there is such a period: within `maxPeriods` (the session's own payment is not counted) and not after the due day. */
export function isWithin(rule: Rule, period: number): boolean {
  if (rule.maxPeriods !== -1 && period >= rule.maxPeriods) return false;
  return rule.dueOn === null || dayOf(rule, period) <= rule.dueOn;
}

/** The day of the first charge after the session's own payment: as asked, or one interval after that payment. */
export function firstDay(recurring: Recurring, paidOn: string): string {
  return recurring.nextPayment ?? dayOf({ ...recurring, firstOn: paidOn }, 1);
}

const SHORTEST_DAYS = { D: 1, M: 28, Y: 365 };

/** The period that a charge of that day belongs to: retries of a failed one come up to three days later. */
export function periodOf(rule: Rule, day: string): number {
  const passed = (Date.parse(day) - Date.parse(rule.firstOn)) / 86_400_000;
  let low = 0;
  let high = Math.max(0, Math.floor(passed / (SHORTEST_DAYS[rule.periodicity] * rule.interval)));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (dayOf(rule, middle) <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * When a charge of that day that nobody reported is news: noon UTC of the day after the next, by which the next day is
 * over in every zone of the Americas.
 */
export function checkAfter(day: string): Date {
  return new Date(`${addDays(day, 2)}T12:00:00Z`);
}
