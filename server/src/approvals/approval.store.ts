import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ApprovalListQuery, ApprovalView, CappedCount, TransactionState } from '@recaudo/shared';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { one } from '../platform/database.js';
import { dueRows } from '../platform/due-rows.js';
import { placed, type Place } from '../platform/keyset.js';
import { cappedCount } from '../platform/list-sql.js';
import type { Principal, SiteScope } from '../staff/access.js';
import { ApprovalRow } from './approval.entity.js';
import { APPROVAL_LIFE_MS, approvalHash, type Asked } from './approval.rules.js';

/** Longer than what carries one out takes to commit its intent. */
const LEASE_MS = 60_000;

/** Who asks, when, and when that ends in worker time. */
interface Asking {
  me: Principal & { makerId: string };
  makers: readonly string[];
  at: Date;
  due: Date;
}

/** The SQL of approvals. */
@Injectable()
export class ApprovalStore {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** The row, and whether it is new: what waits already is joined, and its makers are one more. */
  async join(
    manager: EntityManager,
    asked: Asked,
    asking: Asking,
  ): Promise<{ row: ApprovalRow; fresh: boolean }> {
    const { me, at } = asking;
    const id = uuidv7();
    const written = await one<{ id: string }>(
      manager,
      `INSERT INTO approvals (id, site_id, site_ids, gateway_account_id, order_id, kind, target_type, target_id, reference,
         amount_minor, currency, hash, data, reason, state, makers, requested_by, requested_by_name, requested_by_key,
         requested_at, expires_at, next_try_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'waiting', $15, $16, $17, $18, $19, $20, $21)
       ON CONFLICT (site_id, target_id, hash) WHERE state = 'waiting' DO UPDATE
         SET makers = ARRAY(SELECT DISTINCT unnest(approvals.makers || EXCLUDED.makers))
       RETURNING id`,
      [
        id,
        asked.siteId,
        asked.siteIds ?? [asked.siteId],
        asked.gatewayAccountId,
        asked.orderId,
        asked.kind,
        asked.targetType,
        asked.targetId,
        asked.reference,
        asked.amountMinor,
        asked.currency,
        approvalHash(asked),
        JSON.stringify(asked.data),
        asked.reason,
        [...new Set([...asking.makers, me.makerId])],
        me.makerId,
        me.name,
        me.type === 'key' ? me.id : null,
        at,
        new Date(at.getTime() + APPROVAL_LIFE_MS),
        asking.due,
      ],
    );
    const row = await manager.findOneByOrFail(ApprovalRow, { id: written?.id ?? id });
    return { row, fresh: row.id === id };
  }

  async waitingFor(manager: EntityManager, asked: Asked): Promise<ApprovalRow | null> {
    const { siteId, targetId } = asked;
    const same = { siteId, targetId, hash: approvalHash(asked), state: 'waiting' as const };
    return manager.findOne(ApprovalRow, { where: same, lock: { mode: 'pessimistic_write' } });
  }

  async find(id: string): Promise<ApprovalRow | null> {
    return this.database.manager.findOneBy(ApprovalRow, { id });
  }

  /** Of one that is there. */
  read(id: string): Promise<ApprovalRow> {
    return this.database.manager.findOneByOrFail(ApprovalRow, { id });
  }

  async lock(manager: EntityManager, id: string): Promise<ApprovalRow | null> {
    return manager.findOne(ApprovalRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** What waits, the oldest first, because it expires first; all else, the newest first. */
  async page(
    me: Principal,
    view: ApprovalListQuery['view'],
    place: Place | null,
    limit: number,
  ): Promise<ApprovalRow[]> {
    const columns = { at: 'a.requestedAt', id: 'a.id' };
    return placed(this.chosen(me, view).take(limit), place, view !== 'waiting', columns).getMany();
  }

  async count(me: Principal, view: ApprovalListQuery['view']): Promise<CappedCount> {
    return capped(this.chosen(me, view));
  }

  /** Those that wait and that the person had no hand in. */
  async countDecidable(me: Principal, now: Date): Promise<CappedCount> {
    return capped(
      this.chosen(me, 'waiting')
        .andWhere('NOT (:maker = ANY(a.makers))', { maker: me.makerId })
        .andWhere('a.expiresAt > :now', { now }),
    );
  }

  /** Newest first; 50 at most. */
  async ofTargets(scope: SiteScope, targetIds: readonly string[]): Promise<ApprovalRow[]> {
    const builder = this.database.manager
      .createQueryBuilder(ApprovalRow, 'a')
      .where('a.targetId = ANY(:targetIds)', { targetIds });
    if (scope !== null) builder.andWhere('a.siteIds <@ :scope', { scope });
    return builder.orderBy('a.requestedAt', 'DESC').addOrderBy('a.id', 'DESC').take(50).getMany();
  }

  /** How the operations stand, by their id; transactions themselves live in a higher slice. */
  async operations(ids: readonly string[]): Promise<Map<string | null, ApprovalView['operation']>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<
      { id: string; state: TransactionState; route: string | null; planned_at: Date | null }[]
    >('SELECT id, state, route, planned_at FROM transactions WHERE id = ANY($1::uuid[])', [ids]);
    return new Map(
      rows.map(({ id, state, route, planned_at: at }) => [
        id,
        {
          state,
          letter: route === 'letter',
          plannedAt: state === 'waiting' ? (at?.toISOString() ?? null) : null,
        },
      ]),
    );
  }

  /** Who asked first for something about each of them that waits and is not over. */
  async waitingOn(transactionIds: readonly string[], now: Date): Promise<Map<string, string>> {
    const rows = await this.database.query<{ target_id: string; requested_by_name: string }[]>(
      `SELECT target_id, requested_by_name FROM approvals WHERE target_id = ANY($1::uuid[]) AND state = 'waiting'
         AND expires_at > $2 ORDER BY requested_at DESC`,
      [transactionIds, now],
    );
    return new Map(rows.map((row) => [row.target_id, row.requested_by_name]));
  }

  /** Those whose time is over, and approved ones that nobody carried out. */
  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'approvals', column: 'next_try_at', leaseMs: LEASE_MS });
  }

  lease(now: Date): Date {
    return new Date(now.getTime() + LEASE_MS);
  }

  private chosen(me: Principal, view: ApprovalListQuery['view']): SelectQueryBuilder<ApprovalRow> {
    const builder = this.database.manager.createQueryBuilder(ApprovalRow, 'a');
    if (view === 'mine') builder.where('a.requestedBy = :maker', { maker: me.makerId });
    else builder.where(view === 'waiting' ? `a.state = 'waiting'` : `a.state <> 'waiting'`);
    if (me.scope !== null) builder.andWhere('a.siteIds <@ :scope', { scope: me.scope });
    return builder;
  }
}

async function capped(builder: SelectQueryBuilder<ApprovalRow>): Promise<CappedCount> {
  const [rows, parameters] = builder.select('1').getQueryAndParameters();
  return cappedCount(builder.connection.manager, rows, parameters);
}
