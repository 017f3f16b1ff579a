import type { PeriodState, ScheduleListItem, ScheduleState } from '@recaudo/shared';
import type { InstrumentRow } from '../instruments/instrument.entity.js';
import { whyUnusable } from '../instruments/instrument.rules.js';
import { accessEndsOn, rhythmDay, type Rhythm } from './calendar.rules.js';

type Charged = Pick<InstrumentRow, 'state' | 'type' | 'validUntil'>;

/** A period that is not settled, and of which nothing is under way: it may be charged by hand, given up, or paid at its link. */
export const ASKABLE: readonly PeriodState[] = ['retrying', 'blocked', 'waiting', 'unpaid'];

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

/** Why a person may not charge that period now, as a message key; whether its means of payment serves is not looked at. */
export function whyNotByHand(
  { state, why }: { state: PeriodState; why: string | null },
  schedule: ScheduleState,
): string | null {
  if (!ASKABLE.includes(state)) return 'period_over';
  if (schedule === 'cancelled') return 'schedule_over';
  if (schedule === 'paused') return 'is_paused';
  // Whatever used its reference keeps it for ever: nothing can be asked for under it.
  return why === 'reference_taken' ? why : null;
}

/** Those of its periods that say what its payer has: the planned one, the last that was asked for, the last that was skipped. */
export interface Reached {
  planned: number | null;
  last: { number: number; state: PeriodState } | null;
  skipped: number | null;
}

/**
 * What its payer has of it today: of the period under way, which is the one before the planned one, whether it is paid for. After
 * a pause, and once it is over, there may be none; those skipped beforehand are under way from their own day on.
 */
export function accessOf(
  plan: Rhythm & { state: ScheduleState; endsOn: string | null },
  { planned, last, skipped }: Reached,
  today: string,
): ScheduleListItem['access'] {
  const { startOn, trialDays, state, endsOn } = plan;
  const newest = Math.max(last?.number ?? -1, skipped ?? -1);
  if (newest < 0) return trialDays > 0 && startOn <= today && state === 'active' ? 'trial' : 'none';
  if (endsOn !== null && endsOn <= today) return 'none';
  if (planned !== null && newest !== planned - 1) return 'none';
  // One that goes on is charged within its day; of the others nothing follows.
  if (state !== 'active' && accessEndsOn(plan, newest) <= today) return 'none';
  const after = last === null ? rhythmDay(plan, 0) : accessEndsOn(plan, last.number);
  if (newest !== last?.number && after <= today) return 'given';
  if (last === null) return trialDays > 0 && startOn <= today ? 'trial' : 'none';
  return last.state === 'paid' ? 'given' : 'owed';
}
