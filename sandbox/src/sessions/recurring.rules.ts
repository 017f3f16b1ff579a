/** The calendar of a recurrence and what an answer makes of it (protocol 8.2), pure. Days are `YYYY-MM-DD`. */
import { addDays, addMonths } from '../platform/days.js';
import type { Periodicity } from '../wire/recurring.js';

export interface Calendar {
  periodicity: Periodicity;
  /** How many days, months or years from one charge to the next. */
  every: number;
  /** The day that it counts from. */
  anchor: string;
}

/** How many steps from the anchor, and the day that is. */
export interface Planned {
  step: number;
  planned: string;
}

export type MonthEnd = 'anchor' | 'drift';

const steps = (day: string, { periodicity, every }: Calendar, count: number): string =>
  periodicity === 'D'
    ? addDays(day, every * count)
    : addMonths(day, every * count * (periodicity === 'Y' ? 12 : 1));

/** The day that lies so many steps after the anchor. */
export const dayOfStep = (calendar: Calendar, step: number): string => steps(calendar.anchor, calendar, step);

/** With `nextPayment` that is the first day and the anchor; without, the first is one step after the day of the payment. */
export function firstDay(
  rule: Omit<Calendar, 'anchor'>,
  paidOn: string,
  nextPayment: string | undefined,
): Planned & { anchor: string } {
  const anchor = nextPayment ?? paidOn;
  const calendar = { ...rule, anchor };
  let step = nextPayment === undefined ? 1 : 0;
  // Who pays only after the day that was named begins with the day that follows.
  while (dayOfStep(calendar, step) <= paidOn) step += 1;
  return { anchor, step, planned: dayOfStep(calendar, step) };
}

/**
 * The day after this one. `anchor` (house rule) counts every day from the anchor: 31 January, 28 February, 31 March. `drift`
 * counts from the day before: once clamped to the 28th, it stays there.
 */
export function nextDay(calendar: Calendar, { step, planned }: Planned, monthEnd: MonthEnd): Planned {
  const day = monthEnd === 'anchor' ? dayOfStep(calendar, step + 1) : steps(planned, calendar, 1);
  return { step: step + 1, planned: day };
}

/** Answers that lack of balance gives (protocol 6): the only ones that are tried again on another day. */
const LACK_OF_BALANCE = ['51', 'XA', 'R01'];
/** Answers that say nothing about the card: tried again once on the same day, which counts as no try (house rule). */
const TECHNICAL = ['68', '91', '96', 'XH', 'XR', 'RM'];

export const MAX_RETRIES = 3;

export interface Progress {
  periodsDone: number;
  /** Charges tried for the planned day, technical failures aside. */
  triesMade: number;
  /** Whether the last charge was a technical failure. */
  technical: boolean;
}

export type Next =
  /** The period is paid: on to the next one, or it was the last. */
  | 'paid'
  /** Again the day after. */
  | 'tomorrow'
  /** Again an hour later. */
  | 'later'
  /** No more charges. */
  | 'failed';

/** What becomes of a recurrence after a charge was answered with `reason`. */
export function afterCharge(before: Progress, reason: string): { progress: Progress; next: Next } {
  const { periodsDone, triesMade, technical } = before;
  if (reason === '00') {
    return { progress: { periodsDone: periodsDone + 1, triesMade: 0, technical: false }, next: 'paid' };
  }
  if (TECHNICAL.includes(reason) && !technical) {
    return { progress: { periodsDone, triesMade, technical: true }, next: 'later' };
  }
  const progress = { periodsDone, triesMade: triesMade + 1, technical: false };
  // A hard decline stops at once, also among the retries: the same charge would make no sense tomorrow.
  const again = LACK_OF_BALANCE.includes(reason) && triesMade < MAX_RETRIES;
  return { progress, next: again ? 'tomorrow' : 'failed' };
}

/** Whether there is a charge to come: `maxPeriods` successful ones (-1: no limit), none after the due date. */
export function hasMore(
  { maxPeriods, dueDate }: { maxPeriods: number; dueDate: string | null },
  periodsDone: number,
  planned: string,
): boolean {
  return (maxPeriods === -1 || periodsDone < maxPeriods) && (dueDate === null || planned <= dueDate);
}
