import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type {
  Page,
  TransactionCounts,
  TransactionDetail,
  TransactionFilter,
  TransactionItem,
  TransactionListQuery,
} from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { ApprovalReadingService } from '../approvals/approval-reading.service.js';
import { AuditService } from '../audit/audit.service.js';
import type { AttemptSnapshot } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { keysetPage, readCursor } from '../platform/keyset.js';
import { ProblemError } from '../platform/problem.js';
import type { PreauthorizationRow } from '../preauthorizations/preauthorization.entity.js';
import { holdWhy, type HoldAction } from '../preauthorizations/preauthorization.rules.js';
import { PreauthorizationsService } from '../preauthorizations/preauthorizations.service.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { OrderRow, SessionRow } from '../sessions/session.entity.js';
import { SitesService } from '../sites/sites.service.js';
import type { Principal, SiteScope } from '../staff/access.js';
import { CAPTURED_KINDS, refundableOf } from '../transactions/refund.rules.js';
import { OutcomeRow, TransactionRow } from '../transactions/transaction.entity.js';
import { isLiveOperation } from '../transactions/transaction.states.js';
import { detailView, type DetailParts } from './transaction-detail.view.js';
import { transactionItem } from './transaction-item.view.js';
import { TransactionListStore } from './transaction-list.store.js';

const MAX_OUTCOMES = 100;
const HOLD_ACTIONS: readonly HoldAction[] = ['checkout', 'reauthorization', 'release'];

/** Transactions as people read them. */
@Injectable()
export class TransactionReadingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly lists: TransactionListStore,
    private readonly holds: PreauthorizationsService,
    private readonly approvals: ApprovalReadingService,
    private readonly reviews: ReviewsService,
    private readonly gateways: GatewaysService,
    private readonly sites: SitesService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async list(scope: SiteScope, query: TransactionListQuery): Promise<Page<TransactionItem>> {
    const place = readCursor(query.cursor);
    const newestFirst = query.sort === 'newest';
    const [rows, total] = await Promise.all([
      this.lists.page(scope, query, { place, newestFirst, limit: query.limit + 1 }),
      this.lists.count(scope, query),
    ]);
    const page = keysetPage(rows, query.limit, place, (row) => ({ at: row.created_at, id: row.id }));
    return { ...page, items: page.items.map(transactionItem), total };
  }

  counts(scope: SiteScope, filter: TransactionFilter): Promise<TransactionCounts> {
    return this.lists.counts(scope, filter);
  }

  /** One of the list. Errors: not_found, also for another site's. */
  async item(me: Principal, id: string): Promise<TransactionItem> {
    const [row] = await this.lists.byIds(me.scope, [id]);
    if (!row) throw new ProblemError('not_found');
    const item = transactionItem(row);
    return me.type === 'key' ? nameless(item) : item;
  }

  /** With all that belongs to it. Errors: not_found, also for another site's. */
  async detail(me: Principal, id: string): Promise<TransactionDetail> {
    const [listed] = await this.lists.byIds(me.scope, [id]);
    if (!listed) throw new ProblemError('not_found');
    const { manager } = this.database;
    const row = await manager.findOneByOrFail(TransactionRow, { id });
    const [children, childRows, parents, outcomes, approvals, session, order] = await Promise.all([
      this.lists.childrenOf(me.scope, id),
      manager.find(TransactionRow, { where: { parentId: id }, take: 200 }),
      row.parentId ? this.lists.byIds(me.scope, [row.parentId]) : [],
      manager.find(OutcomeRow, {
        where: { transactionId: id },
        order: { at: 'DESC', id: 'DESC' },
        take: MAX_OUTCOMES,
      }),
      this.approvals.ofTargets(me, row.parentId ? [id, row.parentId] : [id]),
      row.sessionId ? manager.findOneBy(SessionRow, { id: row.sessionId }) : null,
      row.orderId ? manager.findOneBy(OrderRow, { id: row.orderId }) : null,
    ]);
    const [timeline, reviews, held] = await Promise.all([
      row.orderId ? this.audit.timeline(manager, row.orderId) : [],
      row.orderId ? this.reviews.ofOrder(row.orderId) : [],
      row.kind === 'checkin' ? this.holds.find(row.id) : null,
    ]);
    const hold = held ? await this.holdActions(held, childRows) : [];
    const captured = CAPTURED_KINDS.includes(row.kind);
    const parts: DetailParts = {
      listed,
      row,
      parent: parents[0] ?? null,
      children,
      operations: childRows,
      refundable: captured ? refundableOf(row, row.fromCurrency ?? row.askedCurrency, childRows) : null,
      // Of an operation: what was asked of a second person about it, or led to it.
      approvals: approvals.filter(({ targetId, transactionId }) => targetId === id || transactionId === id),
      outcomes,
      session,
      shown: this.shown(row, session),
      order,
      timeline,
      reviews,
      hold,
      held,
    };
    const view = detailView(parts, me.permissions);
    return me.type === 'key' ? forShop(view) : view;
  }

  /** Payers' attempts are shown where a session is asked about; what was done to them since is not. */
  private shown(row: TransactionRow, session: SessionRow | null): AttemptSnapshot | null {
    if (row.parentId !== null || !session?.evidence) return null;
    const snapshot = this.gateways.port('placetopay').readStored(session.evidence);
    const attempts = snapshot?.attempts.flatMap((each) => [each, ...each.parts]) ?? [];
    const same = ({ kind, internalReference }: AttemptSnapshot): boolean =>
      kind === row.kind && internalReference === row.internalReference;
    return attempts.find(same) ?? null;
  }

  private async holdActions(
    hold: PreauthorizationRow,
    operations: readonly TransactionRow[],
  ): Promise<DetailParts['hold']> {
    const { country } = await this.sites.get(hold.siteId);
    const live = operations.some(isLiveOperation);
    return HOLD_ACTIONS.map((action) => ({
      action,
      why: holdWhy(action, { ...hold, country, live }, this.clock.now()),
    }));
  }
}

const nameless = (item: TransactionItem): TransactionItem => ({ ...item, askedBy: null });

/** What a shop is told: its money, and nothing of the house, its people and their notes. */
function forShop(view: TransactionDetail): TransactionDetail {
  return {
    ...view,
    ...{ timeline: [], reviews: [], approvals: [], availableActions: [], outcomes: [] },
    ...{ askedBy: null, motive: null },
    parent: view.parent && nameless(view.parent),
    operations: view.operations.map(nameless),
  };
}
