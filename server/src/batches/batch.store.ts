import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  MAX_BATCH_ROWS,
  type BatchRowState,
  type BatchRowView,
  type CappedCount,
  type Currency,
} from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { one } from '../platform/database.js';
import { dueRows } from '../platform/due-rows.js';
import { placed, type Place } from '../platform/keyset.js';
import { cappedCount } from '../platform/list-sql.js';
import { ProblemError } from '../platform/problem.js';
import type { SiteScope } from '../staff/access.js';
import { BatchItemRow, BatchRow } from './batch.entity.js';

/** Longer than a claim's rows take one after the other, each with the gateway's longest answer. */
const LEASE_MS = 120_000;

/** A row that was sent stands as its operation stands; one that waits for its hour is not over. */
const STATE_NOW = `CASE
  WHEN r.state <> 'sending' THEN r.state
  WHEN t.state IS NULL OR t.state = 'started' THEN 'sending'
  WHEN t.state IN ('approved', 'rejected', 'unknown') THEN t.state
  ELSE 'pending' END`;
/** Of what is not sent at once, what it waits for. */
const WHY_NOW = `CASE
  WHEN t.state = 'rejected' THEN t.reason
  WHEN t.route = 'letter' AND t.state IN ('pending', 'unknown') THEN 'by_letter'
  WHEN t.state = 'waiting' THEN 'waits_for_settlement'
  ELSE r.why END`;
const WITH_OPERATION = 'batch_rows r LEFT JOIN transactions t ON t.id = r.transaction_id';

export interface BatchPart {
  batchId: string;
  state: BatchRowState;
  currency: Currency;
  count: number;
  amountMinor: number;
}

/** The SQL of batches; how rows stand is read from the operations themselves. */
@Injectable()
export class BatchStore {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  async find(id: string): Promise<BatchRow | null> {
    return this.database.manager.findOneBy(BatchRow, { id });
  }

  async lock(manager: EntityManager, id: string): Promise<BatchRow> {
    return manager.findOneOrFail(BatchRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async items(manager: EntityManager, batchId: string): Promise<BatchItemRow[]> {
    return manager.find(BatchItemRow, {
      where: { batchId },
      order: { position: 'ASC' },
      take: MAX_BATCH_ROWS,
    });
  }

  /** Those of them that stand in a batch which was not sent yet. */
  async waitingElsewhere(targetIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ target_id: string }[]>(
      `SELECT target_id FROM batch_rows WHERE state = 'waiting' AND target_id = ANY($1::uuid[])`,
      [targetIds],
    );
    return new Set(rows.map((row) => row.target_id));
  }

  async item(id: string): Promise<BatchItemRow | null> {
    return this.database.manager.findOneBy(BatchItemRow, { id });
  }

  async page(scope: SiteScope, place: Place | null, limit: number): Promise<BatchRow[]> {
    const builder = this.database.manager.createQueryBuilder(BatchRow, 'b').take(limit);
    if (scope !== null) builder.andWhere('b.siteIds <@ :scope', { scope });
    return placed(builder, place, true, { at: 'b.createdAt', id: 'b.id' }).getMany();
  }

  async count(scope: SiteScope): Promise<CappedCount> {
    const rows = 'SELECT 1 FROM batches WHERE $1::uuid[] IS NULL OR site_ids <@ $1';
    return cappedCount(this.database.manager, rows, [scope]);
  }

  /** How many rows stand how, and their money, per batch. */
  async parts(batchIds: readonly string[]): Promise<BatchPart[]> {
    const rows = await this.database.query<(Omit<BatchPart, 'amountMinor'> & { amountMinor: string })[]>(
      `SELECT r.batch_id AS "batchId", ${STATE_NOW} AS state, r.currency, count(*)::int AS count,
         sum(r.amount_minor)::bigint AS "amountMinor"
       FROM ${WITH_OPERATION} WHERE r.batch_id = ANY($1) GROUP BY 1, 2, 3`,
      [batchIds],
    );
    return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
  }

  /** Every row as it stands now, in its place. */
  async rows(batchId: string): Promise<BatchRowView[]> {
    const rows = await this.database.query<ListedItem[]>(
      `SELECT r.id, r.position, r.target_id, r.reference, r.payer_name, r.amount_minor, r.currency, r.transaction_id,
         r.done_at, ${STATE_NOW} AS state, ${WHY_NOW} AS why
       FROM ${WITH_OPERATION} WHERE r.batch_id = $1 ORDER BY r.position LIMIT ${MAX_BATCH_ROWS}`,
      [batchId],
    );
    return rows.map((row) => ({
      id: row.id,
      position: row.position,
      transactionId: row.target_id,
      reference: row.reference,
      payerName: row.payer_name,
      amountMinor: Number(row.amount_minor),
      currency: row.currency,
      state: row.state,
      why: row.why,
      operationId: row.transaction_id,
      doneAt: row.done_at?.toISOString() ?? null,
    }));
  }

  /** The longest undo window among the sites; the sites themselves live in a higher slice. */
  async undoMinutes(siteIds: readonly string[]): Promise<number> {
    const row = await one<{ minutes: number }>(
      this.database.manager,
      'SELECT COALESCE(max(undo_minutes), 0)::int AS minutes FROM sites WHERE id = ANY($1)',
      [siteIds],
    );
    return row?.minutes ?? 0;
  }

  /** From now on its rows are sent, unless it was undone; the batch as it is then. */
  async start(id: string): Promise<BatchRow | null> {
    await this.database.manager.update(BatchRow, { id, state: 'scheduled' }, { state: 'running' });
    return this.find(id);
  }

  /** In the intent's commit: the row has its operation, and nobody sends it again. Errors: batch_over. */
  async begun(manager: EntityManager, id: string, transactionId: string, now: Date): Promise<void> {
    const sending = {
      state: 'sending' as const,
      transactionId,
      nextTryAt: new Date(now.getTime() + LEASE_MS),
    };
    const { affected } = await manager.update(BatchItemRow, { id, state: 'waiting' }, sending);
    if (!affected) throw new ProblemError('batch_over');
  }

  /** Rows that wait are not sent any more. */
  async undoRows(manager: EntityManager, batchId: string, at: Date): Promise<void> {
    const undone = { state: 'undone' as const, doneAt: at, nextTryAt: null };
    await manager.update(BatchItemRow, { batchId, state: 'waiting' }, undone);
  }

  /** Nothing is left to do about the row. */
  async rest(manager: EntityManager, id: string, at: Date): Promise<void> {
    await manager.query(
      'UPDATE batch_rows SET next_try_at = NULL, done_at = COALESCE(done_at, $2) WHERE id = $1',
      [id, at],
    );
  }

  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'batch_rows', column: 'next_try_at', leaseMs: LEASE_MS });
  }
}

interface ListedItem {
  id: string;
  position: number;
  target_id: string;
  reference: string;
  payer_name: string | null;
  amount_minor: string;
  currency: Currency;
  transaction_id: string | null;
  done_at: Date | null;
  state: BatchRowState;
  why: string | null;
}
