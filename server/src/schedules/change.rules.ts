import { isDeepStrictEqual } from 'node:util';
import { localDay, type ScheduleAct } from '@recaudo/shared';
import { accessEndsOn } from './calendar.rules.js';
import {
  firstAfter,
  lastNumber,
  overdue,
  priceOn,
  upcoming,
  type PlannedPeriod,
  type Price,
} from './period.rules.js';
import type { PeriodRow, ScheduleRow } from './schedule.entity.js';

/** How a schedule stands before something is done to it. */
export interface Standing {
  schedule: ScheduleRow;
  prices: readonly Price[];
  /** The next period, still to come; null once there is none. */
  planned: PlannedPeriod | null;
  /** Periods that were asked for, are not paid and are tried again, are blocked or wait for a person. */
  open: readonly PeriodRow[];
  /** Those, and what was given up by its policy: due, not paid and not waived. */
  owed: { count: number; amountMinor: number };
}

/** What it comes to; what is left out stays as it is. */
export interface Change {
  schedule: Partial<ScheduleRow>;
  price: Price | null;
  planned: Partial<PeriodRow>;
  /** The period after the planned one is planned too. */
  planNext: boolean;
  /** Nothing more is tried of these. */
  ends: { periods: readonly PeriodRow[]; why: 'paused' | 'cancelled' };
}

type Act = ScheduleAct['act'];

/** Nothing changes. */
export const NOTHING: Change = {
  schedule: {},
  price: null,
  planned: {},
  planNext: false,
  ends: { periods: [], why: 'cancelled' },
};

/** Why it cannot be done to a schedule as it stands, as a message key; null when it can. */
export function whyNotAct(
  { schedule: { state, endsOn }, planned, owed }: Pick<Standing, 'schedule' | 'planned' | 'owed'>,
  act: Act,
  now: Date,
): string | null {
  if (state === 'cancelled') return 'schedule_over';
  // What it still asks for can be charged: to another means of payment, by another policy.
  const collects = owed.count > 0 && (act === 'instrument' || act === 'policy');
  if (state === 'finished') return collects ? null : 'schedule_over';
  if (act === 'resume') return state === 'paused' ? null : 'not_paused';
  if (act === 'pause') {
    if (state === 'paused') return 'is_paused';
    // Nothing more is charged, and its end comes by itself.
    return endsOn === null ? null : 'is_ending';
  }
  if (act === 'keep') {
    if (endsOn === null) return 'not_ending';
    // Its end has come, whether or not anything has taken note of it yet.
    return planned !== null && planned.dueAt <= now ? 'schedule_over' : null;
  }
  if (act === 'skip') {
    if (state === 'paused') return 'is_paused';
    return planned === null || endsOn !== null ? 'no_next_charge' : null;
  }
  return null;
}

/** Why this very cancel, or price, cannot be; the field and a message key. */
export function whyNotSo(standing: Standing, act: ScheduleAct, now: Date): [string, string] | null {
  const { schedule, prices } = standing;
  if (act.act === 'cancel' && act.when === 'period_end') {
    if (schedule.endsOn !== null) return ['when', 'ends_already'];
    if (schedule.state === 'paused') return ['when', 'is_paused'];
  }
  if (act.act === 'amount') {
    if (act.fromOn < localDay(now, schedule.zone)) return ['fromOn', 'in_the_past'];
    const { amountMinor, taxes } = priceOn(prices, act.fromOn);
    if (amountMinor === act.amountMinor && isDeepStrictEqual(taxes, act.taxes))
      return ['amountMinor', 'unchanged'];
  }
  return null;
}

