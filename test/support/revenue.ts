import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { ExpectedService } from '../../server/src/reports/revenue/expected.service.js';
import { RevenueRowsStore } from '../../server/src/reports/revenue/revenue-rows.store.js';
import { RevenueReadingService } from '../../server/src/reports/revenue/revenue-reading.service.js';
import { RevenueStore } from '../../server/src/reports/revenue/revenue.store.js';
import { RollupsService } from '../../server/src/reports/revenue/rollups.service.js';
import { MrrService } from '../../server/src/schedules/mrr.service.js';
import {
  PeriodRow,
  PriceRow,
  ScheduleRow,
  type FailedTry,
} from '../../server/src/schedules/schedule.entity.js';
import { Clock } from '../../server/src/platform/clock.js';
import type { Settings } from '../../server/src/platform/config.js';
import { Jobs } from '../../server/src/platform/jobs.js';
import { schemaOptions } from '../../server/src/schema.js';
import { createDatabase, type TestDatabase } from './databases.js';

const DAY_MS = 86_400_000;

/** The parts that keep and read what schedules earn, on a database of their own. Time is set, never waited for. */
export class RevenueParts {
  readonly clock = new Clock();
  readonly mrr = new MrrService(this.clock);
  readonly jobs: Jobs;
  readonly reading: RevenueReadingService;
  readonly expected: ExpectedService;
  readonly rows: RevenueRowsStore;

  private constructor(
    private readonly home: TestDatabase,
    readonly database: DataSource,
  ) {
    this.jobs = new Jobs(new SchedulerRegistry(), database, this.clock, { runWorker: false } as Settings);
    new RollupsService(database, this.jobs, this.clock).onModuleInit();
    const store = new RevenueStore(database);
    this.reading = new RevenueReadingService(store, this.clock);
    this.rows = new RevenueRowsStore(database, this.clock);
    this.expected = new ExpectedService(database, store, this.clock);
  }

  static async start(): Promise<RevenueParts> {
    Logger.overrideLogger(false);
    const home = await createDatabase('server');
    return new RevenueParts(home, await new DataSource(schemaOptions(home.url)).initialize());
  }

  async stop(): Promise<void> {
    await this.database.destroy();
    await this.home.drop();
  }

  /** From now on it is that instant. */
  at(instant: string): void {
    this.clock.setOffset(Date.parse(instant) - Date.now());
  }

  async refresh(): Promise<void> {
    await this.jobs.run('revenue');
  }

  /** A shop of that zone with one stored means of payment. */
  async site(zone = 'America/Bogota'): Promise<{ id: string; accountId: string; instrumentId: string }> {
    const [id, accountId] = [randomUUID(), randomUUID()];
    await this.database.query(
      `INSERT INTO sites (id, code, name, country, currency, zone, cut_off, mode, created_at, undo_minutes)
       VALUES ($1, $2, 'Tienda', 'CO', 'COP', $3, '22:00', 'test', now(), 5)`,
      [id, id, zone],
    );
    await this.database.query(
      `INSERT INTO gateway_accounts (id, site_id, gateway, base_url, login, secret_sealed, secret_set_at, hash, created_at)
       VALUES ($1, $2, 'placetopay', 'http://127.0.0.1', 'x', 'x', now(), 'sha256', now())`,
      [accountId, id],
    );
    return { id, accountId, instrumentId: await this.instrument({ id, accountId }) };
  }

  /** Another means of payment of that shop, as it stands. */
  async instrument(
    site: { id: string; accountId: string },
    { state = 'active', type = 'token', validUntil = null as string | null } = {},
  ): Promise<string> {
    const id = randomUUID();
    await this.database.query(
      `INSERT INTO instruments (id, site_id, gateway_account_id, type, secret_sealed, secret_hash, state, valid_until, revoke_sends, created_at)
       VALUES ($1, $2, $3, $4, 'x', $5, $6, $7, 0, now())`,
      [id, site.id, site.accountId, type, id, state, validUntil],
    );
    return id;
  }

  /** A monthly plan that has not charged yet. */
  async schedule(
    site: Awaited<ReturnType<RevenueParts['site']>>,
    more: Partial<ScheduleRow> = {},
    amountMinor = 4_000_000,
  ): Promise<ScheduleRow> {
    const now = this.clock.now();
    const row: ScheduleRow = {
      ...{ id: randomUUID(), siteId: site.id, gatewayAccountId: site.accountId, payerId: null },
      ...{
        instrumentId: site.instrumentId,
        policyId: null,
        reference: randomUUID().slice(0, 20),
        plan: 'Plan',
      },
      ...{
        currency: 'COP',
        unit: 'month',
        interval: 1,
        startOn: now.toISOString().slice(0, 10),
        trialDays: 0,
      },
      ...{ anchorDay: null, maxPeriods: null, endOn: null, zone: 'America/Bogota', chargeHour: 9 },
      ...{ state: 'active', nextAt: null, lastOverdueOn: null, pastDueSince: null, endsOn: null },
      ...{ endedAt: null, endedWhy: null, createdAt: now },
      ...more,
    };
    await this.database.manager.insert(ScheduleRow, row);
    const price = { scheduleId: row.id, fromOn: row.startOn, amountMinor, taxes: [] };
    await this.database.manager.insert(PriceRow, price);
    return row;
  }

  /** The next period of a schedule, in whatever state. */
  async period(schedule: ScheduleRow, number: number, more: Partial<PeriodRow> = {}): Promise<PeriodRow> {
    const now = this.clock.now();
    const row: PeriodRow = {
      ...{ id: randomUUID(), siteId: schedule.siteId, gatewayAccountId: schedule.gatewayAccountId },
      ...{ scheduleId: schedule.id, number, day: now.toISOString().slice(0, 10), dueAt: now },
      ...{ amountMinor: 4_000_000, taxes: [], currency: schedule.currency, state: 'charging', why: null },
      ...{ until: null, reason: null, failed: [], blockedBy: null, orderId: null, sessionId: null, tries: 1 },
      ...{ nextTryAt: null, paidAt: null, paidBy: null, createdAt: now },
      ...more,
    };
    await this.database.manager.insert(PeriodRow, row);
    return row;
  }

  /** Its next period is paid now, after failing that often on the days before. */
  async pay(schedule: ScheduleRow, number: number, amountMinor: number, failures = 0): Promise<void> {
    const failed = Array.from({ length: failures }, (_, index): FailedTry => {
      const day = new Date(this.clock.now().getTime() - (failures - index) * DAY_MS);
      return { day: day.toISOString().slice(0, 10), class: 'balance', reason: '51' };
    });
    const paidBy = number % 2 === 0 ? 'collect' : 'link';
    const period = await this.period(schedule, number, {
      ...{ amountMinor, failed, state: 'paid', paidBy, paidAt: this.clock.now() },
    });
    await this.database.transaction((manager) => this.mrr.paid(manager, schedule, period, paidBy));
  }

  /** It comes to another state, as `why` says when it charges no more. */
  async become(
    schedule: ScheduleRow,
    state: ScheduleRow['state'],
    why: 'chosen' | 'unpaid' | 'finished' = 'chosen',
  ): Promise<void> {
    schedule.state = state;
    await this.database.transaction(async (manager) => {
      await manager.update(ScheduleRow, schedule.id, { state });
      if (state !== 'active') await this.mrr.stopped(manager, schedule, why);
    });
  }
}
