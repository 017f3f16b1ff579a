import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { COUNT_CAP } from '@recaudo/shared';
import { DataSource, In, IsNull, LessThan, Not, type EntityManager } from 'typeorm';
import { one } from '../platform/database.js';
import { PeriodRow, PolicyRow, PriceRow, ScheduleRow } from './schedule.entity.js';

/** So long a claimed period is left to whoever claimed it: longer than a charge and the cancels before it. */
export const CLAIM_LEASE_MS = 180_000;
const MOST_ACCOUNTS = 500;

/** Accounts with something due that nothing keeps from being charged. */
const DUE_ACCOUNTS = `SELECT a.id, a.collects_per_second AS pace FROM gateway_accounts a
  WHERE a.collects_stopped_at IS NULL
    AND EXISTS (SELECT 1 FROM periods p WHERE p.gateway_account_id = a.id AND p.next_try_at <= $1)
  ORDER BY a.id LIMIT ${MOST_ACCOUNTS}`;

/** The SQL of schedules and their periods, but for the lists. */
@Injectable()
export class ScheduleStore {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  find(id: string, manager: EntityManager = this.database.manager): Promise<ScheduleRow | null> {
    return manager.findOneBy(ScheduleRow, { id });
  }

  findPeriod(id: string, manager: EntityManager = this.database.manager): Promise<PeriodRow | null> {
    return manager.findOneBy(PeriodRow, { id });
  }

  periodOfOrder(manager: EntityManager, orderId: string): Promise<PeriodRow | null> {
    return manager.findOneBy(PeriodRow, { orderId });
  }

