import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { addMonths, localDay, type RevenueFigure, type RevenueRowsFilter } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { keysetSql, type Place } from '../../platform/keyset.js';
import { binding, siteClauses, whereSql, type Bind } from '../../platform/list-sql.js';
import type { SiteScope } from '../../staff/access.js';
import { DECLINED, UNJUDGED } from './revenue.rules.js';
import { SCHEDULE_DUES_SQL } from './dues.js';

export interface RevenueSqlRow {
  id: string;
  at: Date;
  day: string;
  site_id: string;
  what: string;
  why: string | null;
  reference: string;
  plan: string | null;
  payer_name: string | null;
  minor: number;
  count: number;
  schedule_id: string | null;
  session_id: string | null;
}

const PAYER = `nullif(concat_ws(' ', y.name, y.surname), '') AS payer_name`;
const OF_SCHEDULE = 'JOIN schedules s ON s.id = f.schedule_id LEFT JOIN payers y ON y.id = s.payer_id';

/** Of each figure its rows, from facts `f` that the clauses find. */
const ROWS: Record<Exclude<RevenueFigure, 'expected'>, (where: string) => string> = {
  movements: (
    where,
  ) => `SELECT f.id, f.at, f.day::text, f.site_id, f.kind AS what, nullif(f.why, '') AS why, s.reference, s.plan,
    ${PAYER}, (f.mrr_minor - f.before_minor)::float8 AS minor, 1 AS count, f.schedule_id, p.session_id
    FROM mrr_changes f ${OF_SCHEDULE} LEFT JOIN periods p ON p.id = f.period_id ${where}`,
  mrr: (
    where,
  ) => `SELECT f.id, f.at, f.day::text, f.site_id, f.kind AS what, NULL AS why, s.reference, s.plan,
    ${PAYER}, f.mrr_minor::float8 AS minor, 1 AS count, f.schedule_id, NULL::uuid AS session_id
    FROM (SELECT DISTINCT ON (f.schedule_id) f.* FROM mrr_changes f ${where} ORDER BY f.schedule_id, f.seq DESC) f
    ${OF_SCHEDULE} WHERE f.kind <> 'churn'`,
  recoveries: (
    where,
  ) => `SELECT f.period_id AS id, f.at, f.day::text, f.site_id, f.paid_by AS what, NULL AS why, s.reference, s.plan,
    ${PAYER}, f.amount_minor::float8 AS minor, 1 AS count, f.schedule_id, p.session_id
    FROM recoveries f ${OF_SCHEDULE} JOIN periods p ON p.id = f.period_id ${where}`,
  approvals: (
    where,
  ) => `SELECT f.id, f.at, f.day::text, f.site_id, f.outcome AS what, f.reason AS why, o.reference, NULL AS plan,
    ${PAYER}, f.amount_minor::float8 AS minor, 1 AS count, NULL::uuid AS schedule_id, f.id AS session_id
    FROM collect_results f JOIN sessions t ON t.id = f.id JOIN orders o ON o.id = t.order_id
    LEFT JOIN payers y ON y.id = t.payer_id ${where}`,
};

/** The rows behind the numbers, as the facts stand now. Newest first; what is expected, soonest first. */
@Injectable()
export class RevenueRowsStore {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async page(
    scope: SiteScope,
    filter: RevenueRowsFilter,
    { place, limit }: { place: Place | null; limit: number },
  ): Promise<RevenueSqlRow[]> {
    if (filter.figure === 'expected') return this.expected(scope, filter, { place, limit });
    const parameters: unknown[] = [];
    const where = clausesOf(scope, filter, binding(parameters));
    const keyset = keysetSql(place, true, { at: 'r.at', id: 'r.id' }, parameters.length + 1);
    return this.database.query<RevenueSqlRow[]>(
      `SELECT * FROM (${ROWS[filter.figure](whereSql(where))}) r ${whereSql(keyset.where ? [keyset.where] : [])}
       ORDER BY ${keyset.order} LIMIT ${limit}`,
      [...parameters, ...keyset.parameters],
    );
  }

  /** One row for each schedule that charges in those days: how often, and how much. */
  private async expected(
    scope: SiteScope,
    { siteId, currency, days }: RevenueRowsFilter,
    { place, limit }: { place: Place | null; limit: number },
  ): Promise<RevenueSqlRow[]> {
    const now = this.clock.now();
    const keyset = keysetSql(place, false, { at: 's.next_at', id: 's.id' }, 6);
    const rows = await this.database.query<(RevenueSqlRow & { zone: string })[]>(
      `SELECT s.id, s.next_at AS at, s.zone, s.site_id, s.reference, s.plan, ${PAYER}, g.count, g.minor
       FROM (${SCHEDULE_DUES_SQL}) g JOIN schedules s ON s.id = g.id AND s.currency = $5 LEFT JOIN payers y ON y.id = s.payer_id
       ${whereSql(keyset.where ? [keyset.where] : [])} ORDER BY ${keyset.order} LIMIT ${limit}`,
      [scope, siteId ?? null, now, [days], currency, ...keyset.parameters],
    );
    return rows.map(({ zone, ...row }) => ({
      ...{ ...row, day: localDay(row.at, zone), what: 'expected', why: null },
      ...{ schedule_id: row.id, session_id: null },
    }));
  }
}

function clausesOf(scope: SiteScope, filter: RevenueRowsFilter, bind: Bind): string[] {
  const {
    figure,
    currency,
    siteId,
    month,
    fromMonth,
    kind,
    why,
    cohort,
    paidBy,
    issuer,
    brand,
    outcome,
    reason,
  } = filter;
  const clauses = siteClauses(scope, siteId, bind).map((site) => `f.${site}`);
  clauses.push(`f.currency = ${bind(currency)}`);
  if (month && figure !== 'mrr') clauses.push(`f.day >= ${bind(`${month}-01`)}`);
  if (month) clauses.push(`f.day < ${bind(addMonths(`${month}-01`, 1))}`);
  if (fromMonth) clauses.push(`f.day >= ${bind(`${fromMonth}-01`)}`);
  const equal = (column: string, value: string | undefined) => {
    if (value !== undefined) clauses.push(`${column} = ${bind(value)}`);
  };
  if (figure === 'movements') {
    equal('f.kind', kind);
    equal('f.why', why);
  }
  if (figure === 'movements' || figure === 'mrr') equal('f.cohort', cohort && `${cohort}-01`);
  if (figure === 'recoveries') equal('f.paid_by', paidBy);
  if (figure === 'approvals') {
    equal('f.issuer', issuer);
    equal('f.brand', brand);
    if (outcome) clauses.push(`f.outcome = ANY(${bind(outcomesOf(outcome))})`);
    equal(`coalesce(f.reason, '')`, reason);
  }
  return clauses;
}

function outcomesOf(outcome: NonNullable<RevenueRowsFilter['outcome']>): readonly string[] {
  if (outcome === 'declined') return DECLINED;
  return outcome === 'unjudged' ? UNJUDGED : [outcome];
}
