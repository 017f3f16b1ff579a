import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  TRANSACTION_STATES,
  type CappedCount,
  type TransactionCounts,
  type TransactionFilter,
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
  type Bind,
  type FilterSql,
} from '../platform/list-sql.js';
import type { SiteScope } from '../staff/access.js';

const COLUMNS = `t.id, t.site_id, t.order_id, t.session_id, t.kind, t.state, t.origin, t.grade, t.gateway_reference,
  t.parent_id, t.asked_minor, t.asked_currency, t.from_minor, t.from_currency, t.reason, t.internal_reference,
  t.method_name, t.last_four, t.authorization_code, t.asked_by_name, t.planned_at, t.happened_at, t.created_at,
  w.name AS site_name, w.mode, p.name, p.surname, p.email, p.document_type, p.document`;

const FROM = `transactions t JOIN sites w ON w.id = t.site_id LEFT JOIN payers p ON p.id = t.payer_id`;

/** A transaction as the list's SQL tells it; amounts as text. */
export interface ListedTransaction {
  id: string;
  site_id: string;
  order_id: string | null;
  session_id: string | null;
  kind: string;
  state: string;
  origin: string;
  grade: string | null;
  gateway_reference: string;
  parent_id: string | null;
  asked_minor: string;
  asked_currency: string;
  from_minor: string | null;
  from_currency: string | null;
  reason: string | null;
  internal_reference: string | null;
  method_name: string | null;
  last_four: string | null;
  authorization_code: string | null;
  asked_by_name: string | null;
  planned_at: Date | null;
  happened_at: Date;
  created_at: Date;
  site_name: string;
  mode: string;
  name: string | null;
  surname: string | null;
  email: string | null;
  document_type: string | null;
  document: string | null;
}

/** The SQL of the list of transactions. Every method takes the sites that the reader may see. */
@Injectable()
export class TransactionListStore {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async page(
    scope: SiteScope,
    filter: TransactionFilter,
    options: { place: Place | null; newestFirst: boolean; limit: number },
  ): Promise<ListedTransaction[]> {
    const { clauses, parameters } = filterSql(scope, filter);
    const columns = { at: 't.created_at', id: 't.id' };
    const keyset = keysetSql(options.place, options.newestFirst, columns, parameters.length + 1);
    const where = [...clauses, ...(keyset.where ? [keyset.where] : [])];
    return this.database.query<ListedTransaction[]>(
      `SELECT ${COLUMNS} FROM ${FROM} ${whereSql(where)} ORDER BY ${keyset.order} LIMIT ${options.limit}`,
      [...parameters, ...keyset.parameters],
    );
  }

  async byIds(scope: SiteScope, ids: readonly string[]): Promise<ListedTransaction[]> {
    return this.database.query<ListedTransaction[]>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE t.id = ANY($1::uuid[]) AND ($2::uuid[] IS NULL OR t.site_id = ANY($2))`,
      [ids, scope],
    );
  }

  /** What was done to it, newest first; 200 at most. */
  async childrenOf(scope: SiteScope, parentId: string): Promise<ListedTransaction[]> {
    return this.database.query<ListedTransaction[]>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE t.parent_id = $1 AND ($2::uuid[] IS NULL OR t.site_id = ANY($2))
       ORDER BY t.created_at DESC, t.id DESC LIMIT 200`,
      [parentId, scope],
    );
  }

  async count(scope: SiteScope, filter: TransactionFilter): Promise<CappedCount> {
    const { clauses, parameters } = filterSql(scope, filter);
    const rows = `SELECT 1 FROM transactions t ${whereSql(clauses)}`;
    return cappedCount(this.database.manager, rows, parameters);
  }

  async counts(scope: SiteScope, filter: TransactionFilter): Promise<TransactionCounts> {
    return countsByState(TRANSACTION_STATES, (state) => this.count(scope, { ...filter, state }));
  }
}

function filterSql(scope: SiteScope, filter: TransactionFilter): FilterSql {
  const parameters: unknown[] = [];
  const bind = binding(parameters);
  const sites = siteClauses(scope, filter.siteId, bind);
  const clauses = sites.map((site) => `t.${site}`);
  if (filter.state) clauses.push(`t.state = ${bind(filter.state)}`);
  if (filter.kind) clauses.push(`t.kind = ${bind(filter.kind)}`);
  if (filter.currency) clauses.push(`t.asked_currency = ${bind(filter.currency)}`);
  if (filter.createdFrom) clauses.push(`t.created_at >= ${bind(filter.createdFrom)}`);
  if (filter.createdTo) clauses.push(`t.created_at < ${bind(filter.createdTo)}`);
  if (filter.q) clauses.push(`t.id IN (${searchSql(filter.q, bind, sites)})`);
  return { clauses, parameters };
}

function searchSql(text: string, bind: Bind, sites: string[]): string {
  const exact = bind(text);
  const ofSites = sites.map((site) => ` AND t.${site}`).join('');
  const arm = (condition: string) => `SELECT t.id FROM transactions t WHERE ${condition}${ofSites}`;
  const ofPayers = (condition: string) =>
    `SELECT t.id FROM payers p JOIN transactions t ON t.payer_id = p.id WHERE ${condition}${ofSites}`;
  const arms = [
    arm(`t.internal_reference = ${exact}`),
    arm(`lower(t.gateway_reference) LIKE ${bind(likePrefix(text.toLowerCase()))}`),
    arm(`t.authorization_code = ${exact}`),
    arm(`t.receipt = ${exact}`),
    ofPayers(`p.email = ${bind(text.toLowerCase())}`),
    ofPayers(`p.document = ${exact}`),
  ];
  if (FOUR_DIGITS.test(text)) arms.push(`${arm(`t.last_four = ${exact}`)} ORDER BY t.happened_at DESC`);
  if (UUID.test(text)) arms.push(arm(`t.id = ${bind(text)}::uuid`));
  return searchArms(arms);
}
