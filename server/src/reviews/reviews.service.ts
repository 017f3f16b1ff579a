import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  type CappedCount,
  type Currency,
  type Page,
  type ReviewKind,
  type ReviewView,
} from '@recaudo/shared';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, SYSTEM, type Actor } from '../audit/audit.service.js';
import type { JsonValue } from '../audit/audit.entity.js';
import { Clock } from '../platform/clock.js';
import { keysetPage, placed, readCursor } from '../platform/keyset.js';
import { cappedCount } from '../platform/list-sql.js';
import { ProblemError } from '../platform/problem.js';
import { maySee, type Principal, type SiteScope } from '../staff/access.js';
import { ReviewRow } from './review.entity.js';

export interface NewReview {
  kind: ReviewKind;
  siteId: string;
  /** One open review per kind and subject; a second finding joins the first. */
  subject: string;
  orderId?: string | null;
  sessionId?: string | null;
  reference?: string | null;
  amountMinor?: number | null;
  currency?: Currency | null;
  data?: Record<string, JsonValue>;
}

/** What waits for a person. Opened inside the transaction that found it. */
@Injectable()
export class ReviewsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async open(manager: EntityManager, review: NewReview): Promise<void> {
    const id = uuidv7();
    const inserted = await manager.query<{ id: string }[]>(
      `INSERT INTO reviews (id, site_id, kind, subject, order_id, session_id, reference, amount_minor, currency, data, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (site_id, kind, subject) WHERE resolved_at IS NULL DO NOTHING RETURNING id`,
      [
        id,
        review.siteId,
        review.kind,
        review.subject,
        review.orderId ?? null,
        review.sessionId ?? null,
        review.reference ?? null,
        review.amountMinor ?? null,
        review.currency ?? null,
        JSON.stringify(review.data ?? {}),
        this.clock.now(),
      ],
    );
    if (inserted.length === 0) return;
    await this.record(manager, 'review.opened', SYSTEM, { ...review, id, orderId: review.orderId ?? null });
  }

  /** Errors: not_found; conflict when somebody resolved it before, naming who. */
  async resolve(me: Principal, id: string, note: string): Promise<ReviewView> {
    return this.database.transaction(async (manager) => {
      const row = await this.lockOpen(manager, me, id);
      await manager.update(ReviewRow, id, {
        resolvedAt: this.clock.now(),
        resolvedBy: me.id,
        resolvedByName: me.name,
        note,
      });
      await this.record(manager, 'review.resolved', me, row, note);
      return reviewView(await manager.findOneByOrFail(ReviewRow, { id }));
    });
  }

  /** Takes it on, also from somebody else; again: lets it go. Errors: not_found, conflict once it is resolved. */
  async own(me: Principal, id: string): Promise<ReviewView> {
    return this.database.transaction(async (manager) => {
      const row = await this.lockOpen(manager, me, id);
      const mine = row.ownerId === me.id;
      const owner = mine ? { ownerId: null, ownerName: null } : { ownerId: me.id, ownerName: me.name };
      await manager.update(ReviewRow, id, owner);
      await this.record(manager, mine ? 'review.let_go' : 'review.taken', me, row);
      return reviewView({ ...row, ...owner });
    });
  }

  /** What was waited for has come by itself: the open item, if there is one, is done. */
  async close(manager: EntityManager, siteId: string, kind: ReviewKind, subject: string): Promise<void> {
    const row = await manager.findOneBy(ReviewRow, { siteId, kind, subject, resolvedAt: IsNull() });
    if (!row) return;
    const note = 'came later';
    await manager.update(ReviewRow, row.id, { resolvedAt: this.clock.now(), note });
    await this.record(manager, 'review.resolved', SYSTEM, row, note);
  }

  /** Says how much it is by now, where it is still open. */
  async amend(
    manager: EntityManager,
    {
      siteId,
      kind,
      subject,
      amountMinor,
    }: Pick<NewReview, 'siteId' | 'kind' | 'subject'> & { amountMinor: number },
  ): Promise<void> {
    await manager.update(ReviewRow, { siteId, kind, subject, resolvedAt: IsNull() }, { amountMinor });
  }

  async list(
    scope: SiteScope,
    query: { state: 'open' | 'resolved'; cursor?: string | undefined; limit: number },
  ): Promise<Page<ReviewView>> {
    const place = readCursor(query.cursor);
    const builder = this.database.manager
      .createQueryBuilder(ReviewRow, 'r')
      .where(query.state === 'open' ? 'r.resolvedAt IS NULL' : 'r.resolvedAt IS NOT NULL')
      .take(query.limit + 1);
    if (scope !== null) builder.andWhere('r.siteId = ANY(:scope)', { scope });
    const rows = await placed(builder, place, true, { at: 'r.openedAt', id: 'r.id' }).getMany();
    const page = keysetPage(rows, query.limit, place, (row) => ({ at: row.openedAt, id: row.id }));
    return { ...page, items: page.items.map(reviewView), total: await this.count(scope, query.state) };
  }

  async count(scope: SiteScope, state: 'open' | 'resolved' = 'open'): Promise<CappedCount> {
    const rows = `SELECT 1 FROM reviews
      WHERE (resolved_at IS NULL) = $1 AND ($2::uuid[] IS NULL OR site_id = ANY($2))`;
    return cappedCount(this.database.manager, rows, [state === 'open', scope]);
  }

  async ofOrder(orderId: string): Promise<ReviewView[]> {
    const rows = await this.database.manager.find(ReviewRow, {
      where: { orderId },
      order: { openedAt: 'DESC' },
      take: 50,
    });
    return rows.map(reviewView);
  }

  private async lockOpen(manager: EntityManager, me: Principal, id: string): Promise<ReviewRow> {
    const row = await manager.findOne(ReviewRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row || !maySee(me.scope, row.siteId)) throw new ProblemError('not_found');
    if (row.resolvedAt) throw new ProblemError('conflict', { detail: `resolved by ${row.resolvedByName}` });
    return row;
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    review: { id: string; siteId: string; kind: ReviewKind; orderId: string | null },
    reason?: string,
  ): Promise<void> {
    await this.audit.record(manager, {
      kind,
      actor,
      siteId: review.siteId,
      subject: { type: 'review', id: review.id },
      data: { kind: review.kind },
      ...(review.orderId ? { orderId: review.orderId } : {}),
      ...(reason ? { reason } : {}),
    });
  }
}

export function reviewView(row: ReviewRow): ReviewView {
  return {
    id: row.id,
    kind: row.kind,
    siteId: row.siteId,
    sessionId: row.sessionId,
    orderId: row.orderId,
    reference: row.reference,
    amountMinor: row.amountMinor,
    currency: row.currency,
    data: row.data as ReviewView['data'],
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolvedBy: row.resolvedByName,
    note: row.note,
    owner: row.ownerName,
  };
}
