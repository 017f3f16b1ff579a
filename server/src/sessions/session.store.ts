import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  COUNT_CAP,
  SESSION_STATES,
  type CappedCount,
  type Currency,
  type SessionCounts,
  type SessionFilter,
  type SessionListItem,
  type SessionState,
} from '@recaudo/shared';
import { DataSource, In, IsNull, Not, type EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { keysetSql, type Place } from '../platform/keyset.js';
import type { SiteScope } from '../staff/access.js';
import { orderState } from '../transactions/obligation.rules.js';
import { ObligationRow, TransactionRow } from '../transactions/transaction.entity.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { filterSql, SEARCH_LIMIT, whereSql } from './session.filter.js';
import { LIVE_SESSION_STATES } from './session.states.js';

const LIST_COLUMNS = `s.id, s.site_id, s.order_id, s.gateway_reference, s.amount_minor, s.currency, s.state, s.reason,
  s.kind, s.origin, s.approved_minor, s.queue, s.queue_at, s.gateway_number, s.attempts, s.last_four, s.created_at, s.expires_at, s.ended_at,
  o.description, o.agreed_at, b.due_minor, b.settled_minor, b.held_minor, w.name AS site_name, w.mode,
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

/** All SQL of orders and sessions. Every reading method takes the sites that the reader may see. */
@Injectable()
export class SessionStore {
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
    const row = await one<{ count: number }>(
      this.database.manager,
      `SELECT count(*)::int AS count FROM (SELECT 1 FROM ${from} ${whereSql(clauses)} LIMIT ${COUNT_CAP + 1}) capped`,
      parameters,
    );
    const count = row?.count ?? 0;
    // A search stops at its own ceiling: what it found is then a beginning, not a total.
    const stopped = filter.q !== undefined && count >= SEARCH_LIMIT;
    return { count: Math.min(count, COUNT_CAP), capped: stopped || count > COUNT_CAP };
  }

  async counts(scope: SiteScope, filter: SessionFilter): Promise<SessionCounts> {
    const base = { ...filter, state: undefined };
    const [all, ...each] = await Promise.all([
      this.count(scope, base),
      ...SESSION_STATES.map((state) => this.count(scope, { ...base, state })),
    ]);
    const byState = Object.fromEntries(SESSION_STATES.map((state, index) => [state, each[index]]));
    return { all, byState: byState as SessionCounts['byState'] };
  }

  async lock(manager: EntityManager, id: string): Promise<SessionRow> {
    return manager.findOneOrFail(SessionRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async find(id: string): Promise<SessionRow | null> {
    return this.database.manager.findOneBy(SessionRow, { id });
  }

  async order(id: string): Promise<OrderRow | null> {
    return this.database.manager.findOneBy(OrderRow, { id });
  }

  async orderByReference(
    manager: EntityManager,
    siteId: string,
    reference: string,
  ): Promise<OrderRow | null> {
    return manager.findOneBy(OrderRow, { siteId, reference });
  }

  /** True once the gateway has answered for a session of the order. */
  async isKnownToGateway(manager: EntityManager, orderId: string): Promise<boolean> {
    return manager.existsBy(SessionRow, { orderId, gatewayNumber: Not(IsNull()) });
  }

  /** The order's sessions, newest first; 100 at most. */
  async ofOrder(orderId: string, manager: EntityManager = this.database.manager): Promise<SessionRow[]> {
    return manager.find(SessionRow, {
      where: { orderId },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: 100,
    });
  }

  /** What the order's live sessions may still bring in; 0 without one. */
  async liveMinor(manager: EntityManager, orderId: string): Promise<number> {
    const live = await manager.findBy(SessionRow, { orderId, state: In([...LIVE_SESSION_STATES]) });
    return live.reduce((sum, session) => sum + Math.max(0, session.amountMinor - session.approvedMinor), 0);
  }

  /** Whether that is what the order owes. */
  async owes(order: OrderRow, due: { amountMinor: number; currency: Currency }): Promise<boolean> {
    const { amountMinor: dueMinor, currency } = due;
    return this.database.manager.existsBy(ObligationRow, { id: order.obligationId, dueMinor, currency });
  }

  /** Nothing of the order waits for a person any more as a remainder. */
  async leaveQueue(manager: EntityManager, orderId: string): Promise<void> {
    await manager.update(SessionRow, { orderId, queue: 'remainder' }, { queue: null, queueAt: null });
  }

  /** Whether money of the order may still move by itself: an attempt waits at the network, or for our word. */
  async hasOpenAttempt(manager: EntityManager, obligationId: string): Promise<boolean> {
    const state = In(['started', 'pending', 'unknown', 'to_confirm']);
    return manager.existsBy(TransactionRow, { obligationId, state });
  }

  /** The approved parts of the order's dispersions. */
  async approvedParts(
    manager: EntityManager,
    orderId: string,
  ): Promise<{ agreement: string | null; amountMinor: number }[]> {
    const rows = await manager.query<{ agreement: string | null; amount: string }[]>(
      `SELECT t.agreement, t.from_minor AS amount FROM transactions t JOIN sessions s ON s.id = t.session_id
       WHERE s.order_id = $1 AND t.group_id IS NOT NULL AND t.state = 'approved' LIMIT 100`,
      [orderId],
    );
    return rows.map((row) => ({ agreement: row.agreement, amountMinor: Number(row.amount) }));
  }

  async byNumber(gatewayAccountId: string, gatewayNumber: string): Promise<SessionRow | null> {
    return this.database.manager.findOneBy(SessionRow, { gatewayAccountId, gatewayNumber });
  }

  /** Whether a recurring session of that reference may still begin its recurrence. */
  async awaitsRecurrence(gatewayAccountId: string, gatewayReference: string): Promise<boolean> {
    const state = In(['opening', 'pending', 'failed']);
    return this.database.manager.existsBy(SessionRow, {
      gatewayAccountId,
      gatewayReference,
      kind: 'recurring',
      state,
    });
  }

  /** Sessions of the account with this reference that have no gateway number: created, but nobody heard the answer. */
  async withoutNumber(gatewayAccountId: string, gatewayReference: string): Promise<SessionRow[]> {
    const builder = this.database.manager
      .createQueryBuilder(SessionRow, 's')
      .where('s.gatewayAccountId = :gatewayAccountId AND s.gatewayReference = :gatewayReference', {
        gatewayAccountId,
        gatewayReference,
      })
      .andWhere('s.gatewayNumber IS NULL');
    return builder.orderBy('s.createdAt', 'ASC').take(20).getMany();
  }

  /** Claims sessions whose probe is due; the pushed-forward due time is the lease. */
  async claimProbes(now: Date, leaseUntil: Date, limit: number): Promise<string[]> {
    return this.claim(
      `UPDATE sessions SET next_probe_at = $2 WHERE id IN (
         SELECT id FROM sessions WHERE next_probe_at <= $1 ORDER BY next_probe_at LIMIT $3 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [now, leaseUntil, limit],
    );
  }

  /** Claims creations whose answer never came back to this database. */
  async claimOpenings(now: Date, leaseUntil: Date, limit: number): Promise<string[]> {
    return this.claim(
      `UPDATE sessions SET lease_until = $2 WHERE id IN (
         SELECT id FROM sessions WHERE state = 'opening' AND lease_until <= $1
         ORDER BY lease_until LIMIT $3 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [now, leaseUntil, limit],
    );
  }

  async countDue(kind: 'probe' | 'opening', now: Date): Promise<number> {
    const condition = kind === 'probe' ? 'next_probe_at <= $1' : `state = 'opening' AND lease_until <= $1`;
    const row = await one<{ count: number }>(
      this.database.manager,
      `SELECT count(*)::int AS count FROM (SELECT 1 FROM sessions WHERE ${condition} LIMIT ${COUNT_CAP}) due`,
      [now],
    );
    return row?.count ?? 0;
  }

  /**
   * After a pause: every pending session not asked since then becomes due within `spreadMs`, newest first, because
   * those are the ones a payer may have paid meanwhile. Returns how many.
   */
  async catchUp(since: Date, now: Date, spreadMs: number): Promise<number> {
    const rows = await this.claim(
      `UPDATE sessions s SET next_probe_at = $2::timestamptz + (queue.place * $3 / queue.size) * interval '1 millisecond'
       FROM (
         SELECT id, row_number() OVER (ORDER BY created_at DESC) - 1 AS place, count(*) OVER () AS size
         FROM sessions
         WHERE next_probe_at IS NOT NULL AND state IN ('pending', 'partial') AND (last_asked_at IS NULL OR last_asked_at < $1)
       ) queue
       WHERE s.id = queue.id AND s.next_probe_at > $2::timestamptz + (queue.place * $3 / queue.size) * interval '1 millisecond'
       RETURNING s.id`,
      [since, now, spreadMs],
    );
    return rows.length;
  }

  /** Everything pending on the account becomes due within `spreadMs`: its gateway answers again. */
  async wake(gatewayAccountId: string, now: Date, spreadMs: number): Promise<void> {
    await this.database.query(
      `UPDATE sessions SET next_probe_at = $2::timestamptz + random() * $3 * interval '1 millisecond'
       WHERE gateway_account_id = $1 AND state IN ('pending', 'partial') AND next_probe_at > $2`,
      [gatewayAccountId, now, spreadMs],
    );
  }

  /** TypeORM answers an UPDATE … RETURNING with [rows, count]. */
  private async claim(sql: string, parameters: unknown[]): Promise<string[]> {
    const [rows] = await this.database.query<[{ id: string }[], number]>(sql, parameters);
    return rows.map((row) => row.id);
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
