import {
  localDay,
  type Currency,
  type Permission,
  type PeriodListItem,
  type PeriodState,
  type PeriodView,
  type ScheduleListItem,
  type ScheduleState,
} from '@recaudo/shared';
import { whyUnusable } from '../instruments/instrument.rules.js';
import type { Listed } from './schedule-list.store.js';
import { accessOf, ASKABLE, whyNotAsked, whyNotByHand, whyNotCharged, whyStill } from './standing.rules.js';

/** Who reads, and what the view needs of them. */
export interface Reader {
  permissions: ReadonlySet<Permission>;
  now: Date;
  /** The worker's own time, by which what is due is taken up. */
  worker: Date;
  linkUrl: (orderId: string) => string;
}

const instant = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export function scheduleItem(row: Listed, now: Date): ScheduleListItem {
  const state = row.state as ScheduleState;
  const endsOn = text(row.ends_on);
  const goesOn = state === 'active' && endsOn === null;
  const nextAt = goesOn ? instant(row.next_at) : null;
  const nextDay = text(row.next_day);
  return {
    id: row.id,
    siteId: row.site_id as string,
    reference: row.reference as string,
    plan: row.plan as string,
    state,
    amountMinor: Number(row.next_amount ?? row.last_amount),
    currency: row.currency as Currency,
    unit: row.unit as ScheduleListItem['unit'],
    interval: row.interval_steps as number,
    startOn: row.start_on as string,
    trialDays: row.trial_days as number,
    anchorDay: row.anchor_day as number | null,
    zone: row.zone as string,
    next:
      nextAt === null || nextDay === null
        ? null
        : { day: nextDay, at: nextAt, amountMinor: Number(row.next_amount) },
    whyNotCharged:
      (goesOn || state === 'paused') && nextDay !== null ? whyNotCharged(charged(row), nextDay, now) : null,
    access: access(row, now),
    pastDueSince: instant(row.past_due_since),
    endsOn,
    endedAt: instant(row.ended_at),
    endedWhy: row.ended_why as ScheduleListItem['endedWhy'],
    mode: row.mode as ScheduleListItem['mode'],
    payer: payerOf(row),
    instrument: instrumentOf(row),
    createdAt: instant(row.created_at) ?? '',
  };
}

export function periodItem(row: Listed, reader: Reader): PeriodListItem {
  return {
    ...periodView(row, reader),
    schedule: {
      reference: row.reference as string,
      plan: row.plan as string,
      zone: row.zone as string,
      state: row.schedule_state as ScheduleState,
    },
    payer: payerOf(row),
    instrument: instrumentOf(row),
  };
}

export function periodView(row: Listed, reader: Reader): PeriodView {
  const due = row.next_try_at instanceof Date && row.next_try_at <= reader.worker;
  // The brake is on: it is due, and nobody takes it up.
  const stopped = row.stopped === true && due;
  const orderId = text(row.order_id);
  const state = stopped ? 'blocked' : (row.state as PeriodState);
  // Nobody can find it out any more without a risk: a person has to.
  const left = state === 'unknown' && row.given_up === true ? 'unknown_left' : text(row.why);
  const notAsked = state === 'planned' ? whyNotPlanned(row, reader.now) : null;
  // Of what is being charged, or may have been, its payer must not pay besides.
  const payable = orderId !== null && ASKABLE.includes(state);
  return {
    id: row.id,
    scheduleId: row.schedule_id as string,
    siteId: row.site_id as string,
    number: (row.number as number) + 1,
    day: row.day as string,
    at: instant(row.due_at) ?? '',
    amountMinor: Number(row.amount_minor),
    currency: row.currency as Currency,
    state,
    why: stopped ? 'account_stopped' : (notAsked ?? left),
    until: instant(row.until),
    reason: text(row.reason),
    tries: row.tries as number,
    nextTryAt: stopped || notAsked !== null ? null : instant(row.next_try_at),
    paidAt: instant(row.paid_at),
    paidBy: row.paid_by as PeriodView['paidBy'],
    sessionId: text(row.session_id),
    blockedBy: text(row.blocked_by),
    orderId,
    payUrl: payable && reader.permissions.has('sessions:create') ? reader.linkUrl(orderId) : null,
    availableActions: actions(row, reader, payable),
  };
}

function actions(
  row: Listed,
  { permissions, now }: Reader,
  payable: boolean,
): PeriodView['availableActions'] {
  const state = row.state as PeriodState;
  const schedule = row.schedule_state as ScheduleState;
  const byHand = whyNotByHand({ state, why: text(row.why) }, schedule);
  const may = (permission: Permission): string | null =>
    permissions.has(permission) ? null : 'no_permission';
  const ending = text(row.ends_on) !== null ? 'no_next_charge' : null;
  const skip = state === 'planned' ? (whyStill(schedule) ?? ending) : 'not_planned';
  const all: [PeriodView['availableActions'][number]['action'], string | null][] = [
    ['charge', byHand ?? may('instruments:charge') ?? whyUnusable(charged(row), now)],
    ['copyLink', may('sessions:create') ?? (payable ? null : 'period_over')],
    ['skip', may('schedules:manage') ?? skip],
    ['waive', may('schedules:manage') ?? (ASKABLE.includes(state) ? null : 'period_over')],
  ];
  return all.map(([action, why]) => ({ action, allowed: why === null, why }));
}

/** Why a planned period will not be charged on its day, as things stand. */
function whyNotPlanned(row: Listed, now: Date): string | null {
  const day = row.day as string;
  const schedule = { state: row.schedule_state as ScheduleState, endsOn: text(row.ends_on) };
  return whyNotAsked(schedule, day) ?? whyNotCharged(charged(row), day, now);
}

function access(row: Listed, now: Date): ScheduleListItem['access'] {
  const { last_number: last, next_number: planned } = row;
  return accessOf(
    {
      ...{ startOn: row.start_on as string, trialDays: row.trial_days as number },
      ...{ unit: row.unit as ScheduleListItem['unit'], interval: row.interval_steps as number },
      ...{ anchorDay: row.anchor_day as number | null },
      ...{ state: row.state as ScheduleState, endsOn: text(row.ends_on) },
    },
    {
      planned: planned as number | null,
      last: last === null ? null : { number: last as number, state: row.last_state as PeriodState },
      skipped: row.skipped ?? [],
    },
    localDay(now, row.zone as string),
  );
}

function charged(row: Listed): Parameters<typeof whyUnusable>[0] {
  return {
    state: row.instrument_state as ScheduleListItem['instrument']['state'],
    type: row.instrument_type as Parameters<typeof whyUnusable>[0]['type'],
    validUntil: text(row.valid_until),
  };
}

function payerOf(row: Listed): ScheduleListItem['payer'] {
  return {
    id: text(row.payer_id),
    name: text(row.name),
    surname: text(row.surname),
    email: text(row.email),
    documentType: text(row.document_type),
    document: text(row.document),
  };
}

function instrumentOf(row: Listed): ScheduleListItem['instrument'] {
  return {
    id: row.instrument_id as string,
    brand: text(row.brand),
    brandName: text(row.brand_name),
    lastFour: text(row.last_four),
    validUntil: text(row.valid_until),
    state: row.instrument_state as ScheduleListItem['instrument']['state'],
  };
}
