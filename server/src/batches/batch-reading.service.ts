import { Injectable } from '@nestjs/common';
import type { ApprovalView, BatchRowView, BatchView, Page } from '@recaudo/shared';
import { ApprovalReadingService } from '../approvals/approval-reading.service.js';
import { Clock } from '../platform/clock.js';
import { keysetPage, readCursor } from '../platform/keyset.js';
import { ProblemError } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import type { BatchRow } from './batch.entity.js';
import { undoable } from './batch.rules.js';
import { BatchStore } from './batch.store.js';
import { batchCsv, batchView } from './batch.view.js';
import { BatchesService } from './batches.service.js';

/** So many approvals are read at once; a batch has one at most. */
const APPROVALS_AT_ONCE = 50;

@Injectable()
export class BatchReadingService {
  constructor(
    private readonly store: BatchStore,
    private readonly batches: BatchesService,
    private readonly approvals: ApprovalReadingService,
    private readonly clock: Clock,
  ) {}

  /** Those whose sites the reader sees all, newest first. */
  async list(me: Principal, query: { cursor?: string | undefined; limit: number }): Promise<Page<BatchView>> {
    const place = readCursor(query.cursor);
    const rows = await this.store.page(me.scope, place, query.limit + 1);
    const page = keysetPage(rows, query.limit, place, (row) => ({ at: row.createdAt, id: row.id }));
    return { ...page, items: await this.views(me, page.items), total: await this.store.count(me.scope) };
  }

  /** Errors: not_found, also for one with another site's rows. */
  async view(me: Principal, id: string): Promise<BatchView> {
    const [view] = await this.views(me, [await this.batches.find(me, id)]);
    if (!view) throw new ProblemError('not_found');
    return view;
  }

  async rows(me: Principal, id: string): Promise<BatchRowView[]> {
    await this.batches.find(me, id);
    return this.store.rows(id);
  }

  async export(me: Principal, id: string): Promise<string> {
    return batchCsv(await this.rows(me, id));
  }

  private async views(me: Principal, batches: readonly BatchRow[]): Promise<BatchView[]> {
    const ids = batches.map((batch) => batch.id);
    const parts = await this.store.parts(ids);
    const approvals: ApprovalView[] = [];
    for (let start = 0; start < ids.length; start += APPROVALS_AT_ONCE)
      approvals.push(...(await this.approvals.ofTargets(me, ids.slice(start, start + APPROVALS_AT_ONCE))));
    const now = this.clock.now();
    return batches.map((batch) => {
      const approval = approvals.find((each) => each.targetId === batch.id) ?? null;
      const own = parts.filter((part) => part.batchId === batch.id);
      const mayUndo = me.permissions.has(this.batches.handler(batch.kind).permission);
      return batchView(batch, own, approval, mayUndo && undoable(batch, now));
    });
  }
}
