import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CappedCount, PreauthorizationListQuery } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { keysetSql, type Place } from '../platform/keyset.js';
import {
  binding,
  cappedCount,
  FOUR_DIGITS,
  searchArms,
  siteClauses,
  UUID,
  whereSql,
  type FilterSql,
} from '../platform/list-sql.js';
import type { SiteScope } from '../staff/access.js';

type Filter = Pick<PreauthorizationListQuery, 'state' | 'hours' | 'siteId' | 'q'>;

const COLUMNS = `h.id, h.site_id, h.order_id, h.state, h.unclear, h.currency, h.placed_minor, h.least_minor, h.most_minor,
  h.captured_minor, h.placed_at, h.expires_at, t.session_id, t.gateway_reference, t.method_name, t.last_four,
  o.description, w.mode, w.country, w.currency AS site_currency,
  w.refund_limits->>'operationMinor' AS operation_minor, a.over_capture, a.increase_only,
  p.name, p.surname, p.email, p.document_type, p.document,
  l.id AS live_id, l.kind AS live_kind, l.state AS live_state, l.asked_by_name AS live_by, l.created_at AS live_at`;

const FROM = `preauthorizations h
  JOIN transactions t ON t.id = h.id
  JOIN orders o ON o.id = h.order_id
  JOIN sites w ON w.id = h.site_id
  JOIN gateway_accounts a ON a.id = h.gateway_account_id
  LEFT JOIN payers p ON p.id = t.payer_id
  LEFT JOIN transactions l ON l.parent_id = h.id AND l.state IN ('waiting', 'started', 'pending', 'unknown')
    AND NOT (l.kind = 'reauthorization' AND l.state = 'unknown')`;

/** A hold as the list's SQL tells it; snake_case, amounts as text. */
export type ListedHold = Record<string, string | number | boolean | Date | null> & {
  id: string;
  expires_at: Date;
};

/** The SQL of the list of holds. Every method takes the sites that the reader may see. */
@Injectable()
export class PreauthorizationListStore {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async page(
    scope: SiteScope,
    filter: Filter,
    options: { place: Place | null; limit: number },
  ): Promise<ListedHold[]> {
    const { clauses, parameters } = this.where(scope, filter);
    const newestFirst = filter.state !== 'active' && filter.state !== 'unclear';
    const columns = { at: 'h.expires_at', id: 'h.id' };
    const keyset = keysetSql(options.place, newestFirst, columns, parameters.length + 1);
    const where = [...clauses, ...(keyset.where ? [keyset.where] : [])];
    return this.database.query<ListedHold[]>(
      `SELECT ${COLUMNS} FROM ${FROM} ${whereSql(where)} ORDER BY ${keyset.order} LIMIT ${options.limit}`,
      [...parameters, ...keyset.parameters],
    );
  }

  async one(scope: SiteScope, id: string): Promise<ListedHold | null> {
    return one<ListedHold>(
      this.database.manager,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE h.id = $1 AND ($2::uuid[] IS NULL OR h.site_id = ANY($2))`,
      [id, scope],
    );
  }

  async count(scope: SiteScope, filter: Filter): Promise<CappedCount> {
    const { clauses, parameters } = this.where(scope, filter);
    const rows = `SELECT 1 FROM preauthorizations h JOIN transactions t ON t.id = h.id ${whereSql(clauses)}`;
    return cappedCount(this.database.manager, rows, parameters);
  }

  private where(scope: SiteScope, filter: Filter): FilterSql {
    const parameters: unknown[] = [];
    const bind = binding(parameters);
    const clauses = [`h.state = ${bind(filter.state)}`];
    clauses.push(...siteClauses(scope, filter.siteId, bind).map((site) => `h.${site}`));
    if (filter.hours !== undefined) {
      const until = new Date(this.clock.now().getTime() + filter.hours * 3_600_000);
      clauses.push(`h.expires_at <= ${bind(until)}`);
    }
    const { q } = filter;
    if (q) clauses.push(`h.id IN (${searchSql(q, bind(q))})`);
    return { clauses, parameters };
  }
}

/** `place` holds the text. */
function searchSql(text: string, place: string): string {
  const found = (from: string, condition: string): string =>
    `SELECT t.id FROM ${from} WHERE t.kind = 'checkin' AND ${condition}`;
  const arms = [
    `lower(t.gateway_reference) = lower(${place})`,
    `t.internal_reference = ${place}`,
    `t.authorization_code = ${place}`,
    ...(FOUR_DIGITS.test(text) ? [`t.last_four = ${place}`] : []),
    ...(UUID.test(text) ? [`t.id = ${place}::text::uuid`] : []),
  ].map((condition) => found('transactions t', condition));
  const ofPayer = 'payers p JOIN transactions t ON t.payer_id = p.id';
  arms.push(found(ofPayer, `p.email = lower(${place})`), found(ofPayer, `p.document = ${place}`));
  return searchArms(arms);
}
