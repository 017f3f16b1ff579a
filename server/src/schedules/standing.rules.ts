import type { PeriodState, ScheduleListItem, ScheduleState } from '@recaudo/shared';
import type { InstrumentRow } from '../instruments/instrument.entity.js';
import { whyUnusable } from '../instruments/instrument.rules.js';

type Charged = Pick<InstrumentRow, 'state' | 'type' | 'validUntil'>;

/** Why a means of payment cannot be charged on that day, as things stand today, as a message key; null when it can. */
export function whyNotCharged(instrument: Charged, day: string, now: Date): string | null {
  const { validUntil } = instrument;
  return (
    whyUnusable(instrument, now) ?? (validUntil !== null && validUntil < day ? 'instrument_expires' : null)
  );
}

/** Why the planned period of a schedule that stands like this is not asked for; null when it will be. */
export function whyNotAsked(
  { state, endsOn }: { state: ScheduleState; endsOn: string | null },
  day: string,
): 'paused' | 'cancelled' | null {
  if (state === 'paused') return 'paused';
  return state === 'cancelled' || (endsOn !== null && day >= endsOn) ? 'cancelled' : null;
}

const GIVEN: readonly PeriodState[] = ['paid', 'skipped'];

/**
 * What its payer has of it now: of the period under way, which is the one before the planned one, whether it is paid for.
 * After a pause there may be none.
 */
export function accessOf(
  { startOn, trialDays }: { startOn: string; trialDays: number },
  { planned, last }: { planned: number | null; last: { number: number; state: PeriodState } | null },
  today: string,
): ScheduleListItem['access'] {
  if (last === null) return trialDays > 0 && startOn <= today ? 'trial' : 'none';
  if (planned !== null && last.number !== planned - 1) return 'none';
  return GIVEN.includes(last.state) ? 'given' : 'owed';
}
