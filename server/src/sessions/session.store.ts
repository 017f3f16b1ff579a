import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency } from '@recaudo/shared';
import { DataSource, In, IsNull, Not, type EntityManager } from 'typeorm';
import { dueRows } from '../platform/due-rows.js';
import { ObligationRow, TransactionRow } from '../transactions/transaction.entity.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { LIVE_SESSION_STATES } from './session.states.js';

/** The SQL of orders and sessions, but for the payments list. */
@Injectable()
export class SessionStore {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async lock(manager: EntityManager, id: string): Promise<SessionRow> {
    return manager.findOneOrFail(SessionRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** What the order of a session owes, locked; the order as it stands under that lock. */
  async lockOrder(
    manager: EntityManager,
    sessionId: string,
  ): Promise<{ order: OrderRow; obligation: ObligationRow }> {
    const obligation = await manager
      .createQueryBuilder(ObligationRow, 'o')
      .setLock('pessimistic_write')
      .where(
        'o.id = (SELECT w.obligation_id FROM sessions s JOIN orders w ON w.id = s.order_id WHERE s.id = :sessionId)',
        { sessionId },
      )
      .getOneOrFail();
    const order = await manager.findOneByOrFail(OrderRow, { obligationId: obligation.id });
    return { order, obligation };
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

  /** Whether that is what the order owes. */
  async owes(order: OrderRow, due: { amountMinor: number; currency: Currency }): Promise<boolean> {
    const { amountMinor: dueMinor, currency } = due;
    return this.database.manager.existsBy(ObligationRow, { id: order.obligationId, dueMinor, currency });
  }

  /** One row of the queue per order: its newest session that ended, or none. */
  async placeRemainder(manager: EntityManager, orderId: string, waits: boolean): Promise<void> {
    const ended = waits
      ? await manager.findOne(SessionRow, {
          where: { orderId, state: Not(In([...LIVE_SESSION_STATES, 'failed'])) },
          order: { createdAt: 'DESC', id: 'DESC' },
        })
      : null;
    const queued = { orderId, queue: 'remainder' as const };
    const others = ended ? { ...queued, id: Not(ended.id) } : queued;
    await manager.update(SessionRow, others, { queue: null, queueAt: null });
    if (!ended || ended.queue) return;
    await manager.update(SessionRow, ended.id, {
      queue: 'remainder',
      queueAt: ended.endedAt ?? ended.createdAt,
    });
  }

  async liveOf(manager: EntityManager, orderId: string): Promise<SessionRow[]> {
    return manager.find(SessionRow, {
      where: { orderId, state: In([...LIVE_SESSION_STATES]) },
      order: { createdAt: 'ASC' },
      take: 20,
    });
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

  /** Creations whose answer never came back to this database. */
  lostOpenings(leaseMs: number): ReturnType<typeof dueRows> {
    const where = `state = 'opening' AND NOT collected`;
    return dueRows(this.database, { table: 'sessions', column: 'lease_until', where, leaseMs });
  }

  /**
   * After a pause: every pending session not asked since then becomes due within `spreadMs`, newest first, because
   * those are the ones a payer may have paid meanwhile. Returns how many.
   */
  async catchUp(since: Date, now: Date, spreadMs: number): Promise<number> {
    // TypeORM answers an UPDATE … RETURNING with [rows, count].
    const [, count] = await this.database.query<[unknown[], number]>(
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
    return count;
  }

  /** Everything pending on the account becomes due within `spreadMs`: its gateway answers again. */
  async wake(gatewayAccountId: string, now: Date, spreadMs: number): Promise<void> {
    await this.database.query(
      `UPDATE sessions SET next_probe_at = $2::timestamptz + random() * $3 * interval '1 millisecond'
       WHERE gateway_account_id = $1 AND state IN ('pending', 'partial') AND next_probe_at > $2`,
      [gatewayAccountId, now, spreadMs],
    );
  }
}
