import { REASON_CLASSES, type PeriodView } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';
import { reasonWords } from '../sessions/sentence.js';

export type PeriodSubject = Pick<
  PeriodView,
  | 'state'
  | 'why'
  | 'until'
  | 'reason'
  | 'at'
  | 'nextTryAt'
  | 'paidAt'
  | 'paidBy'
  | 'orderId'
  | 'availableActions'
>;

interface Tools {
  t: Translate;
  /** An instant by the clock of its schedule's zone, which it names. */
  clock: (iso: string) => string;
}

const REFUSALS = new Set<PeriodView['why']>(REASON_CLASSES);

/** What was asked for and is not settled: somebody or something still has to see to it. */
const OPEN = new Set<PeriodView['state']>([
  'charging',
  'unknown',
  'blocked',
  'retrying',
  'waiting',
  'unpaid',
]);

export function isOpen({ state }: Pick<PeriodView, 'state'>): boolean {
  return OPEN.has(state);
}

/** It is planned, and will not be asked for as things stand; `why` says why. */
export function isHeld({ state, nextTryAt, why }: Pick<PeriodView, 'state' | 'nextTryAt' | 'why'>): boolean {
  return state === 'planned' && nextTryAt === null && why !== null;
}

/** Why a period stands as it does, as a sentence; null where there is nothing to explain. */
export function periodWhy({ why, reason, state }: PeriodSubject, { t }: Pick<Tools, 't'>): string | null {
  const words = reasonWords(reason, t);
  // A pause that ended its tries may be over by now.
  if (why === 'paused' && state !== 'planned') return t('schedules.why.was_paused');
  if (why !== null)
    return t(`schedules.why.${why}`, { reason: words, _: t('schedules.why.other', { code: why }) });
  if (reason === null || state === 'paid') return null;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** The bank's code, for whoever has to quote it; null unless a refusal is why it stands as it does. */
export function refusalCode({ why, reason }: Pick<PeriodView, 'why' | 'reason'>): string | null {
  // Our own reasons are words.
  return REFUSALS.has(why) && reason !== null && !/^[a-z_]+$/.test(reason) ? reason : null;
}

/** What comes next of it, or how it was paid; null where nothing does. */
export function periodNext(period: PeriodSubject, { t, clock }: Tools): string | null {
  const { state, until, nextTryAt, at, paidAt, paidBy } = period;
  switch (state) {
    case 'planned':
      return isHeld(period) ? null : t('schedules.period_next.due', { at: clock(nextTryAt ?? at) });
    case 'charging':
      return t('schedules.period_next.charging');
    case 'unknown':
      return t(`schedules.period_next.${period.why === 'unknown_left' ? 'unknown_left' : 'unknown'}`);
    case 'blocked':
      if (until) return t('schedules.period_next.until', { at: clock(until) });
      return nextTryAt ? t('schedules.period_next.looks', { at: clock(nextTryAt) }) : null;
    case 'retrying':
      return nextTryAt ? t('schedules.period_next.try', { at: clock(nextTryAt) }) : null;
    case 'waiting':
      return t(`schedules.period_next.${uncollectable(period) ?? 'person'}`);
    case 'unpaid':
      return t(`schedules.period_next.${uncollectable(period) ?? 'none'}`);
    case 'paid':
      return paidAt ? t(`schedules.period_next.paid_${paidBy ?? 'collect'}`, { at: clock(paidAt) }) : null;
    case 'skipped':
    case 'cancelled':
      return null;
  }
}

/** What is left of one that we can charge no more, as a message key; null: we can. */
function uncollectable({ availableActions, orderId }: PeriodSubject): string | null {
  const why = availableActions.find(({ action }) => action === 'charge')?.why;
  if (why === 'reference_taken') return 'taken';
  if (why !== 'schedule_over') return null;
  return orderId === null ? 'owed_waive' : 'owed';
}

/** Both together, for where there is one line. */
export function periodSentence(period: PeriodSubject, tools: Tools): string {
  return [periodWhy(period, tools), periodNext(period, tools)].filter(Boolean).join(' ');
}