  /** Locks come in one order: the obligation of the period's order, its session, the schedule, the period. */
  lock(manager: EntityManager, id: string): Promise<ScheduleRow> {
    return manager.findOneOrFail(ScheduleRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** That of the order's period, if it is one's. */
  lockOfOrder(manager: EntityManager, orderId: string): Promise<ScheduleRow | null> {
    return manager
      .createQueryBuilder(ScheduleRow, 's')
      .setLock('pessimistic_write')
      .where('s.id = (SELECT p.schedule_id FROM periods p WHERE p.order_id = :orderId)', { orderId })
      .getOne();
  }

  lockPeriodOfOrder(manager: EntityManager, orderId: string): Promise<PeriodRow> {
    return manager.findOneOrFail(PeriodRow, { where: { orderId }, lock: { mode: 'pessimistic_write' } });
  }

  lockPeriod(manager: EntityManager, id: string): Promise<PeriodRow> {
    return manager.findOneOrFail(PeriodRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  prices(manager: EntityManager, scheduleId: string): Promise<PriceRow[]> {
    return manager.find(PriceRow, { where: { scheduleId }, order: { fromOn: 'ASC' }, take: 500 });
  }

  /** Those that are charged to it, locked: what goes on, and what has finished with something that is not paid. */
  chargedTo(manager: EntityManager, instrumentId: string): Promise<ScheduleRow[]> {
    const open = { state: 'finished' as const, pastDueSince: Not(IsNull()) };
    return manager.find(ScheduleRow, {
      where: [
        { instrumentId, state: In(['active', 'paused']) },
        { instrumentId, ...open },
      ],
      order: { id: 'ASC' },
      take: 1_000,
      lock: { mode: 'pessimistic_write' },
    });
  }

  planned(manager: EntityManager, scheduleId: string): Promise<PeriodRow | null> {
    return manager.findOneBy(PeriodRow, { scheduleId, state: 'planned' });
  }

  /** Asked for, not paid, and not given up. */
  open(manager: EntityManager, scheduleId: string): Promise<PeriodRow[]> {
    const state = In(['blocked', 'retrying', 'waiting']);
    return manager.find(PeriodRow, { where: { scheduleId, state }, order: { number: 'ASC' }, take: 1_000 });
  }

  /** What was due and is neither paid nor given up, but for what is being asked for right now. */
  async owed(manager: EntityManager, scheduleId: string): Promise<{ count: number; amountMinor: number }> {
    const row = await one<{ count: number; amount: string }>(
      manager,
      `SELECT count(*)::int AS count, coalesce(sum(amount_minor), 0) AS amount FROM periods
       WHERE schedule_id = $1 AND state IN ('blocked', 'retrying', 'waiting', 'unpaid')`,
      [scheduleId],
    );
    return { count: row?.count ?? 0, amountMinor: Number(row?.amount ?? 0) };
  }

  /** One that came before it stood still for no reason of its own order, and has its turn first. */
  hasOlderWaiting(manager: EntityManager, { scheduleId, number }: PeriodRow): Promise<boolean> {
    const why = In(['overdue', 'instrument_suspended']);
    return manager.existsBy(PeriodRow, {
      ...{ scheduleId, number: LessThan(number), state: 'blocked', why, tries: 0 },
    });
  }

  /** The oldest that is asked for and not paid; null: nothing is. */
  async pastDueSince(manager: EntityManager, scheduleId: string): Promise<Date | null> {
    const row = await one<{ since: Date | null }>(
      manager,
      `SELECT min(due_at) AS since FROM periods
       WHERE schedule_id = $1 AND state IN ('retrying', 'waiting', 'unpaid')`,
      [scheduleId],
    );
    return row?.since ?? null;
  }

  /** What holds for it: its own policy, else its site's; null: the house's. */
  async policy(manager: EntityManager, { policyId, siteId }: ScheduleRow): Promise<PolicyRow | null> {
    if (policyId !== null) return manager.findOneBy(PolicyRow, { id: policyId });
    const rows = await manager.query<{ id: string }[]>('SELECT policy_id AS id FROM sites WHERE id = $1', [
      siteId,
    ]);
    const id = rows[0]?.id ?? null;
    return id === null ? null : manager.findOneBy(PolicyRow, { id });
  }

  /**
   * Claims due periods, of each account no more in a second than its pace, whoever claims. A claim is not the intent: it
   * only keeps others away.
   */
  async claim(now: Date, limit: number): Promise<string[]> {
    const second = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
    const until = new Date(now.getTime() + CLAIM_LEASE_MS);
    const accounts = await this.database.query<{ id: string; pace: number }[]>(DUE_ACCOUNTS, [now]);
    const claimed: string[] = [];
    for (const { id, pace } of accounts) {
      if (claimed.length >= limit) break;
      const most = limit - claimed.length;
      claimed.push(...(await this.claimOf({ id, pace, most }, { now, second, until })));
    }
    return claimed;
  }

  /** What is due and may be charged, counted no further than the cap. */
  async countDue(now: Date): Promise<number> {
    const row = await one<{ count: number }>(
      this.database.manager,
      `SELECT count(*)::int AS count FROM (
         SELECT 1 FROM gateway_accounts a JOIN periods p ON p.gateway_account_id = a.id
         WHERE a.collects_stopped_at IS NULL AND p.next_try_at <= $1 LIMIT ${COUNT_CAP}) due`,
      [now],
    );
    return row?.count ?? 0;
  }

  private claimOf(
    { id, pace, most }: { id: string; pace: number; most: number },
    { now, second, until }: { now: Date; second: Date; until: Date },
  ): Promise<string[]> {
    return this.database.transaction(async (manager) => {
      const row = await one<{ used: number }>(
        manager,
        `INSERT INTO collect_paces (gateway_account_id, second_at, used) VALUES ($1, $2, 0)
         ON CONFLICT (gateway_account_id) DO UPDATE SET
           used = CASE WHEN collect_paces.second_at >= $2 THEN collect_paces.used ELSE 0 END,
           second_at = greatest(collect_paces.second_at, $2)
         RETURNING used`,
        [id, second],
      );
      const left = Math.min(most, pace - (row?.used ?? 0));
      if (left <= 0) return [];
      const [rows] = await manager.query<[{ id: string }[], number]>(
        `UPDATE periods SET next_try_at = $3 WHERE id IN (
           SELECT id FROM periods WHERE gateway_account_id = $1 AND next_try_at <= $2
           ORDER BY next_try_at LIMIT $4 FOR UPDATE SKIP LOCKED
         ) RETURNING id`,
        [id, now, until, left],
      );
      await manager.query('UPDATE collect_paces SET used = used + $2 WHERE gateway_account_id = $1', [
        id,
        rows.length,
      ]);
      return rows.map((each) => each.id);
    });
  }
}
