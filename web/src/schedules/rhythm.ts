import { addDays, type Language, type PeriodUnit, type ScheduleView } from '@recaudo/shared';
import { REGION } from '../fields/instant.js';
import type { Translate } from '../fields/reader.js';

export type Rhythm = Pick<ScheduleView, 'unit' | 'interval' | 'startOn' | 'trialDays' | 'anchorDay'>;

/** A month that surely has the day; others are clamped to their last. */
const SHORTEST_MONTH = 28;

/** "cada mes", "cada 2 semanas". */
export function everyWords({ unit, interval }: { unit: PeriodUnit; interval: number }, t: Translate): string {
  return t(`schedules.every.${unit}`, { smart_count: interval });
}

/** "cada mes, el 31 o el último día": how often it is charged, and on which days. */
export function rhythmWords(rhythm: Rhythm, { t, language }: { t: Translate; language: Language }): string {
  const { unit, startOn, trialDays, anchorDay } = rhythm;
  const every = everyWords(rhythm, t);
  const ready = addDays(startOn, trialDays);
  if (unit === 'day') return every;
  if (unit === 'week')
    return t('schedules.on.weekday', { every, weekday: named(ready, language, 'weekday') });
  const day = anchorDay ?? Number(ready.slice(8));
  if (unit === 'month')
    return t(day > SHORTEST_MONTH ? 'schedules.on.day_or_last' : 'schedules.on.day', { every, day });
  const month = firstMonth(ready, day);
  return t(day > lastDayEveryYear(month) ? 'schedules.on.date_or_last' : 'schedules.on.date', {
    every,
    day,
    month: named(month, language, 'month'),
  });
}

/** What bounds it: its trial, how many charges, its last day. Empty where nothing does. */
export function limitWords(
  { trialDays, maxPeriods, endOn }: Pick<ScheduleView, 'trialDays' | 'maxPeriods' | 'endOn'>,
  { t, day }: { t: Translate; day: (day: string) => string },
): string[] {
  return [
    trialDays > 0 ? t('schedules.limits.trial', { smart_count: trialDays }) : '',
    maxPeriods === null ? '' : t('schedules.limits.max', { smart_count: maxPeriods }),
    endOn === null ? '' : t('schedules.limits.end', { day: day(endOn) }),
  ].filter(Boolean);
}

/** The first of the month in which it charges first: the next one where the day is over in this one. */
function firstMonth(ready: string, day: number): string {
  const [year = 0, month = 1] = ready.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const over = Math.min(day, last) < Number(ready.slice(8));
  return new Date(Date.UTC(year, over ? month : month - 1, 1)).toISOString().slice(0, 10);
}

/** Of February the 28th: the 29th comes every four years. */
function lastDayEveryYear(firstOfMonth: string): number {
  const month = Number(firstOfMonth.slice(5, 7));
  return new Date(Date.UTC(2001, month, 0)).getUTCDate();
}

function named(day: string, language: Language, part: 'weekday' | 'month'): string {
  return new Intl.DateTimeFormat(REGION[language], { [part]: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${day}T12:00:00Z`),
  );
}
