import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type {
  ApprovalState,
  BatchKind,
  BatchPreview,
  BatchPreviewRequest,
  BatchState,
  CreateBatch,
} from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ApprovalRow } from '../approvals/approval.entity.js';
import { ApprovalsService, type Asked } from '../approvals/approvals.service.js';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, type Actor } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { bindKey, claimKey, findKey } from '../platform/idempotency.js';
import { Jobs } from '../platform/jobs.js';
import { fieldProblem, ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import { BatchItemRow, BatchRow } from './batch.entity.js';
import {
  digestOf,
  inOrder,
  isPossible,
  requireDistinct,
  siteOf,
  totalsOf,
  undoable,
  type BatchHandler,
  type JudgedRow,
  type PossibleRow,
} from './batch.rules.js';
import { BatchStore } from './batch.store.js';

/** How a batch ends when its request for approval does. */
const WITHOUT_APPROVAL: Partial<Record<ApprovalState, BatchState>> = {
  rejected: 'rejected',
  failed: 'rejected',
  expired: 'expired',
  withdrawn: 'undone',
};

export type { BatchHandler, JudgedRow };

/** Many at once: looked at before, approved where it must be, and to be undone until the first one is sent. */
@Injectable()
export class BatchesService implements OnModuleInit {
  private readonly handlers = new Map<BatchKind, BatchHandler>();

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: BatchStore,
    private readonly approvals: ApprovalsService,
    private readonly jobs: Jobs,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.approvals.carryOut('batch', (approval, maker) => this.schedule(approval, maker));
    this.approvals.onEnd('batch', (manager, approval, actor) =>
      this.stopUnapproved(manager, approval, actor),
    );
  }

  carryOut(kind: BatchKind, handler: BatchHandler): void {
    this.handlers.set(kind, handler);
  }

  handler(kind: BatchKind): BatchHandler {
    const handler = this.handlers.get(kind);
    if (!handler) throw new Error(`nothing carries out a batch of ${kind}`);
    return handler;
  }

  /** What it would do; writes nothing. Errors: forbidden, validation naming rows that stand there twice. */
  async preview(me: Principal, input: BatchPreviewRequest): Promise<BatchPreview> {
    const rows = await this.judge(me, input);
    const possible = rows.filter(isPossible);
    const needsApproval = possible.length > 0 ? await this.handler(input.kind).approval(me, possible) : null;
    const undoMinutes = await this.store.undoMinutes(sitesOf(possible));
    return { totals: totalsOf(possible), rows, needsApproval, undoMinutes };
  }

  /**
   * Only what can be done goes in; answers with the batch's id. The same key is the batch that the first request made.
   * Errors: forbidden, validation (rows: nothing_possible), idempotency_key_reused.
   */
  async create(me: Principal, input: CreateBatch, key: string): Promise<string> {
    const body = { batch: input.kind, rows: input.rows, reason: input.reason };
    const known = await findKey(this.database.manager, me.id, key, body);
    if (known) return known;
    const possible = (await this.judge(me, input)).filter(isPossible);
    const limit = await this.handler(input.kind).approval(me, possible);
    const undoMinutes = await this.store.undoMinutes(sitesOf(possible));
    const id = await this.database.transaction(async (manager) => {
      const before = await claimKey(manager, me.id, key, body, this.clock.worker());
      if (before) return before;
      // Only now: the same request, sent twice at once, may have made them impossible a moment ago.
      if (possible.length === 0) throw fieldProblem('rows', 'nothing_possible');
      const batch = this.newBatch(me, input, possible, limit === null ? undoMinutes : null);
      const items = this.newItems(me, batch, possible);
      await manager.insert(BatchRow, batch);
      await manager.insert(BatchItemRow, items);
      await bindKey(manager, me.id, key, batch.id);
      const totals = totalsOf(items);
      await this.record(manager, 'batch.created', me, batch, { kind: batch.kind, totals }, batch.reason);
      if (limit !== null) await this.ask(manager, me, batch, items, limit);
      return batch.id;
    });
    this.jobs.nudge('batches');
    return id;
  }

  /** Before its first row is sent. Errors: not_found, forbidden, batch_over. */
  async undo(me: Principal, id: string): Promise<void> {
    const known = await this.find(me, id);
    if (!me.permissions.has(this.handler(known.kind).permission)) throw new ProblemError('forbidden');
    await this.database.transaction(async (manager) => {
      if (known.state === 'waiting' && known.approvalId) {
        // The request first, then its batch: the order in which a decision takes them. The listener does the rest.
        await this.approvals.revoke(manager, me, known.approvalId).catch(asBatchOver);
        return;
      }
      const batch = await this.store.lock(manager, id);
      if (!undoable(batch, this.clock.now())) throw new ProblemError('batch_over');
      await this.stop(manager, batch, 'undone', me);
    });
  }

  /** Whether a row about it stands in a batch that was not sent yet. */
  async awaits(targetId: string): Promise<boolean> {
    return (await this.store.waitingElsewhere([targetId])).size > 0;
  }

  /** Errors: not_found, also for one with another site's rows. */
  async find(me: Principal, id: string): Promise<BatchRow> {
    const batch = await this.store.find(id);
    if (!batch?.siteIds.every((siteId) => maySee(me.scope, siteId))) throw new ProblemError('not_found');
    return batch;
  }

  private async judge(me: Principal, { kind, rows }: BatchPreviewRequest): Promise<JudgedRow[]> {
    const handler = this.handler(kind);
    if (!me.permissions.has(handler.permission))
      throw new ProblemError('forbidden', { detail: handler.permission });
    requireDistinct(rows);
    const judged = inOrder(me, rows, await handler.judge(me, rows));
    const ids = rows.map(({ transactionId }) => transactionId);
    const taken = await this.store.waitingElsewhere(ids);
    const asked = await this.approvals.waitingOn(ids);
    return judged.map((row) => {
      if (row.why !== null) return row;
      if (taken.has(row.transactionId)) return { ...row, why: 'in_another_batch' };
      const by = asked.get(row.transactionId);
      return by === undefined ? row : { ...row, why: 'approval_waiting', by };
    });
  }

  /** What was approved, and nothing else, is sent once the undo window is over. */
  private async schedule(approval: ApprovalRow, maker: Principal): Promise<void> {
    const known = await this.store.find(approval.targetId);
    if (!known || !maker.permissions.has(this.handler(known.kind).permission))
      throw new ProblemError('forbidden');
    const undoMinutes = await this.store.undoMinutes(known.siteIds);
    await this.database.transaction(async (manager) => {
      const items = await this.store.items(manager, known.id);
      const asked = askedFor(known, items, approval.data.limit ?? null);
      await this.approvals.spend(manager, approval.id, asked, null);
      const batch = await this.store.lock(manager, known.id);
      if (batch.state !== 'waiting') throw new ProblemError('batch_over');
      const sendAt = this.after(undoMinutes);
      await manager.update(BatchRow, batch.id, { state: 'scheduled', sendAt });
      await manager.update(BatchItemRow, { batchId: batch.id }, { nextTryAt: this.clock.due(sendAt) });
    });
    this.jobs.nudge('batches');
  }

  private async ask(
    manager: EntityManager,
    me: Principal,
    batch: BatchRow,
    items: readonly BatchItemRow[],
    limit: string,
  ): Promise<void> {
    const makers = [...new Set(items.map((item) => item.addedBy))];
    const { id } = await this.approvals.request(manager, me, askedFor(batch, items, limit), makers);
    await manager.update(BatchRow, batch.id, { approvalId: id });
  }

  private async stopUnapproved(manager: EntityManager, approval: ApprovalRow, actor: Actor): Promise<void> {
    const batch = await this.store.lock(manager, approval.targetId);
    const state = WITHOUT_APPROVAL[approval.state];
    if (batch.state === 'waiting' && state) await this.stop(manager, batch, state, actor);
  }

  private async stop(
    manager: EntityManager,
    batch: BatchRow,
    state: BatchState,
    actor: Actor,
  ): Promise<void> {
    const finishedAt = this.clock.now();
    await manager.update(BatchRow, batch.id, { state, finishedAt, endedByName: actor.name });
    await this.store.undoRows(manager, batch.id, finishedAt);
    await this.record(manager, `batch.${state}`, actor, batch, { kind: batch.kind });
  }

  private newBatch(
    me: Principal,
    { kind, reason }: CreateBatch,
    possible: readonly PossibleRow[],
    undoMinutes: number | null,
  ): BatchRow {
    return {
      id: uuidv7(),
      kind,
      state: undoMinutes === null ? 'waiting' : 'scheduled',
      reason,
      siteIds: sitesOf(possible),
      createdBy: me.id,
      createdByName: me.name,
      createdByType: 'person',
      createdAt: this.clock.now(),
      sendAt: undoMinutes === null ? null : this.after(undoMinutes),
      finishedAt: null,
      endedByName: null,
      approvalId: null,
    };
  }

  private newItems(me: Principal, batch: BatchRow, possible: readonly PossibleRow[]): BatchItemRow[] {
    const nextTryAt = batch.sendAt && this.clock.due(batch.sendAt);
    return possible.map((row, index) => ({
      id: uuidv7(),
      batchId: batch.id,
      siteId: row.siteId,
      position: index + 1,
      targetId: row.transactionId,
      reference: row.reference ?? '',
      payerName: row.payerName,
      amountMinor: row.amountMinor,
      currency: row.currency,
      addedBy: me.makerId ?? me.id,
      state: 'waiting' as const,
      why: null,
      transactionId: null,
      doneAt: null,
      nextTryAt,
    }));
  }

  private after(minutes: number): Date {
    return new Date(this.clock.now().getTime() + minutes * 60_000);
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    batch: BatchRow,
    data: Record<string, JsonValue>,
    reason?: string,
  ): Promise<void> {
    await this.audit.record(manager, {
      kind,
      actor,
      siteId: siteOf(batch),
      subject: { type: 'batch', id: batch.id },
      data,
      ...(reason ? { reason } : {}),
    });
  }
}

/** Of several currencies there is no one amount. */
function askedFor(batch: BatchRow, items: readonly BatchItemRow[], limit: JsonValue): Asked {
  const totals = totalsOf(items);
  const [total] = totals.length === 1 ? totals : [];
  return {
    kind: 'batch',
    siteId: batch.siteIds[0] ?? '',
    siteIds: batch.siteIds,
    gatewayAccountId: null,
    orderId: null,
    targetType: 'batch',
    targetId: batch.id,
    reference: null,
    amountMinor: total?.amountMinor ?? null,
    currency: total?.currency ?? null,
    data: { batchKind: batch.kind, limit, rows: items.length, totals, digest: digestOf(items) },
    reason: batch.reason,
  };
}

function sitesOf(rows: readonly PossibleRow[]): string[] {
  return [...new Set(rows.map((row) => row.siteId))];
}

function asBatchOver(error: unknown): never {
  throw error instanceof ProblemError && error.code === 'approval_over'
    ? new ProblemError('batch_over')
    : error;
}
