import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  PERIOD_VIEWS,
  SCHEDULE_STATES,
  type CappedCount,
  type PeriodCounts,
  type PeriodListQuery,
  type PeriodState,
  type ScheduleCounts,
  type ScheduleListQuery,
} from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { keysetSql, type Place } from '../platform/keyset.js';
import {
  binding,
  cappedCount,
  countsByState,
  FOUR_DIGITS,
  likePrefix,
  searchArms,
  siteClauses,
  UUID,
  whereSql,
  type FilterSql,
} from '../platform/list-sql.js';
import type { SiteScope } from '../staff/access.js';

type ScheduleFilter = Omit<ScheduleListQuery, 'cursor' | 'limit'>;
type PeriodFilter = Pick<PeriodListQuery, 'view' | 'siteId'>;

const STATES_OF_VIEW: Record<PeriodListQuery['view'], readonly PeriodState[]> = {
  past_due: ['retrying', 'unpaid'],
  waiting: ['waiting'],
  blocked: ['blocked'],
  unknown: ['unknown'],
};

const PEOPLE = `s.payer_id, y.name, y.surname, y.email, y.document_type, y.document,
  i.brand, i.brand_name, i.last_four, i.valid_until::text, i.type AS instrument_type, i.state AS instrument_state`;

const SCHEDULES = `SELECT s.id, s.site_id, s.reference, s.plan, s.state, s.currency, s.unit, s.interval_steps, s.start_on::text,
  s.trial_days, s.anchor_day, s.zone, s.past_due_since, s.ends_on::text, s.ended_at, s.ended_why, s.next_at, s.instrument_id, s.created_at,
  coalesce(s.next_at, s.ended_at, s.created_at) AS placed_at, w.mode,
  n.number AS next_number, n.day::text AS next_day, n.amount_minor AS next_amount,
  l.number AS last_number, l.state AS last_state,
  (SELECT array_agg(k.number) FROM periods k WHERE k.schedule_id = s.id AND k.state = 'skipped'
   AND k.number > coalesce(l.number, -1)) AS skipped,
  (SELECT c.amount_minor FROM schedule_prices c WHERE c.schedule_id = s.id
   ORDER BY c.from_on DESC LIMIT 1) AS last_amount, ${PEOPLE}
  FROM schedules s
  JOIN sites w ON w.id = s.site_id
  JOIN instruments i ON i.id = s.instrument_id
  LEFT JOIN payers y ON y.id = s.payer_id
  LEFT JOIN periods n ON n.schedule_id = s.id AND n.state = 'planned'
  LEFT JOIN LATERAL (SELECT p.number, p.state FROM periods p WHERE p.schedule_id = s.id
    AND p.state NOT IN ('planned', 'cancelled', 'skipped') ORDER BY p.number DESC LIMIT 1) l ON true`;

const PERIODS = `SELECT p.id, p.site_id, p.schedule_id, p.number, p.day::text, p.due_at, p.amount_minor, p.currency, p.state, p.why,
  p.until, p.reason, p.tries, p.next_try_at, p.paid_at, p.paid_by, p.session_id, p.blocked_by, p.order_id,
  s.reference, s.plan, s.zone, s.state AS schedule_state, s.ends_on::text, s.instrument_id,
  a.collects_stopped_at IS NOT NULL AS stopped, c.next_look_at IS NULL AS given_up, ${PEOPLE}
  FROM periods p
  JOIN schedules s ON s.id = p.schedule_id
  JOIN gateway_accounts a ON a.id = p.gateway_account_id
  JOIN instruments i ON i.id = s.instrument_id
  LEFT JOIN collects c ON c.id = p.session_id
  LEFT JOIN payers y ON y.id = s.payer_id`;

/** As the lists' SQL tells it; snake_case, amounts as text. */
export type Listed = Record<string, string | number | boolean | Date | null> & { id: string } & {
  /** Of schedules: the numbers of those skipped since one was asked for. */
  skipped?: number[] | null;
};

/** The SQL of the lists of schedules and periods. Every method takes the sites that the reader may see. */
@Injectable()
export class ScheduleListStore {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  page(
    scope: SiteScope,
    filter: ScheduleFilter,
    options: { place: Place | null; limit: number },
  ): Promise<Listed[]> {
    const { clauses, parameters } = schedulesWhere(scope, filter);
    const at = filter.pastDue ? 's.past_due_since' : 'coalesce(s.next_at, s.ended_at, s.created_at)';
    const newestFirst = !filter.pastDue && (filter.state === 'cancelled' || filter.state === 'finished');
    const keyset = keysetSql(options.place, newestFirst, { at, id: 's.id' }, parameters.length + 1);
    const where = whereSql([...clauses, ...(keyset.where ? [keyset.where] : [])]);
    return this.database.query<Listed[]>(
      `${SCHEDULES} ${where} ORDER BY ${keyset.order} LIMIT ${options.limit}`,
      [...parameters, ...keyset.parameters],
    );
  }

  async one(id: string): Promise<Listed | null> {
    const rows = await this.database.query<Listed[]>(`${SCHEDULES} WHERE s.id = $1`, [id]);
    return rows[0] ?? null;
  }

  count(scope: SiteScope, filter: ScheduleFilter): Promise<CappedCount> {
    const { clauses, parameters } = schedulesWhere(scope, filter);
    return cappedCount(this.database.manager, `SELECT 1 FROM schedules s ${whereSql(clauses)}`, parameters);
  }