/** What an act does. The caller has asked `whyNotAct` and `whyNotSo`. Due times are left to the caller's clock. */
export function changeOf(standing: Standing, act: ScheduleAct, now: Date): Change {
  const { schedule, planned, open } = standing;
  switch (act.act) {
    case 'pause':
      return {
        ...NOTHING,
        schedule: { state: 'paused', nextAt: null },
        planned: { nextTryAt: null },
        ends: { periods: open.filter(({ state }) => state !== 'waiting'), why: 'paused' },
      };
    case 'resume':
      return resumed(standing, now);
    case 'skip':
      return { ...NOTHING, planned: { state: 'skipped', why: 'skipped', nextTryAt: null }, planNext: true };
    case 'amount':
      return repriced(standing, act);
    case 'instrument':
      return { ...NOTHING, schedule: { instrumentId: act.instrumentId } };
    case 'policy':
      return { ...NOTHING, schedule: { policyId: act.policyId } };
    case 'keep':
      return {
        ...NOTHING,
        schedule: { endsOn: null, nextAt: schedule.state === 'active' ? (planned?.dueAt ?? null) : null },
      };
    case 'cancel':
      if (act.when === 'period_end')
        return {
          ...NOTHING,
          schedule: { endsOn: planned?.day ?? localDay(now, schedule.zone), nextAt: null },
        };
      return {
        ...NOTHING,
        ...{ schedule: endedBy(schedule, now), planned: { state: 'cancelled', nextTryAt: null } },
        ends: { periods: open, why: 'cancelled' },
      };
  }
}

/** Cancelled now, because somebody wanted it. */
function endedBy({ zone }: ScheduleRow, now: Date): Partial<ScheduleRow> {
  return {
    ...{ state: 'cancelled', nextAt: null, endsOn: localDay(now, zone), endedAt: now, endedWhy: 'chosen' },
  };
}

/** Paused time is never charged: it goes on with the first period whose hour is still to come. */
function resumed({ schedule, prices, planned }: Standing, now: Date): Change {
  const next = planned && firstAfter(schedule, prices, planned.number, now);
  if (next) {
    return {
      ...NOTHING,
      schedule: { state: 'active', nextAt: schedule.endsOn === null ? next.dueAt : null },
      planned: { ...next, nextTryAt: next.dueAt },
    };
  }
  return {
    ...NOTHING,
    schedule: { state: 'finished', nextAt: null, endedAt: now, endedWhy: 'finished' },
    planned: { state: 'cancelled', nextTryAt: null },
  };
}

/** What is asked for before it begins counts from its first day: no price is older than that of its start. */
function repriced(
  { schedule, prices, planned }: Standing,
  { amountMinor, taxes, fromOn: asked }: Extract<ScheduleAct, { act: 'amount' }>,
): Change {
  const fromOn = asked < schedule.startOn ? schedule.startOn : asked;
  const price = { fromOn, amountMinor, taxes };
  const after = [...prices.filter((each) => each.fromOn !== fromOn), price];
  const now = planned && priceOn(after, planned.day);
  return { ...NOTHING, price, planned: now ? { amountMinor: now.amountMinor, taxes: now.taxes } : {} };
}

/** What is owed once the change is done: of what stands still that also counts which nobody has taken up yet. */
export function owedAfter({ schedule, prices, planned, owed }: Standing, change: Change, now: Date) {
  const { state } = change.schedule;
  if (!planned || (state !== 'paused' && state !== 'cancelled')) return owed;
  const late = overdue(schedule, prices, planned.number, now);
  const amountMinor = late.reduce((sum, period) => sum + period.amountMinor, owed.amountMinor);
  return { count: owed.count + late.length, amountMinor };
}

export interface Outlook {
  charges: PlannedPeriod[];
  more: number | null;
  accessEndsOn: string | null;
}

/** The last day of access; null: it goes on. What was ended because nobody paid ended there and then. */
function accessOver(schedule: ScheduleRow): string | null {
  if (schedule.endsOn !== null) return schedule.endsOn;
  if (schedule.state === 'cancelled' && schedule.endedAt) return localDay(schedule.endedAt, schedule.zone);
  const last = lastNumber(schedule);
  return last === null ? null : accessEndsOn(schedule, last);
}

const MOST_SHOWN = 12;

/** What will still be charged, and when access ends, once the change is done. */
export function outlookOf({ schedule, prices, planned }: Standing, change: Change): Outlook {
  const after = { ...schedule, ...change.schedule };
  const next = planned && { ...planned, ...change.planned };
  const asked = change.price
    ? [...prices.filter(({ fromOn }) => fromOn !== change.price?.fromOn), change.price]
    : prices;
  const over = accessOver(after);
  if (after.state !== 'active' || after.endsOn !== null || next === null)
    return { charges: [], more: 0, accessEndsOn: after.state === 'paused' ? null : over };
  const from = change.planNext ? next.number + 1 : next.number;
  const { periods, more } = upcoming(after, asked, from, MOST_SHOWN);
  return { charges: periods, more, accessEndsOn: over };
}
