import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { Role, TransactionState } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { ApprovalStore } from '../../server/src/approvals/approval.store.js';
import { ApprovalJobs } from '../../server/src/approvals/approvals.jobs.js';
import { ApprovalReadingService } from '../../server/src/approvals/approval-reading.service.js';
import { ApprovalsService } from '../../server/src/approvals/approvals.service.js';
import { AuditService } from '../../server/src/audit/audit.service.js';
import { BatchReadingService } from '../../server/src/batches/batch-reading.service.js';
import { BatchStore } from '../../server/src/batches/batch.store.js';
import { BatchJobs } from '../../server/src/batches/batches.jobs.js';
import { BatchesService } from '../../server/src/batches/batches.service.js';
import { SendingService } from '../../server/src/batches/sending.service.js';
import { Clock } from '../../server/src/platform/clock.js';
import type { Settings } from '../../server/src/platform/config.js';
import { Jobs } from '../../server/src/platform/jobs.js';
import { schemaOptions } from '../../server/src/schema.js';
import type { Principal } from '../../server/src/staff/access.js';
import { KeysService } from '../../server/src/staff/keys.service.js';
import { LoginsService } from '../../server/src/staff/logins.service.js';
import { PersonRow } from '../../server/src/staff/person.entity.js';
import { createDatabase, type TestDatabase } from './databases.js';

/** The slices that know no gateway, put together by hand on a database of their own. Time is moved, never waited for. */
export class Slices {
  readonly clock = new Clock();
  readonly audit = new AuditService(this.clock);
  readonly logins: LoginsService;
  readonly keys: KeysService;
  readonly jobs: Jobs;
  readonly approvals: ApprovalsService;
  readonly requests: ApprovalReadingService;
  readonly batches: BatchesService;
  readonly reading: BatchReadingService;
  readonly sending: SendingService;

  private constructor(
    private readonly home: TestDatabase,
    readonly database: DataSource,
  ) {
    const { clock, audit } = this;
    const settings = { runWorker: false } as Settings;
    this.logins = new LoginsService(database, audit, clock);
    this.keys = new KeysService(database, audit, clock);
    this.jobs = new Jobs(new SchedulerRegistry(), database, clock, settings);
    const asked = new ApprovalStore(database);
    this.requests = new ApprovalReadingService(asked, clock);
    this.approvals = new ApprovalsService(database, asked, this.logins, this.keys, audit, clock);
    const store = new BatchStore(database);
    this.batches = new BatchesService(database, store, this.approvals, this.jobs, audit, clock);
    this.reading = new BatchReadingService(store, this.batches, this.requests, clock);
    this.sending = new SendingService(database, store, this.batches, this.logins, audit, clock);
    new ApprovalJobs(this.jobs, asked, this.approvals).onModuleInit();
    new BatchJobs(this.jobs, store, this.sending).onModuleInit();
    this.batches.onModuleInit();
  }

  static async start(): Promise<Slices> {
    // Processes that die in a test are no news.
    Logger.overrideLogger(false);
    const home = await createDatabase('server');
    return new Slices(home, await new DataSource(schemaOptions(home.url)).initialize());
  }

  async stop(): Promise<void> {
    await this.database.destroy();
    await this.home.drop();
  }

  /** Time passes. */
  advance(minutes: number): void {
    this.clock.setOffset(this.clock.offset + minutes * 60_000);
  }

  async site(undoMinutes = 5): Promise<{ id: string; accountId: string }> {
    const [id, accountId] = [randomUUID(), randomUUID()];
    await this.database.query(
      `INSERT INTO sites (id, code, name, country, currency, zone, cut_off, mode, created_at, undo_minutes)
       VALUES ($1, $2, 'Tienda', 'CO', 'COP', 'America/Bogota', '22:00', 'test', now(), $3)`,
      [id, id, undoMinutes],
    );
    await this.database.query(
      `INSERT INTO gateway_accounts (id, site_id, gateway, base_url, login, secret_sealed, secret_set_at, hash, created_at)
       VALUES ($1, $2, 'placetopay', 'http://127.0.0.1', 'x', 'x', now(), 'sha256', now())`,
      [accountId, id],
    );
    return { id, accountId };
  }

  async person(role: Role, siteIds: string[] | null = null): Promise<Principal> {
    const id = randomUUID();
    await this.database.manager.insert(PersonRow, {
      id,
      email: `${id}@company.test`,
      name: `Persona ${role}`,
      role,
      allSites: siteIds === null,
      siteIds: siteIds ?? [],
      state: 'active',
      language: 'es',
      zone: 'America/Bogota',
      createdAt: new Date(),
    });
    const principal = await this.logins.principalOf(id);
    if (!principal) throw new Error('the person is not there');
    return principal;
  }

  /** A row of `transactions`, as the intent of an operation leaves it. */
  async operation(
    manager: EntityManager,
    site: { id: string; accountId: string },
    state: TransactionState = 'approved',
  ): Promise<string> {
    const id = randomUUID();
    await manager.query(
      `INSERT INTO transactions (id, site_id, gateway_account_id, kind, state, origin, gateway_reference, asked_minor,
         asked_currency, refunded, happened_at, created_at, sends)
       VALUES ($1, $2, $3, 'reverse', $4, 'us', 'T', 100, 'COP', false, now(), now(), 1)`,
      [id, site.id, site.accountId, state],
    );
    return id;
  }

  async count(table: string): Promise<number> {
    const rows = await this.database.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM ${table}`,
    );
    return rows[0]?.count ?? 0;
  }
}

/** Slices for the tests of a file. */
export function useSlices(): () => Promise<Slices> {
  let starting: Promise<Slices> | null = null;
  afterAll(async () => {
    await (await starting)?.stop();
  });
  return () => (starting ??= Slices.start());
}
