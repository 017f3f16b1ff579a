import { Injectable } from '@nestjs/common';
import type { ScheduleEnd } from '@recaudo/shared';
import type { PeriodState } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, SYSTEM, type Actor, type Deed } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { SitesService } from '../sites/sites.service.js';
import { MrrService } from './mrr.service.js';
import { PeriodOrdersService } from './period-orders.service.js';
import { overdue, plannedPeriod, type PlannedPeriod, type Price } from './period.rules.js';
import { PeriodRow, PriceRow, ScheduleRow } from './schedule.entity.js';
import { ScheduleStore } from './schedule.store.js';

/** Judged, and not written yet. */
export interface NewSchedule {
  schedule: ScheduleRow;
  price: Price;
}

/** A statement's parameters are numbered up to 65,535. */
const WRITTEN_AT_ONCE = 500;

/** Keeps one period ahead of every schedule that goes on: the row that becomes due. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly store: ScheduleStore,
    private readonly mrr: MrrService,
    private readonly periodOrders: PeriodOrdersService,
    private readonly sites: SitesService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Writes schedules, each with its price and its first period. */
  async begin(manager: EntityManager, actor: Actor, made: readonly NewSchedule[]): Promise<void> {
    for (let from = 0; from < made.length; from += WRITTEN_AT_ONCE) {
      const some = made.slice(from, from + WRITTEN_AT_ONCE).map(({ schedule, price }) => {
        const first = plannedPeriod(schedule, [price], 0);
        if (!first) throw new Error('a schedule without a period');
        return { schedule: { ...schedule, nextAt: first.dueAt }, price, first };
      });
      await manager.insert(
        ScheduleRow,
        some.map(({ schedule }) => schedule),
      );
      await manager.insert(
        PriceRow,
        some.map(({ schedule, price }) => ({ scheduleId: schedule.id, ...price })),
      );
      await manager.insert(
        PeriodRow,
        some.map(({ schedule, first }) => this.periodOf(schedule, first)),
      );
      const deeds = some.map(({ schedule, price }) =>
        deed('schedule.created', actor, schedule, factsOf(schedule, price)),
      );
      await this.audit.recordAll(manager, deeds);
    }
  }

  /** Plans the period of that number, or finishes the schedule where there is none. The caller holds its lock. */
  async plan(
    manager: EntityManager,
    schedule: ScheduleRow,
    number: number,
    known?: readonly Price[],
  ): Promise<void> {
    const prices = known ?? (await this.store.prices(manager, schedule.id));
    const next = plannedPeriod(schedule, prices, number);
    if (!next) return this.finish(manager, schedule);
    await manager.insert(PeriodRow, this.periodOf(schedule, next));
    if (schedule.endsOn === null) await manager.update(ScheduleRow, schedule.id, { nextAt: next.dueAt });
  }

  private periodOf({ id: scheduleId, siteId, gatewayAccountId, currency }: ScheduleRow, next: PlannedPeriod) {
    return {
      ...{ ...next, id: uuidv7(), siteId, gatewayAccountId, scheduleId, currency },
      ...{ state: 'planned' as const, tries: 0, failed: [] },
      ...{ nextTryAt: this.clock.due(next.dueAt), createdAt: this.clock.now() },
    };
  }

  /**
   * What fell due and was not taken up is left to a person before its schedule stands still: it was owed, and nobody would
   * come back to it. The caller holds the schedule's lock.
   */
  async leaveOverdue(manager: EntityManager, schedule: ScheduleRow): Promise<void> {
    const first = await this.store.planned(manager, schedule.id);
    if (!first) return;
    const prices = await this.store.prices(manager, schedule.id);
    for (const { number } of overdue(schedule, prices, first.number, this.clock.now())) {
      const planned = await this.store.planned(manager, schedule.id);
      if (planned?.number !== number) break;
      await this.rest(manager, planned, 'waiting', 'late');
      await this.leaveToPayer(manager, schedule, planned);
      // After the last one nothing is planned: how the schedule ends is for whoever stops it to say.
      if (plannedPeriod(schedule, prices, number + 1)) await this.plan(manager, schedule, number + 1, prices);
    }
    await this.refreshPastDue(manager, schedule);
  }

  /** It was over as planned. Tries of its last period go on. */
  private async finish(manager: EntityManager, schedule: ScheduleRow): Promise<void> {
    await this.end(manager, schedule, { state: 'finished', endedWhy: 'finished' });
    await this.record(manager, 'schedule.finished', SYSTEM, schedule);
  }

  async end(
    manager: EntityManager,
    schedule: ScheduleRow,
    how: { state: 'cancelled' | 'finished'; endedWhy: ScheduleEnd },
  ): Promise<void> {
    const change = { ...how, nextAt: null, endedAt: this.clock.now() };
    Object.assign(schedule, change);
    await manager.update(ScheduleRow, schedule.id, change);
    await this.mrr.stopped(manager, schedule, how.endedWhy);
  }

  /** It is not taken up again by itself. */
  async rest(
    manager: EntityManager,
    period: PeriodRow,
    state: Extract<PeriodState, 'unpaid' | 'waiting' | 'skipped'>,
    why: string,
  ): Promise<void> {
    const change = { state, why, until: null, blockedBy: null, nextTryAt: null };
    Object.assign(period, change);
    await manager.update(PeriodRow, period.id, change);
  }

  /** A schedule that stands still tries nothing more of what is not paid; what waits for a person goes on waiting. */
  async endTries(manager: EntityManager, schedule: ScheduleRow, why: 'paused' | 'cancelled'): Promise<void> {
    const open = await this.store.open(manager, schedule.id);
    for (const each of open) {
      if (each.state !== 'waiting') await this.rest(manager, each, 'unpaid', why);
      if (why === 'cancelled') await this.leaveToPayer(manager, schedule, each);
    }
    await this.refreshPastDue(manager, schedule);
  }

  /** It stays owed, and is not charged by itself any more: its payer has a link all the same, asked before or not. */
  async leaveToPayer(manager: EntityManager, schedule: ScheduleRow, period: PeriodRow): Promise<void> {
    if (period.orderId !== null || (await this.periodOrders.isTaken(manager, schedule, period))) return;
    const { site } = await this.sites.openAccount(schedule.gatewayAccountId, manager);
    const { order } = await this.periodOrders.make(manager, schedule, period, site.country);
    await manager.update(PeriodRow, period.id, { orderId: order.id });
  }

  /** Since when something of it is not paid. */
  async refreshPastDue(manager: EntityManager, schedule: ScheduleRow): Promise<void> {
    const pastDueSince = await this.store.pastDueSince(manager, schedule.id);
    if (pastDueSince?.getTime() === schedule.pastDueSince?.getTime()) return;
    await manager.update(ScheduleRow, schedule.id, { pastDueSince });
    schedule.pastDueSince = pastDueSince;
  }

  async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    schedule: ScheduleRow,
    data: Record<string, JsonValue> = {},
    more: { orderId?: string; reason?: string } = {},
  ): Promise<void> {
    await this.audit.record(manager, { ...deed(kind, actor, schedule, data), ...more });
  }
}

const deed = (
  kind: string,
  actor: Actor,
  { id, siteId }: ScheduleRow,
  data: Record<string, JsonValue>,
): Deed => ({
  ...{ kind, actor, siteId, subject: { type: 'schedule', id }, data },
});

function factsOf(schedule: ScheduleRow, { amountMinor }: Price): Record<string, JsonValue> {
  const { plan, reference, unit, interval, startOn, instrumentId, currency } = schedule;
  return { plan, reference, unit, interval, startOn, instrumentId, currency, amountMinor };
}
