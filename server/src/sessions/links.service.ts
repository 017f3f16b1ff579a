import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { MIN_EXPIRATION_MS, type Currency, type OrderState, type SessionState } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { AuditService, PAYER } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { Sealing } from '../platform/sealing.js';
import { SiteRow } from '../sites/site.entity.js';
import { ObligationRow } from '../transactions/transaction.entity.js';
import { orderState, remainderMinor } from '../transactions/obligation.rules.js';
import { TransactionsService } from '../transactions/transactions.service.js';
import { LINK_PURPOSE, type PayerDevice } from './creation.service.js';
import { OpeningService } from './opening.service.js';
import { SessionRow, type OrderRow } from './session.entity.js';
import { isCharging } from './session.states.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';

/** How long a second browser waits for the session that the first one is opening. */
const WAIT_FOR_OPENING_MS = 10_000;
const WAIT_STEP_MS = 200;

export interface PaymentSummary {
  /**
   * `unpaid`: it can be paid, and no attempt waits for a bank. `captured`: the shop has the last word. `charged`: of what
   * was held only this was taken. `released`: nothing of it was.
   */
  state:
    | SessionState
    | 'link_expired'
    | 'unpaid'
    | 'captured'
    | 'held'
    | 'charged'
    | 'released'
    | 'stored'
    | 'closed'
    | 'withdrawn'
    | 'part_returned'
    | 'returned';
  siteName: string;
  reference: string;
  description: string;
  /** What is owed; of a hold what is held, or what was taken of it. */
  amountMinor: number;
  /** What was given back since. */
  returnedMinor: number;
  /** What is left of an order that is paid in part; else 0. */
  leftMinor: number;
  currency: Currency;
  zone: string;
  locale: string;
  at: Date;
  /** The last attempt's own words, where there was one. */
  method: string | null;
  lastFour: string | null;
  authorization: string | null;
  shopUrl: string | null;
  /** Our link, where another try makes sense. */
  retry: boolean;
}

type Standing = PaymentSummary['state'];

/** Nothing can be paid at the link any more, by itself. */
const FINISHED: readonly Standing[] = [
  ...(['approved', 'held', 'charged', 'released', 'stored', 'closed', 'captured'] as const),
  ...(['partial_expired', 'part_returned', 'returned'] as const),
];
/** A hold that was let go, or captured in part, is no payment: the next session counts. */
const OWING: readonly OrderState[] = ['due', 'part_paid'];
const PAID: readonly OrderState[] = ['paid', 'overpaid', 'part_returned'];
/** Where another try, or the first one, makes sense. */
const RETRY: readonly Standing[] = ['unpaid', 'partial', 'rejected', 'cancelled', 'expired', 'failed'];

/** The order's word where it has one, else how its session stands; `hold`: the money was held first, and how that ended. */
function standing(owed: OrderState, session: Standing, hold: 'held' | 'released' | null): Standing {
  if (owed === 'part_returned' || owed === 'returned') return owed;
  if (PAID.includes(owed)) return 'approved';
  // One that was only presumed released may have been taken elsewhere: nothing is said of it.
  if (hold === 'released' && session === 'approved' && owed === 'due') return 'released';
  if (hold && session === 'approved' && owed === 'part_paid') return 'charged';
  // Given up, or not taken after all: nothing is to be paid here, and nothing is kept.
  if (owed === 'agreed' || (owed === 'due' && session === 'approved')) return 'closed';
  if (owed === 'held') return 'held';
  if (owed === 'nothing' && session === 'approved') return 'stored';
  return owed === 'part_paid' && session !== 'partial' && RETRY.includes(session) && session !== 'unpaid'
    ? 'partial_expired'
    : session;
}

/** A hold is charged for what was captured of it, whatever was owed when it was placed. */
function amountOfHold({ dueMinor, heldMinor, settledMinor }: ObligationRow): number {
  return settledMinor || heldMinor || dueMinor;
}

export type Visit = { kind: 'redirect'; url: string } | { kind: 'page'; summary: PaymentSummary };

