import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import type { SiteScope } from '../../staff/access.js';
import { readSql, type FigureName } from './figures.js';
import type { History, Net, Seal } from './revenue.rules.js';

/** Which sites a reader looks at: those they may see, or the one of them that they chose. */
export interface View {
  scope: SiteScope;
  siteId: string | null;
}

export type FigureRow = { month: string; currency: Currency; count: number; minor: number } & Record<
  string,
  string | number
>;

export interface ClosedMonth {
  siteId: string;
  month: string;
  sealedAt: Date | null;
  start: { currency: Currency; count: number; minor: number }[];
}

/** $1, $2 of every statement below. */
const IN_VIEW = '($1::uuid[] IS NULL OR site_id = ANY($1)) AND ($2::uuid IS NULL OR site_id = $2)';
/** Periods that are settled count for so many days. */
const HISTORY_DAYS = 90;

/** How the settled periods of the last days went; $3: the day up to which they count. Shown to readers. */
export const HISTORY_SQL = `SELECT site_id, currency, count(*) FILTER (WHERE state = 'paid') AS paid, count(*) AS settled
FROM periods
WHERE state IN ('paid', 'unpaid') AND day > $3::date - ${HISTORY_DAYS} AND day <= $3
  AND ${IN_VIEW}
GROUP BY site_id, currency`;

/** The SQL of what subscriptions earn. Months are YYYY-MM. */
@Injectable()
export class RevenueStore {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** A figure's monthly rows: as shown, what came late, or as the facts stand. */
  figure(
    name: FigureName,
    which: 'shown' | 'late' | 'live',
    { scope, siteId }: View,
    { from, to }: { from: string; to: string },
  ): Promise<FigureRow[]> {
    return this.database.query(readSql(name)[which], [scope, siteId, `${from}-01`, `${to}-01`]);
  }

  async nets({ scope, siteId }: View, to: string): Promise<(Net & { currency: Currency })[]> {
    return this.database.query(
      `SELECT site_id AS "siteId", to_char(month, 'YYYY-MM') AS month, currency, sum(minor)::float8 AS minor,
         sum(CASE WHEN kind IN ('new', 'reactivation') THEN count WHEN kind = 'churn' THEN -count ELSE 0 END)::int AS count
       FROM revenue_movements WHERE ${IN_VIEW} AND month <= $3 GROUP BY site_id, month, currency`,
      [scope, siteId, `${to}-01`],
    );
  }

  /** The months of each site that have any figure, and how they were closed. */
  async months({ scope, siteId }: View, { from, to }: { from: string; to: string }): Promise<ClosedMonth[]> {
    return this.database.query(
      `SELECT m.site_id AS "siteId", to_char(m.month, 'YYYY-MM') AS month, s.sealed_at AS "sealedAt",
         coalesce(s.figures->'start', '[]'::jsonb) AS start
       FROM (SELECT * FROM revenue_months WHERE ${IN_VIEW} AND month >= $3 AND month <= $4) m
       LEFT JOIN revenue_seals s ON s.site_id = m.site_id AND s.month = m.month`,
      [scope, siteId, `${from}-01`, `${to}-01`],
    );
  }

  async freshness({ scope, siteId }: View): Promise<{ freshAt: Date | null; waiting: boolean }> {
    const [row] = await this.database.query<{ freshAt: Date | null; waiting: boolean }[]>(
      `SELECT (SELECT max(refreshed_at) FROM revenue_months WHERE ${IN_VIEW}) AS "freshAt",
         EXISTS (SELECT 1 FROM revenue_marks WHERE ${IN_VIEW}) AS waiting`,
      [scope, siteId],
    );
    return row ?? { freshAt: null, waiting: false };
  }

  /** The zones of the sites in view. */
  async zones({ scope, siteId }: View): Promise<string[]> {
    const rows = await this.database.query<{ zone: string }[]>(
      'SELECT DISTINCT zone FROM sites WHERE ($1::uuid[] IS NULL OR id = ANY($1)) AND ($2::uuid IS NULL OR id = $2)',
      [scope, siteId],
    );
    return rows.map(({ zone }) => zone);
  }

  /** Keys are `siteId currency`. */
  async histories({ scope, siteId }: View, today: string): Promise<Map<string, History>> {
    const rows = await this.database.query<
      { site_id: string; currency: string; paid: string; settled: string }[]
    >(HISTORY_SQL, [scope, siteId, today]);
    return new Map(
      rows.map(({ site_id, currency, paid, settled }) => [
        `${site_id} ${currency}`,
        { paid: Number(paid), settled: Number(settled) },
      ]),
    );
  }
}

export function seals(months: readonly ClosedMonth[], currency: Currency): Seal[] {
  return months.flatMap(({ siteId, month, sealedAt, start }) => {
    if (sealedAt === null) return [];
    const own = start.find((each) => each.currency === currency);
    return [{ siteId, month, start: { count: own?.count ?? 0, minor: own?.minor ?? 0 } }];
  });
}
