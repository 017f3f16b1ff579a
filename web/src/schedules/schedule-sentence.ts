import type { Currency, Language, ScheduleView } from '@recaudo/shared';
import { formatClockIn } from '../fields/instant.js';
import type { Translate } from '../fields/reader.js';
import { isOpen, periodSentence, type PeriodSubject } from './period-words.js';
import { limitWords, rhythmWords, type Rhythm } from './rhythm.js';

export type ScheduleSubject = Rhythm &
  Pick<
    ScheduleView,
    | 'state'
    | 'amountMinor'
    | 'currency'
    | 'zone'
    | 'maxPeriods'
    | 'endOn'
    | 'next'
    | 'whyNotCharged'
    | 'prices'
    | 'pastDueSince'
    | 'endsOn'
    | 'endedAt'
    | 'endedWhy'
  > & {
    periods: (PeriodSubject & { number: number })[];
    outlook: Pick<ScheduleView['outlook'], 'accessEndsOn' | 'owed'>;
  };

export interface ScheduleTools {
  t: Translate;
  language: Language;
  now: number;
  amount: (minor: number, currency: Currency) => string;
  instant: (iso: string) => string;
  day: (day: string) => string;
  dayOf: (iso: string) => string;
}

/** What a schedule charges, how it stands, and what comes next. */
export function scheduleSentence(schedule: ScheduleSubject, tools: ScheduleTools): string {
  return [...standing(schedule, tools), ...owing(schedule, tools)].join(' ');
}

function standing(schedule: ScheduleSubject, tools: ScheduleTools): string[] {
  const { t, day, instant } = tools;
  const { state, endsOn, endedAt, endedWhy, outlook } = schedule;
  switch (state) {
    case 'paused':
      return [
        t('schedules.sentence.paused'),
        t('schedules.sentence.paused_next'),
        ...notCharged(schedule, t),
      ];
    case 'cancelled':
    case 'finished': {
      const why =
        state === 'finished' ? 'finished' : endedWhy === 'unpaid' ? 'cancelled_unpaid' : 'cancelled_chosen';
      return [
        t(`schedules.sentence.${why}`, { at: endedAt ? instant(endedAt) : '' }),
        // Of a last period that nobody has paid yet nobody knows what its payer may keep.
        outlook.accessEndsOn && !schedule.pastDueSince
          ? t('schedules.sentence.access_until', { day: day(outlook.accessEndsOn) })
          : '',
      ].filter(Boolean);
    }
    case 'active':
      return endsOn ? [t('schedules.sentence.leaving', { day: day(endsOn) })] : charging(schedule, tools);
  }
}

function charging(schedule: ScheduleSubject, tools: ScheduleTools): string[] {
  const { t, language, now, amount, day } = tools;
  const { amountMinor, currency, next, prices, zone, whyNotCharged } = schedule;
  const rhythm = [rhythmWords(schedule, tools), ...limitWords(schedule, tools)].join(', ');
  // What the next charge already costs has been said.
  const later = prices.find(({ fromOn }) => next === null || fromOn > next.day);
  return [
    t('schedules.sentence.charged', { amount: amount(amountMinor, currency), rhythm }),
    next
      ? t(`schedules.sentence.${whyNotCharged === null ? 'next' : 'next_would'}`, {
          at: formatClockIn(next.at, now, { language, zone }),
        })
      : t('schedules.sentence.nothing_next'),
    ...notCharged(schedule, t),
    later
      ? t('schedules.sentence.price_later', {
          day: day(later.fromOn),
          amount: amount(later.amountMinor, currency),
        })
      : '',
  ].filter(Boolean);
}

function notCharged({ whyNotCharged }: ScheduleSubject, t: Translate): string[] {
  return whyNotCharged === null ? [] : [t(`schedules.not_charged.${whyNotCharged}`)];
}

/** The oldest period that is not settled: what is owed is told after what is planned. Of what was cancelled, all of it. */
function owing(schedule: ScheduleSubject, tools: ScheduleTools): string[] {
  const { state, currency, zone, pastDueSince, periods, outlook } = schedule;
  const { count, amountMinor } = outlook.owed;
  if (state === 'cancelled' && count > 0) {
    const values = { smart_count: count, amount: tools.amount(amountMinor, currency) };
    return [tools.t('schedules.sentence.owed', values)];
  }
  const oldest = periods
    .filter(isOpen)
    .reduce<ScheduleSubject['periods'][number] | undefined>(
      (found, one) => (!found || one.number < found.number ? one : found),
      undefined,
    );
  return [
    pastDueSince ? tools.t('schedules.sentence.past_due', { day: tools.dayOf(pastDueSince) }) : '',
    oldest
      ? periodSentence(oldest, {
          t: tools.t,
          clock: (iso) => formatClockIn(iso, tools.now, { ...tools, zone }),
        })
      : '',
  ].filter(Boolean);
}
