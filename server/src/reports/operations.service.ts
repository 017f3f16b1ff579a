import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { AuditEntry, JobName, JobView, Page } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { AuditEntryRow } from '../audit/audit.entity.js';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { Heartbeat } from '../platform/heartbeat.js';
import { Jobs } from '../platform/jobs.js';
import { keysetPage, keysetSql, readCursor } from '../platform/keyset.js';
import { cappedCount } from '../platform/list-sql.js';
import { LoginsService } from '../staff/logins.service.js';
import type { SiteScope } from '../staff/access.js';

const HOUSEKEEPING_EVERY_MS = 3_600_000;
const KEPT_JOB_RUNS_MS = 14 * 86_400_000;
/** A repeated request after this long is a new one. */
const KEPT_KEYS_MS = 30 * 86_400_000;

/** What operators and auditors look at, and the tidying nobody else does. */
@Injectable()
export class OperationsService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly runner: Jobs,
    private readonly heartbeat: Heartbeat,
    private readonly logins: LoginsService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.runner.register<'tidy'>({
      name: 'housekeeping',
      everyMs: HOUSEKEEPING_EVERY_MS,
      batch: 2,
      concurrency: 1,
      claim: () => Promise.resolve(['tidy']),
      handle: () => this.tidy(),
      countDue: () => Promise.resolve(0),
    });
  }

  async jobs(): Promise<JobView[]> {
    const beat = (await this.heartbeat.lastBeat())?.toISOString() ?? null;
    return Promise.all(
      this.runner.names().map(async (name) => ({
        name,
        due: await this.runner.countDue(name),
        lastRun: await this.lastRun(name),
        lastHeartbeatAt: beat,
      })),
    );
  }

  async audit(
    scope: SiteScope,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<Page<AuditEntry>> {
    const place = readCursor(query.cursor);
    const keyset = keysetSql(place, true, { at: 'at', id: 'id' }, 2);
    const visible = '($1::uuid[] IS NULL OR site_id IS NULL OR site_id = ANY($1))';
    const rows = await this.database.query<AuditSqlRow[]>(
      `SELECT * FROM audit_log WHERE ${visible} ${keyset.where ? `AND ${keyset.where}` : ''}
       ORDER BY ${keyset.order} LIMIT ${query.limit + 1}`,
      [scope, ...keyset.parameters],
    );
    const page = keysetPage(rows, query.limit, place, (row) => ({ at: row.at, id: row.id }));
    return {
      ...page,
      items: page.items.map(auditView),
      total: await cappedCount(this.database.manager, `SELECT 1 FROM audit_log WHERE ${visible}`, [scope]),
    };
  }

  private async lastRun(name: JobName): Promise<JobView['lastRun']> {
    const row = await one<{
      started_at: Date;
      claimed: number;
      done: number;
      failed: number;
      took_ms: number;
    }>(
      this.database.manager,
      'SELECT started_at, claimed, done, failed, took_ms FROM job_runs WHERE job = $1 ORDER BY started_at DESC LIMIT 1',
      [name],
    );
    if (!row) return null;
    const { claimed, done, failed } = row;
    return { startedAt: row.started_at.toISOString(), claimed, done, failed, tookMs: row.took_ms };
  }

  private async tidy(): Promise<void> {
    const now = this.clock.worker().getTime();
    await this.logins.tidy();
    await this.database.query('DELETE FROM job_runs WHERE started_at < $1', [
      new Date(now - KEPT_JOB_RUNS_MS),
    ]);
    await this.database.query('DELETE FROM idempotency_keys WHERE created_at < $1', [
      new Date(now - KEPT_KEYS_MS),
    ]);
  }
}

interface AuditSqlRow {
  id: string;
  at: Date;
  kind: string;
  site_id: string | null;
  actor_type: AuditEntryRow['actorType'];
  actor_name: string | null;
  subject_type: string;
  subject_id: string;
  request_id: string | null;
  reason: string | null;
  data: AuditEntry['data'];
}

function auditView(row: AuditSqlRow): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    siteId: row.site_id,
    actor: { type: row.actor_type, name: row.actor_name },
    subject: { type: row.subject_type, id: row.subject_id },
    requestId: row.request_id,
    reason: row.reason,
    data: row.data,
  };
}
