import { TZDate } from '@date-fns/tz';
import { fieldProblem } from '../platform/problem.js';

const HOUR_MS = 3_600_000;

/**
 * The instant that stands for a day somebody else states: its noon in the site's zone. Errors: validation of `day`, when it
 * is to come, or before the day of what it happened to.
 */
export function statedDay(day: string, zone: string, notBefore: Date, now: Date): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const noon = new TZDate(year, month - 1, date, 12, zone).getTime();
  if (noon - now.getTime() > 12 * HOUR_MS) throw fieldProblem('day', 'in_the_future');
  if (notBefore.getTime() - noon > 24 * HOUR_MS) throw fieldProblem('day', 'before_payment');
  return new Date(noon);
}
