import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  localDay,
  SCHEDULE_ACTIONS,
  type Page,
  type PeriodCounts,
  type PeriodListItem,
  type PeriodListQuery,
  type PeriodView,
  type ScheduleCounts,
  type ScheduleListItem,
  type ScheduleListQuery,
  type ScheduleView,
} from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { AuditService, timelineEntry } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { keysetPage, readCursor } from '../platform/keyset.js';
import { ProblemError } from '../platform/problem.js';
import { CreationService } from '../sessions/creation.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { NOTHING, whyNotAct } from './change.rules.js';
import { ScheduleListStore, type Listed } from './schedule-list.store.js';
import { periodItem, periodView, scheduleItem, type Reader } from './schedule.view.js';
import { ScheduleStore } from './schedule.store.js';
import { SchedulesService, viewOf } from './schedules.service.js';

const PERIODS_SHOWN = 60;

/** Schedules and periods as their readers see them. */
@Injectable()
export class ScheduleReadingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly lists: ScheduleListStore,
    private readonly store: ScheduleStore,
    private readonly schedules: SchedulesService,
    private readonly creation: CreationService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async list({ scope }: Principal, query: ScheduleListQuery): Promise<Page<ScheduleListItem>> {
    const place = readCursor(query.cursor);
    const [rows, total] = await Promise.all([
      this.lists.page(scope, query, { place, limit: query.limit + 1 }),
      this.lists.count(scope, query),
    ]);
    const at = query.pastDue ? 'past_due_since' : 'placed_at';
    const page = keysetPage(rows, query.limit, place, (row) => ({ at: row[at] as Date, id: row.id }));
    return { ...page, items: page.items.map((row) => scheduleItem(row, this.clock.now())), total };
  }

  counts({ scope }: Principal, query: ScheduleListQuery): Promise<ScheduleCounts> {
    return this.lists.counts(scope, query);
  }

  /** Errors: not_found, also for another site's. */
  async view(me: Principal, id: string): Promise<ScheduleView> {
    const schedule = await this.schedules.require(me, id);
    const { manager } = this.database;
    const [row, standing, periods, paid, policy, timeline] = await Promise.all([
      this.lists.one(id),
      this.schedules.standing(manager, schedule),
      this.lists.ofSchedule(id, PERIODS_SHOWN),
      this.lists.paid(id),
      this.store.policy(manager, schedule),
      this.audit.timelineOf(manager, { type: 'schedule', id }),
    ]);
    if (!row) throw new ProblemError('not_found');
    const today = localDay(this.clock.now(), schedule.zone);
    const now = standing.prices.findLast(({ fromOn }) => fromOn <= today) ?? standing.prices[0];
    const reader = this.reader(me);
    const item = scheduleItem(row, reader.now);
    const outlook = viewOf(standing, NOTHING, reader.now);
    return {
      ...item,
      taxes: standing.planned?.taxes ?? now?.taxes ?? [],
      maxPeriods: schedule.maxPeriods,
      endOn: schedule.endOn,
      chargeHour: schedule.chargeHour,
      policy: { id: policy?.id ?? null, name: policy?.name ?? null, named: schedule.policyId !== null },
      paid,
      prices: standing.prices
        .filter(({ fromOn }) => fromOn > today && fromOn !== schedule.startOn)
        .map(({ fromOn, amountMinor, taxes }) => ({ fromOn, amountMinor, taxes })),
      periods: periods.map((each) => periodView(each, reader)),
      outlook: { ...outlook, whyNotCharged: outlook.charges.length > 0 ? item.whyNotCharged : null },
      timeline: me.type === 'key' ? [] : timeline.map(timelineEntry),
      availableActions: SCHEDULE_ACTIONS.map((action) => {
        const why = me.permissions.has('schedules:manage')
          ? whyNotAct(standing, action, this.clock.now())
          : 'no_permission';
        return { action, allowed: why === null, why };
      }),
    };
  }

  async periods(me: Principal, query: PeriodListQuery): Promise<Page<PeriodListItem>> {
    const place = readCursor(query.cursor);
    const [rows, total] = await Promise.all([
      this.lists.periods(me.scope, query, { place, limit: query.limit + 1 }),
      this.lists.countPeriods(me.scope, query),
    ]);
    const page = keysetPage(rows, query.limit, place, (row) => ({ at: row.due_at as Date, id: row.id }));
    const reader = this.reader(me);
    return { ...page, items: page.items.map((row) => periodItem(row, reader)), total };
  }

  periodCounts({ scope }: Principal, { siteId }: PeriodListQuery): Promise<PeriodCounts> {
    return this.lists.periodCounts(scope, siteId);
  }

  async period(me: Principal, id: string): Promise<PeriodView> {
    return periodView(await this.requirePeriod(me, id), this.reader(me));
  }

  /** Errors: not_found, also for another site's. */
  async requirePeriod(me: Principal, id: string): Promise<Listed> {
    const row = await this.lists.period(id);
    if (!row || !maySee(me.scope, row.site_id as string)) throw new ProblemError('not_found');
    return row;
  }

  private reader({ permissions }: Principal): Reader {
    return {
      ...{ permissions, now: this.clock.now(), worker: this.clock.worker() },
      linkUrl: (orderId) => this.creation.linkUrl(orderId),
    };
  }
}
