import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { one } from '../../platform/database.js';
import { Jobs } from '../../platform/jobs.js';
import { FIGURE_NAMES, refreshSql, sealedSql } from './figures.js';

const EVERY_MS = 60_000;
/** House rule: a month is closed when it is over in its site's zone for so many days. */
const CLOSED_AFTER_DAYS = 3;
/** And when nothing was told about it for a while: a history that is still being told is not closed in the middle. */
const QUIET_MS = 10 * 60_000;

/** A month of a site, by its first day. */
interface SiteMonth {
  siteId: string;
  month: string;
}

const STALE = 'SELECT DISTINCT site_id, month FROM revenue_marks';

/** Months that are over and quiet ($1: now, $2: quiet since), and not closed yet. */
const TO_CLOSE = `SELECT m.site_id, m.month FROM revenue_months m JOIN sites s ON s.id = m.site_id
  WHERE (m.month + interval '1 month ${CLOSED_AFTER_DAYS} days') AT TIME ZONE s.zone <= $1 AND m.refreshed_at <= $2
    AND NOT EXISTS (SELECT 1 FROM revenue_seals c WHERE c.site_id = m.site_id AND c.month = m.month)`;

const CLOSE = `INSERT INTO revenue_seals (site_id, month, figures, sha256, sealed_at)
  SELECT $1::uuid, $2::date, f, encode(sha256(convert_to(f::text, 'UTF8')), 'hex'), $3::timestamptz FROM (SELECT jsonb_build_object(
    'start', (SELECT coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'count', count, 'minor', minor)
        ORDER BY currency), '[]'::jsonb)
      FROM (SELECT currency, sum(minor) AS minor, sum(CASE WHEN kind IN ('new', 'reactivation') THEN count
          WHEN kind = 'churn' THEN -count ELSE 0 END) AS count
        FROM revenue_movements WHERE site_id = $1 AND month < $2 GROUP BY currency) before),
    ${FIGURE_NAMES.map((name) => `'${name}', ${sealedSql(name)}`).join(',\n    ')}) AS f) figures`;

/**
 * Brings the monthly figures up to date with the facts, and closes months. Every fact leaves a mark for its month in its
 * own commit; whoever takes marks away reads the facts after that, so that a commit that comes later than the reading
 * has a mark that is still there. Marks are taken under the month's lock: two processes never write a month at once.
 */
@Injectable()
export class RollupsService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register<SiteMonth>({
      name: 'revenue',
      everyMs: EVERY_MS,
      batch: 100,
      concurrency: 1,
      claim: (now, limit) => this.claim(now, limit),
      handle: (each) => this.refresh(each),
      countDue: async (now) => {
        const [stale, toClose] = [`SELECT 1 FROM (${STALE}) a`, `SELECT 1 FROM (${TO_CLOSE}) b`];
        const sql = `SELECT count(*)::int AS count FROM (${stale} UNION ALL ${toClose}) due`;
        const row = await one<{ count: number }>(this.database.manager, sql, [now, quiet(now)]);
        return row?.count ?? 0;
      },
    });
  }

  private async claim(now: Date, limit: number): Promise<SiteMonth[]> {
    const rows = await this.database.query<{ site_id: string; month: string }[]>(
      `SELECT site_id, to_char(month, 'YYYY-MM-DD') AS month FROM (${STALE} UNION ${TO_CLOSE}) due
       ORDER BY month LIMIT ${limit}`,
      [now, quiet(now)],
    );
    return rows.map(({ site_id: siteId, month }) => ({ siteId, month }));
  }

  private async refresh({ siteId, month }: SiteMonth): Promise<void> {
    const now = this.clock.worker();
    const of = [siteId, month];
    await this.database.transaction(async (manager) => {
      await manager.query(
        'INSERT INTO revenue_months (site_id, month, refreshed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [...of, now],
      );
      await manager.query('SELECT 1 FROM revenue_months WHERE site_id = $1 AND month = $2 FOR UPDATE', of);
      const [, marks] = await manager.query<[unknown, number]>(
        'DELETE FROM revenue_marks WHERE site_id = $1 AND month = $2',
        of,
      );
      if (marks === 0) return this.close(manager, { siteId, month }, now);
      for (const name of FIGURE_NAMES) {
        const { clear, fill } = refreshSql(name);
        await manager.query(clear, of);
        await manager.query(fill, of);
      }
      await manager.query('UPDATE revenue_months SET refreshed_at = $3 WHERE site_id = $1 AND month = $2', [
        ...of,
        now,
      ]);
    });
  }

  /** Months are claimed oldest first: what it starts with is what the one before ended with. */
  private async close(manager: EntityManager, { siteId, month }: SiteMonth, now: Date): Promise<void> {
    const due = await one(manager, `${TO_CLOSE} AND m.site_id = $3 AND m.month = $4`, [
      ...[now, quiet(now), siteId, month],
    ]);
    if (due) await manager.query(CLOSE, [siteId, month, now]);
  }
}

function quiet(now: Date): Date {
  return new Date(now.getTime() - QUIET_MS);
}
