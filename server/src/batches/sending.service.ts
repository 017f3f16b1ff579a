import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull, Not, type EntityManager } from 'typeorm';
import { isPassing } from '../approvals/approval.rules.js';
import { AuditService, SYSTEM } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError, whyRefused } from '../platform/problem.js';
import { maySee } from '../staff/access.js';
import { LoginsService } from '../staff/logins.service.js';
import { BatchItemRow, BatchRow } from './batch.entity.js';
import { GIVE_UP_AFTER_MS, siteOf } from './batch.rules.js';
import { BatchStore } from './batch.store.js';
import { BatchesService } from './batches.service.js';

/**
 * Sends the rows of batches whose time has come. A row's mark is written in the commit of its operation's intent: if we
 * die before, it is simply due again; if we die after, it is never sent again.
 */
@Injectable()
export class SendingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: BatchStore,
    private readonly batches: BatchesService,
    private readonly logins: LoginsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One row, once. */
  async handle(itemId: string): Promise<void> {
    const item = await this.store.item(itemId);
    if (!item) return;
    const refusal = item.state === 'waiting' ? await this.send(item) : null;
    await this.close(item, refusal);
  }

  /** Why it could not be sent; null when it was, or is not to be any more. */
  private async send(item: BatchItemRow): Promise<string | null> {
    const batch = await this.store.start(item.batchId);
    if (batch?.state !== 'running') return null;
    const lateMs = this.clock.worker().getTime() - (batch.sendAt?.getTime() ?? 0);
    if (lateMs > GIVE_UP_AFTER_MS) return 'not_carried_out';
    const handler = this.batches.handler(batch.kind);
    const maker = await this.logins.principalOf(batch.createdBy);
    if (!maker?.permissions.has(handler.permission) || !maySee(maker.scope, item.siteId)) return 'forbidden';
    const { id, targetId, amountMinor, currency } = item;
    const { reason, approvalId } = batch;
    try {
      await handler.send(
        maker,
        { id, targetId, amountMinor, currency },
        { id: batch.id, reason, approved: approvalId !== null, approvalId },
        (manager, transactionId) => this.store.begun(manager, id, transactionId, this.clock.worker()),
      );
      return null;
    } catch (error) {
      if (!(error instanceof ProblemError) || isPassing(error)) throw error;
      return whyRefused(error);
    }
  }

  /** Nothing is left to do about the row; with the last one the batch is done. The batch's lock lets one of us see that. */
  private async close({ id, batchId }: BatchItemRow, refusal: string | null): Promise<void> {
    await this.database.transaction(async (manager) => {
      const batch = await this.store.lock(manager, batchId);
      const at = this.clock.now();
      if (refusal !== null)
        await manager.update(BatchItemRow, { id, state: 'waiting' }, { state: 'refused', why: refusal });
      await this.store.rest(manager, id, at);
      if (batch.state === 'running') await this.finish(manager, batch, at);
    });
  }

  private async finish(manager: EntityManager, batch: BatchRow, at: Date): Promise<void> {
    if (await manager.existsBy(BatchItemRow, { batchId: batch.id, nextTryAt: Not(IsNull()) })) return;
    await manager.update(BatchRow, batch.id, { state: 'done', finishedAt: at });
    await this.audit.record(manager, {
      kind: 'batch.finished',
      actor: SYSTEM,
      siteId: siteOf(batch),
      subject: { type: 'batch', id: batch.id },
      data: { kind: batch.kind },
    });
  }
}
