import type {
  Currency,
  Permission,
  PeriodListItem,
  PeriodState,
  PeriodView,
  ScheduleListItem,
  ScheduleState,
} from '@recaudo/shared';
import type { Listed } from './schedule-list.store.js';

/** Who reads, and what the view needs of them. */
export interface Reader {
  permissions: ReadonlySet<Permission>;
  now: Date;
  linkUrl: (orderId: string) => string;
}

const instant = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export function scheduleItem(row: Listed): ScheduleListItem {
  const nextAt = instant(row.next_at);
  return {
    id: row.id,
    siteId: row.site_id as string,
    reference: row.reference as string,
    plan: row.plan as string,
    state: row.state as ScheduleState,
    amountMinor: Number(row.next_amount ?? row.last_amount),
    currency: row.currency as Currency,
    unit: row.unit as ScheduleListItem['unit'],
    interval: row.interval_steps as number,
    startOn: row.start_on as string,
    trialDays: row.trial_days as number,
    anchorDay: row.anchor_day as number | null,
    zone: row.zone as string,
    next:
      nextAt === null || row.next_day === null
        ? null
        : { day: row.next_day as string, at: nextAt, amountMinor: Number(row.next_amount) },
    pastDueSince: instant(row.past_due_since),
    endsOn: text(row.ends_on),
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
  const due = row.next_try_at instanceof Date && row.next_try_at <= reader.now;
  // The brake is on: it is due, and nobody takes it up.
  const stopped = row.stopped === true && due;
  const orderId = text(row.order_id);
  const state = stopped ? 'blocked' : (row.state as PeriodState);
  const payable = orderId !== null && !['paid', 'skipped', 'cancelled', 'planned'].includes(state);
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
    why: stopped ? 'account_stopped' : text(row.why),
    until: instant(row.until),
    reason: text(row.reason),
    tries: row.tries as number,
    nextTryAt: stopped ? null : instant(row.next_try_at),
    paidAt: instant(row.paid_at),
    paidBy: row.paid_by as PeriodView['paidBy'],
    sessionId: text(row.session_id),
    blockedBy: text(row.blocked_by),
    orderId,
    payUrl: payable && reader.permissions.has('sessions:create') ? reader.linkUrl(orderId) : null,
    availableActions: actions(row, reader, payable),
  };
}

function actions(row: Listed, { permissions }: Reader, payable: boolean): PeriodView['availableActions'] {
  const state = row.state as PeriodState;
  const schedule = row.schedule_state as ScheduleState;
  const open = ['retrying', 'blocked', 'waiting', 'unpaid'].includes(state);
  const over = open ? null : 'period_over';
  // Whatever used it keeps it for ever: nothing can be asked for under it.
  const taken = row.why === 'reference_taken' ? 'reference_taken' : null;
  const still = schedule === 'cancelled' ? 'schedule_over' : schedule === 'paused' ? 'is_paused' : null;
  const may = (permission: Permission): string | null =>
    permissions.has(permission) ? null : 'no_permission';
  const skip = state === 'planned' ? still : 'not_planned';
  const all: [PeriodView['availableActions'][number]['action'], string | null][] = [
    ['charge', over ?? still ?? taken ?? may('instruments:charge')],
    ['copyLink', may('sessions:create') ?? (payable ? null : 'period_over')],
    ['skip', may('schedules:manage') ?? skip],
    ['waive', may('schedules:manage') ?? over],
  ];
  return all.map(([action, why]) => ({ action, allowed: why === null, why }));
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
