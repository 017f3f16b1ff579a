import { Injectable } from '@nestjs/common';
import type { ApprovalListQuery, ApprovalView, CappedCount, Page } from '@recaudo/shared';
import { Clock } from '../platform/clock.js';
import { keysetPage, readCursor } from '../platform/keyset.js';
import { ProblemError } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import type { ApprovalRow } from './approval.entity.js';
import { seesAll } from './approval.rules.js';
import { ApprovalStore } from './approval.store.js';
import { approvalView } from './approval.view.js';

/** Requests as their readers see them. */
@Injectable()
export class ApprovalReadingService {
  constructor(
    private readonly store: ApprovalStore,
    private readonly clock: Clock,
  ) {}

  async list(me: Principal, query: ApprovalListQuery): Promise<Page<ApprovalView>> {
    const place = readCursor(query.cursor);
    const rows = await this.store.page(me, query.view, place, query.limit + 1);
    const page = keysetPage(rows, query.limit, place, (row) => ({ at: row.requestedAt, id: row.id }));
    const items = await this.views(me, page.items);
    return { ...page, items, total: await this.store.count(me, query.view) };
  }

  /** Those that the reader may decide. */
  async countDecidable(me: Principal): Promise<CappedCount> {
    if (!me.permissions.has('approvals:decide')) return { count: 0, capped: false };
    return this.store.countDecidable(me, this.clock.now());
  }

  /** Errors: not_found, also for another site's. */
  async view(me: Principal, id: string): Promise<ApprovalView> {
    const row = await this.store.find(id);
    if (!row || !seesAll(me, row)) throw new ProblemError('not_found');
    const [view] = await this.views(me, [row]);
    if (!view) throw new ProblemError('not_found');
    return view;
  }

  /** Newest first; 50 at most. */
  async ofTargets(me: Principal, targetIds: readonly string[]): Promise<ApprovalView[]> {
    return this.views(me, await this.store.ofTargets(me.scope, targetIds));
  }

  private async views(me: Principal, rows: readonly ApprovalRow[]): Promise<ApprovalView[]> {
    const ids = rows.flatMap(({ transactionId }) => transactionId ?? []);
    const operations = await this.store.operations(ids);
    const now = this.clock.now();
    return rows.map((row) => approvalView(row, operations.get(row.transactionId) ?? null, me, now));
  }
}
