import { localDay } from '@recaudo/shared';
import { TZDate } from '@date-fns/tz';
import { fieldProblem } from '../platform/problem.js';

/**
 * The instant that stands for a day somebody else states: its noon in the site's zone, or as near to it as what it happened
 * to, and the present, allow. Errors: validation of `day`, when it is to come, or before the day of what it happened to.
 */
export function statedDay(day: string, zone: string, notBefore: Date, now: Date): Date {
  if (day > localDay(now, zone)) throw fieldProblem('day', 'in_the_future');
  if (day < localDay(notBefore, zone)) throw fieldProblem('day', 'before_payment');
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const noon = new TZDate(year, month - 1, date, 12, zone).getTime();
  return new Date(Math.min(Math.max(noon, notBefore.getTime()), now.getTime()));
}