/** The payer's side: one link per order, wherever its payment stands. */
@Injectable()
export class LinksService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly opening: OpeningService,
    private readonly transactions: TransactionsService,
    private readonly audit: AuditService,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** Leads to the live session, opens another after an unpaid end, or says why there is nothing to pay. */
  async visit(token: string, device: PayerDevice): Promise<Visit> {
    const order = await this.orderOf(token);
    return (await this.lead(order, device)) ?? (await this.lead(order, device)) ?? this.busy();
  }

  /** Null when another browser opened a session at this very moment: look again. */
  private async lead(order: OrderRow, device: PayerDevice): Promise<Visit | null> {
    const latest = await this.freshest(order);
    if ((latest?.state === 'pending' || latest?.state === 'partial') && latest.processUrl) {
      await this.noteVisit(latest);
      return { kind: 'redirect', url: latest.processUrl };
    }
    const summary = await this.summary(order, latest);
    const left = order.linkExpiresAt.getTime() - this.clock.now().getTime();
    if (FINISHED.includes(summary.state) || (latest && isCharging(latest))) return { kind: 'page', summary };
    if (order.closedAt) return { kind: 'page', summary };
    if (left < MIN_EXPIRATION_MS)
      return { kind: 'page', summary: { ...summary, state: 'link_expired', retry: false } };
    const url = await this.openAnother(order.id, device);
    return url === null ? null : { kind: 'redirect', url };
  }

  private busy(): never {
    throw new ProblemError('session_live');
  }

  /** Where the gateway sends the payer back to. The URL decides nothing: the gateway is asked at once. */
  async returned(token: string): Promise<PaymentSummary> {
    const order = await this.orderOf(token);
    const latest = await this.latest(order);
    if (latest?.state === 'pending' || latest?.state === 'partial')
      await this.sessions.ask(latest.id, 'return', PAYER);
    return this.summary(order, await this.latest(order));
  }

  private async orderOf(token: string): Promise<OrderRow> {
    const id = this.sealing.readId(token, LINK_PURPOSE);
    const order = id && (await this.store.order(id));
    if (!order) throw new ProblemError('not_found');
    return order;
  }

  /** The newest while something is owed; else the one that brought the money. */
  private async latest({ id, obligationId, agreedAt }: OrderRow): Promise<SessionRow | null> {
    const sessions = await this.store.ofOrder(id);
    const obligation = await this.database.manager.findOneByOrFail(ObligationRow, { id: obligationId });
    const newest = sessions[0] ?? null;
    if (OWING.includes(orderState(obligation, agreedAt !== null))) return newest;
    return sessions.find((session) => session.state === 'approved') ?? newest;
  }

  /** The session that counts, asked about if its time is over and waited for if it is just being opened. */
  private async freshest(order: OrderRow): Promise<SessionRow | null> {
    const deadline = Date.now() + WAIT_FOR_OPENING_MS;
    let latest = await this.latest(order);
    while (latest?.state === 'opening' && !latest.collected && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
      latest = await this.latest(order);
    }
    if (
      (latest?.state === 'pending' || latest?.state === 'partial') &&
      latest.expiresAt <= this.clock.now()
    ) {
      await this.sessions.ask(latest.id, 'visit', PAYER);
      latest = await this.latest(order);
    }
    return latest;
  }

  /** Null when another browser was quicker: its session is the one to go to. */
  private async openAnother(orderId: string, device: PayerDevice): Promise<string | null> {
    try {
      const id = await this.opening.openAgain(PAYER, orderId, device);
      return (await this.store.find(id))?.processUrl ?? null;
    } catch (error) {
      if (error instanceof ProblemError && (error.code === 'session_live' || error.code === 'order_paid'))
        return null;
      throw error;
    }
  }

  /** One entry per session is enough: reloading is not news. */
  private async noteVisit(session: SessionRow): Promise<void> {
    await this.database.transaction(async (manager) => {
      const { affected } = await manager
        .createQueryBuilder()
        .update(SessionRow)
        .set({ visitedAt: this.clock.now() })
        .where('id = :id AND visitedAt IS NULL', { id: session.id })
        .execute();
      if (!affected) return;
      await this.audit.record(manager, {
        kind: 'link.visited',
        actor: PAYER,
        siteId: session.siteId,
        orderId: session.orderId,
        subject: { type: 'session', id: session.id },
      });
    });
  }

  private async summary(order: OrderRow, session: SessionRow | null): Promise<PaymentSummary> {
    const { manager } = this.database;
    const site = await manager.findOneByOrFail(SiteRow, { id: order.siteId });
    const obligation = await manager.findOneByOrFail(ObligationRow, { id: order.obligationId });
    const rows = session ? await this.transactions.ofSession(manager, session.id) : [];
    // What we did to a payment since is no attempt of its payer.
    const attempt = rows.find(({ parentId }) => parentId === null);
    const owed = orderState(obligation, order.agreedAt !== null);
    const paid = PAID.includes(owed);
    const waitsForBank = attempt?.state === 'pending' || attempt?.state === 'unknown';
    const untouched =
      session?.state === 'pending' && !waitsForBank ? 'unpaid' : (session?.state ?? 'expired');
    const stands = session && isCharging(session) ? 'unknown' : untouched;
    const captured = attempt?.state === 'to_confirm' && session?.state === 'pending';
    const hold = attempt?.kind === 'checkin';
    const released = rows.some(({ kind, state: ended }) => kind === 'release' && ended === 'approved');
    const stood = captured
      ? 'captured'
      : standing(owed, stands, hold ? (released ? 'released' : 'held') : null);
    const withdrawn =
      order.closedAt !== null && ['cancelled', 'rejected', 'expired', 'failed'].includes(stood);
    const state = withdrawn ? 'withdrawn' : stood;
    const open = order.linkExpiresAt.getTime() - this.clock.now().getTime() >= MIN_EXPIRATION_MS;
    return {
      state,
      siteName: site.name,
      reference: order.reference,
      description: order.description,
      amountMinor: hold ? amountOfHold(obligation) : obligation.dueMinor,
      returnedMinor: obligation.returnedMinor,
      leftMinor: owed === 'part_paid' && state !== 'charged' ? remainderMinor(obligation) : 0,
      currency: obligation.currency,
      zone: site.zone,
      locale: order.locale,
      at: session?.endedAt ?? session?.createdAt ?? order.createdAt,
      method: attempt?.methodName ?? null,
      lastFour: attempt?.lastFour ?? null,
      authorization: paid ? (attempt?.authorizationCode ?? null) : null,
      shopUrl: order.returnUrl,
      retry:
        order.closedAt === null &&
        open &&
        (owed === 'due' || owed === 'nothing' || state === 'partial') &&
        RETRY.includes(state),
    };
  }
}
