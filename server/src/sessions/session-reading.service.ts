import { PassThrough, type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  EXPORT_COLUMNS,
  minorToDecimal,
  type Page,
  type SessionCounts,
  type SessionExportQuery,
  type SessionFilter,
  type SessionListItem,
  type SessionListQuery,
  type SessionView,
} from '@recaudo/shared';
import { stringify, type Stringifier } from 'csv-stringify';
import { DataSource } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { CSV } from '../platform/csv.js';
import { keysetPage, readCursor, type Place } from '../platform/keyset.js';
import { localInstant } from '../platform/local-instant.js';
import { ProblemError, fieldProblem } from '../platform/problem.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { PayersService } from '../payers/payers.service.js';
import { PreauthorizationsService } from '../preauthorizations/preauthorizations.service.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { maySee, type Principal, type SiteScope } from '../staff/access.js';
import { TransactionsService } from '../transactions/transactions.service.js';
import { SitesService } from '../sites/sites.service.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { RecurrencesService } from '../recurrences/recurrences.service.js';
import { CollectRow } from './collect.entity.js';
import { CreationService } from './creation.service.js';
import type { SessionRow } from './session.entity.js';
import { SessionListStore, type ListedSession } from './session-list.store.js';
import { SessionStore } from './session.store.js';
import { sessionView, shopView } from './session.view.js';
import { ObligationRow, TransactionRow } from '../transactions/transaction.entity.js';

const EXPORT_PAGE = 1_000;

@Injectable()
export class SessionReadingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly lists: SessionListStore,
    private readonly creation: CreationService,
    private readonly instruments: InstrumentsService,
    private readonly recurrences: RecurrencesService,
    private readonly transactions: TransactionsService,
    private readonly payers: PayersService,
    private readonly holds: PreauthorizationsService,
    private readonly reviews: ReviewsService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async list(scope: SiteScope, query: SessionListQuery): Promise<Page<SessionListItem>> {
    const place = readCursor(query.cursor);
    const newestFirst = query.sort === 'newest' && !query.queue;
    const key = query.queue ? queueKey : listKey;
    const [rows, total] = await Promise.all([
      this.lists.page(scope, query, { place, newestFirst, limit: query.limit + 1 }),
      this.lists.count(scope, query),
    ]);
    return { ...keysetPage(rows, query.limit, place, key), total };
  }

  counts(scope: SiteScope, filter: SessionFilter): Promise<SessionCounts> {
    return this.lists.counts(scope, filter);
  }

  /** The page of a payment. Errors: not_found, also for another site's. */
  async view(me: Principal, id: string): Promise<SessionView> {
    const session = await this.store.find(id);
    const order = session && (await this.store.order(session.orderId));
    if (!session || !order || !maySee(me.scope, session.siteId)) throw new ProblemError('not_found');
    const { manager } = this.database;
    const [obligation, siblings, transactions, timeline, reviews, payer, site, holds] = await Promise.all([
      manager.findOneByOrFail(ObligationRow, { id: order.obligationId }),
      this.store.ofOrder(order.id),
      this.transactions.ofSession(manager, session.id),
      this.audit.timeline(manager, order.id),
      this.reviews.ofOrder(order.id),
      session.payerId ? this.payers.find(session.payerId) : null,
      this.sites.get(session.siteId),
      session.kind === 'preauthorization' ? this.holds.ofOrder(order.id) : [],
    ]);
    const [instrument, recurrence, collect] = await Promise.all([
      storesInstrument(session) ? this.instruments.ofSession(session.id) : null,
      session.kind === 'recurring' ? this.recurrences.ofSession(session.id, transactions) : null,
      session.collected ? manager.findOneBy(CollectRow, { id: session.id }) : null,
    ]);
    const view = sessionView(
      {
        session,
        order,
        obligation,
        siblings,
        transactions,
        timeline,
        reviews,
        payer,
        instrument,
        recurrence,
        collect,
        holds,
        capabilities: this.gateways.port('placetopay').capabilities,
        mode: site.mode,
        linkUrl: this.creation.linkUrl(order.id),
        now: this.clock.now(),
      },
      me.permissions,
    );
    return me.type === 'key' ? shopView(view) : view;
  }

  /** The session that a transaction belongs to. Errors: not_found, also for another site's. */
  async sessionOf(me: Principal, transactionId: string): Promise<string> {
    const row = await this.database.manager.findOneBy(TransactionRow, { id: transactionId });
    if (!row?.sessionId || !maySee(me.scope, row.siteId)) throw new ProblemError('not_found');
    return row.sessionId;
  }

  /** Exactly the filtered list as CSV, streamed page by page. */
  export(me: Principal, query: SessionExportQuery, zone: string): Readable {
    const columns = readColumns(query.columns);
    const csv = stringify({ ...CSV, columns });
    this.fill(csv, me.scope, query, zone).catch((error: Error) => csv.destroy(error));
    // Fastify asks for a plain readable; the stringifier is a transform that nobody may write to from outside.
    return csv.pipe(new PassThrough());
  }

  private async fill(
    csv: Stringifier,
    scope: SiteScope,
    query: SessionExportQuery,
    zone: string,
  ): Promise<void> {
    const newestFirst = query.sort === 'newest';
    let place: Place | null = null;
    for (;;) {
      const rows: ListedSession[] = await this.lists.page(scope, query, {
        place,
        newestFirst,
        limit: EXPORT_PAGE,
      });
      for (const row of rows) {
        if (!csv.write(exportRow(row, zone))) await new Promise((resolve) => csv.once('drain', resolve));
      }
      const last = rows.at(-1);
      if (rows.length < EXPORT_PAGE || !last) break;
      place = { ...(query.queue ? queueKey : listKey)(last), direction: 'next' };
    }
    csv.end();
  }
}

function listKey(row: SessionListItem): { at: Date; id: string } {
  return { at: new Date(row.createdAt), id: row.id };
}

function queueKey(row: SessionListItem): { at: Date; id: string } {
  return { at: new Date(row.queueAt ?? row.createdAt), id: row.id };
}

function storesInstrument({ kind, terms }: SessionRow): boolean {
  return kind === 'subscription' || terms?.subscribe === true;
}

function readColumns(text: string | undefined): string[] {
  if (!text) return [...EXPORT_COLUMNS];
  const columns = text.split(',');
  const unknown = columns.find((column) => !(EXPORT_COLUMNS as readonly string[]).includes(column));
  if (unknown !== undefined) throw fieldProblem('columns', 'unknown_column');
  return columns;
}

function exportRow(row: ListedSession, zone: string): Record<(typeof EXPORT_COLUMNS)[number], string> {
  return {
    createdAt: localInstant(row.createdAt, zone),
    site: row.siteName,
    reference: row.reference,
    description: row.description,
    kind: row.kind,
    amount: minorToDecimal(row.amountMinor, row.currency),
    paid: minorToDecimal(row.approvedMinor, row.currency),
    currency: row.currency,
    state: row.state,
    reason: row.reason ?? '',
    payerName: [row.payer.name, row.payer.surname].filter(Boolean).join(' '),
    payerEmail: row.payer.email ?? '',
    payerDocument: [row.payer.documentType, row.payer.document].filter(Boolean).join(' '),
    gatewayNumber: row.gatewayNumber ?? '',
    lastFour: row.lastFour ?? '',
    endedAt: row.endedAt ? localInstant(row.endedAt, zone) : '',
    id: row.id,
  };
}