  async counts(scope: SiteScope, filter: ScheduleFilter): Promise<ScheduleCounts> {
    const { pastDue: _pastDue, ...rest } = filter;
    const { byState } = await countsByState(SCHEDULE_STATES, (state) =>
      state ? this.count(scope, { ...rest, state }) : Promise.resolve({ count: 0, capped: false }),
    );
    return { byState, pastDue: await this.count(scope, { ...rest, pastDue: 'true' }) };
  }

  periods(
    scope: SiteScope,
    filter: PeriodFilter,
    options: { place: Place | null; limit: number },
  ): Promise<Listed[]> {
    const { clauses, parameters } = periodsWhere(scope, filter);
    const keyset = keysetSql(options.place, false, { at: 'p.due_at', id: 'p.id' }, parameters.length + 1);
    const where = whereSql([...clauses, ...(keyset.where ? [keyset.where] : [])]);
    return this.database.query<Listed[]>(
      `${PERIODS} ${where} ORDER BY ${keyset.order} LIMIT ${options.limit}`,
      [...parameters, ...keyset.parameters],
    );
  }

  /** Of a schedule, newest first. */
  ofSchedule(scheduleId: string, limit: number): Promise<Listed[]> {
    return this.database.query<Listed[]>(
      `${PERIODS} WHERE p.schedule_id = $1 ORDER BY p.number DESC LIMIT ${limit}`,
      [scheduleId],
    );
  }

  async period(id: string): Promise<Listed | null> {
    const rows = await this.database.query<Listed[]>(`${PERIODS} WHERE p.id = $1`, [id]);
    return rows[0] ?? null;
  }

  countPeriods(scope: SiteScope, filter: PeriodFilter): Promise<CappedCount> {
    const { clauses, parameters } = periodsWhere(scope, filter);
    return cappedCount(this.database.manager, `SELECT 1 FROM periods p ${whereSql(clauses)}`, parameters);
  }

  async periodCounts(scope: SiteScope, siteId: string | undefined): Promise<PeriodCounts> {
    const counted = await Promise.all(
      PERIOD_VIEWS.map(async (each) => [
        each,
        await this.countPeriods(scope, siteId ? { view: each, siteId } : { view: each }),
      ]),
    );
    const stopped = await this.stopped(scope);
    return { byView: Object.fromEntries(counted) as PeriodCounts['byView'], stopped };
  }

  /** Sites on whose account the brake is on. */
  private async stopped(scope: SiteScope): Promise<PeriodCounts['stopped']> {
    const rows = await this.database.query<{ site_id: string; why: string; since: Date }[]>(
      `SELECT site_id, collects_stopped_why AS why, collects_stopped_at AS since FROM gateway_accounts
       WHERE collects_stopped_at IS NOT NULL AND ($1::uuid[] IS NULL OR site_id = ANY($1))
       ORDER BY collects_stopped_at LIMIT 500`,
      [scope],
    );
    return rows.map(({ site_id: siteId, why, since }) => ({
      ...{ siteId, why: why as PeriodCounts['stopped'][number]['why'], since: since.toISOString() },
    }));
  }

  /** What a schedule has brought in by its periods. */
  async paid(scheduleId: string): Promise<{ count: number; amountMinor: number }> {
    const [row] = await this.database.query<{ count: number; amount: string }[]>(
      `SELECT count(*)::int AS count, coalesce(sum(amount_minor), 0) AS amount FROM periods
       WHERE schedule_id = $1 AND state = 'paid'`,
      [scheduleId],
    );
    return { count: row?.count ?? 0, amountMinor: Number(row?.amount ?? 0) };
  }
}

function schedulesWhere(scope: SiteScope, filter: ScheduleFilter): FilterSql {
  const parameters: unknown[] = [];
  const bind = binding(parameters);
  const clauses = filter.pastDue ? ['s.past_due_since IS NOT NULL'] : [`s.state = ${bind(filter.state)}`];
  clauses.push(...siteClauses(scope, filter.siteId, bind).map((site) => `s.${site}`));
  if (filter.payerId) clauses.push(`s.payer_id = ${bind(filter.payerId)}`);
  if (filter.instrumentId) clauses.push(`s.instrument_id = ${bind(filter.instrumentId)}`);
  if (filter.policyId) clauses.push(`s.policy_id = ${bind(filter.policyId)}`);
  const { q } = filter;
  if (q) clauses.push(`s.id IN (${searchSql(q, bind(q), bind(likePrefix(q.toLowerCase())))})`);
  return { clauses, parameters };
}

function periodsWhere(scope: SiteScope, { view, siteId }: PeriodFilter): FilterSql {
  const parameters: unknown[] = [];
  const bind = binding(parameters);
  const clauses = [`p.state = ANY(${bind(STATES_OF_VIEW[view])})`];
  clauses.push(...siteClauses(scope, siteId, bind).map((site) => `p.${site}`));
  return { clauses, parameters };
}

/** `place` holds the text, `start` how it begins. */
function searchSql(text: string, place: string, start: string): string {
  const arms = [
    `SELECT s.id FROM schedules s WHERE lower(s.reference) LIKE ${start}`,
    `SELECT s.id FROM schedules s WHERE lower(s.plan) LIKE ${start}`,
    ...['p.email = lower', 'p.document = '].map(
      (equal) => `SELECT s.id FROM payers p JOIN schedules s ON s.payer_id = p.id WHERE ${equal}(${place})`,
    ),
    ...(FOUR_DIGITS.test(text)
      ? [
          `SELECT s.id FROM instruments i JOIN schedules s ON s.instrument_id = i.id WHERE i.last_four = ${place}`,
        ]
      : []),
    ...(UUID.test(text) ? [`SELECT s.id FROM schedules s WHERE s.id = ${place}::text::uuid`] : []),
  ];
  return searchArms(arms);
}
