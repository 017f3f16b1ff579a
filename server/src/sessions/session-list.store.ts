import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  SESSION_STATES,
  type CappedCount,
  type SessionCounts,
  type SessionFilter,
  type SessionListItem,
  type SessionState,
} from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { keysetSql, type Place } from '../platform/keyset.js';
import { cappedCount, countsByState, SEARCH_LIMIT, whereSql } from '../platform/list-sql.js';
import type { SiteScope } from '../staff/access.js';
import { orderState } from '../transactions/obligation.rules.js';
import { filterSql } from './session.filter.js';

const LIST_COLUMNS = `s.id, s.site_id, s.order_id, s.gateway_reference, s.amount_minor, s.currency, s.state, s.reason,
  s.kind, s.origin, s.approved_minor, s.queue, s.queue_at, s.gateway_number, s.attempts, s.last_four, s.created_at, s.expires_at, s.ended_at,
  o.description, o.agreed_at, b.due_minor, b.settled_minor, b.held_minor, b.returned_minor, w.name AS site_name, w.mode,
  p.name AS payer_name, p.surname AS payer_surname, p.email AS payer_email,
  p.document_type AS payer_document_type, p.document AS payer_document`;

const LIST_FROM = `sessions s
  JOIN orders o ON o.id = s.order_id
  JOIN obligations b ON b.id = o.obligation_id
  JOIN sites w ON w.id = s.site_id
  LEFT JOIN payers p ON p.id = s.payer_id`;

interface ListRow {
  id: string;
  site_id: string;
  order_id: string;
  gateway_reference: string;
  amount_minor: string;
  currency: SessionListItem['currency'];
  state: SessionState;
  reason: string | null;
  kind: SessionListItem['kind'];
  origin: SessionListItem['origin'];
  approved_minor: string;
  queue: SessionListItem['queue'];
  queue_at: Date | null;
  gateway_number: string | null;
  attempts: number;
  last_four: string | null;
  created_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  description: string;
  due_minor: string;
  settled_minor: string;
  held_minor: string;
  returned_minor: string;
  agreed_at: Date | null;
  site_name: string;
  mode: SessionListItem['mode'];
  payer_name: string | null;
  payer_surname: string | null;
  payer_email: string | null;
  payer_document_type: string | null;
  payer_document: string | null;
}

export type ListedSession = SessionListItem & { siteName: string };

/** The SQL of the payments list. Every method takes the sites that the reader may see. */
@Injectable()
export class SessionListStore {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async page(
    scope: SiteScope,
    filter: SessionFilter,
    options: { place: Place | null; newestFirst: boolean; limit: number },
  ): Promise<ListedSession[]> {
    const { clauses, parameters } = filterSql(scope, filter, this.clock.now());
    // A queue is read by its deadlines, nearest first.
    const columns = { at: filter.queue ? 's.queue_at' : 's.created_at', id: 's.id' };
    const newestFirst = options.newestFirst && !filter.queue;
    const keyset = keysetSql(options.place, newestFirst, columns, parameters.length + 1);
    const where = [...clauses, ...(keyset.where ? [keyset.where] : [])];
    const rows = await this.database.query<ListRow[]>(
      `SELECT ${LIST_COLUMNS} FROM ${LIST_FROM} ${whereSql(where)} ORDER BY ${keyset.order} LIMIT ${options.limit}`,
      [...parameters, ...keyset.parameters],
    );
    return rows.map(listed);
  }

  async count(scope: SiteScope, filter: SessionFilter): Promise<CappedCount> {
    const { clauses, parameters } = filterSql(scope, filter, this.clock.now());
    const from = filter.overpaid
      ? 'sessions s JOIN orders o ON o.id = s.order_id JOIN obligations b ON b.id = o.obligation_id'
      : 'sessions s';
    const rows = `SELECT 1 FROM ${from} ${whereSql(clauses)}`;
    const { count, capped } = await cappedCount(this.database.manager, rows, parameters);
    // A search stops at its own ceiling: what it found is then a beginning, not a total.
    const stopped = filter.q !== undefined && count >= SEARCH_LIMIT;
    return { count, capped: stopped || capped };
  }

  async counts(scope: SiteScope, filter: SessionFilter): Promise<SessionCounts> {
    return countsByState(SESSION_STATES, (state) => this.count(scope, { ...filter, state }));
  }
}

function listed(row: ListRow): ListedSession {
  return {
    id: row.id,
    siteId: row.site_id,
    siteName: row.site_name,
    orderId: row.order_id,
    reference: row.gateway_reference,
    description: row.description,
    kind: row.kind,
    origin: row.origin,
    amountMinor: Number(row.amount_minor),
    approvedMinor: Number(row.approved_minor),
    currency: row.currency,
    state: row.state,
    queue: row.queue,
    queueAt: row.queue_at?.toISOString() ?? null,
    reason: row.reason,
    orderState: orderState(
      {
        dueMinor: Number(row.due_minor),
        settledMinor: Number(row.settled_minor),
        heldMinor: Number(row.held_minor),
        returnedMinor: Number(row.returned_minor),
      },
      row.agreed_at !== null,
    ),
    mode: row.mode,
    gateway: 'placetopay',
    gatewayNumber: row.gateway_number,
    payer: {
      name: row.payer_name,
      surname: row.payer_surname,
      email: row.payer_email,
      documentType: row.payer_document_type,
      document: row.payer_document,
    },
    attempts: row.attempts,
    lastFour: row.last_four,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
