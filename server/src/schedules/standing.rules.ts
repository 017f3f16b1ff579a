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

/** Why nothing of a schedule is charged or skipped by hand, as a message key; null: it goes on. */
export function whyStill(schedule: ScheduleState): 'schedule_over' | 'is_paused' | null {
  if (schedule === 'cancelled') return 'schedule_over';
  return schedule === 'paused' ? 'is_paused' : null;
}

/** Why a person may not charge that period now, as a message key; whether its means of payment serves is not looked at. */
export function whyNotByHand(
  { state, why }: { state: PeriodState; why: string | null },
  schedule: ScheduleState,
): string | null {
  if (!ASKABLE.includes(state)) return 'period_over';
  const still = whyStill(schedule);
  if (still !== null) return still;
  // Whatever used its reference keeps it for ever: nothing can be asked for under it.
  return why === 'reference_taken' ? why : null;
}

/** Those of its periods that say what its payer has: the planned one, the last that was asked for, those skipped after it. */
export interface Reached {
  planned: number | null;
  last: { number: number; state: PeriodState } | null;
  skipped: readonly number[];
}

/**
 * What its payer has of it today, by the period under way: whether that is paid for, or skipped. After a pause, and once it is
 * over, there may be none. On the day of a charge that was not asked for yet it is still what it was the day before; later, owed.
 */
export function accessOf(
  plan: Rhythm & { state: ScheduleState; endsOn: string | null },
  { planned, last, skipped }: Reached,
  today: string,
): ScheduleListItem['access'] {
  const { startOn, trialDays, state, endsOn } = plan;
  // Cancelled, by a person or by its policy, it ended there and then.
  if (state === 'cancelled' || (endsOn !== null && endsOn <= today)) return 'none';
  const before = trialDays > 0 && startOn <= today ? 'trial' : 'none';
  const of = (number: number): ScheduleListItem['access'] => {
    if (skipped.includes(number)) return 'given';
    if (last?.number !== number) return 'none';
    return last.state === 'paid' ? 'given' : 'owed';
  };
  const reached = [...skipped, ...(last === null ? [] : [last.number])];
  const underWay = reached.find(
    (number) => rhythmDay(plan, number) <= today && today < accessEndsOn(plan, number),
  );
  if (underWay !== undefined) return of(underWay);
  if (today < rhythmDay(plan, 0)) return before;
  if (state !== 'active' || planned === null || today < rhythmDay(plan, planned)) return 'none';
  const isItsDay = today === rhythmDay(plan, planned);
  if (planned === 0) return isItsDay ? before : 'none';
  return isItsDay ? of(planned - 1) : 'owed';
}
