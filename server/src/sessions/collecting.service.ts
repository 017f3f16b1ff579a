import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency, SessionState, Terms } from '@recaudo/shared';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { AuditService, GATEWAY, SYSTEM, type Actor } from '../audit/audit.service.js';
import type { QueryAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { dueRows } from '../platform/due-rows.js';
import { ProblemError } from '../platform/problem.js';
import { PayersService } from '../payers/payers.service.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { remainderMinor } from '../transactions/obligation.rules.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { TransactionsService } from '../transactions/transactions.service.js';
import { CollectRow } from './collect.entity.js';
import {
  mayResend,
  nextLook,
  outcomeOf,
  SHIELD_MS,
  type CollectOutcome,
  type Holder,
} from './collect.rules.js';
import { CreationService } from './creation.service.js';
import { newSession } from './opening.rules.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { SessionNews } from './session-news.service.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';
import { termsOfRow } from './terms.rules.js';

/** Longer than the adapter's deadline for money: a charge without an answer after it counts as sent. */
const LEASE_MS = 45_000;
const LOOK_LEASE_MS = 60_000;
/** What the gateway gives a charge that names no end (protocol 3.4). */
const LIFE_MS = 30 * 60_000;
const MINUTE = 60_000;
/** Ended, and nothing was charged. */
const UNPAID: readonly SessionState[] = ['rejected', 'failed', 'cancelled', 'expired'];

/** Who asks for a charge, and what for. */
export interface Asking {
  actor: Actor;
  account: OpenAccount;
  instrumentId: string;
  /** Basic, or a preauthorization, which holds the amount instead of taking it. */
  terms: Terms;
  askedBy: string | null;
  motive: string | null;
  approvalId: string | null;
}

/** Looks once more, under the obligation's lock, whether a charge may still be sent; answers why not, or null. */
export type LastLook = (manager: EntityManager, session: SessionRow) => Promise<string | null>;

/**
 * Charges stored means of payment: the intent is committed, then the gateway is asked, then its answer is committed. A
 * charge is a session that nobody pays by hand, so that whatever is known of sessions holds for it.
 */
@Injectable()
export class CollectingService implements OnModuleInit {
  private readonly lastLooks: LastLook[] = [];

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly creation: CreationService,
    private readonly news: SessionNews,
    private readonly obligations: ObligationsService,
    private readonly transactions: TransactionsService,
    private readonly instruments: InstrumentsService,
    private readonly payers: PayersService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly reviews: ReviewsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What became known needs nobody's eye any more. */
  onModuleInit(): void {
    this.news.onMoved(async (manager, session) => {
      const { id, siteId, state, collected } = session;
      if (!collected || state === 'unknown') return;
      await this.reviews.close(manager, siteId, 'operation_unknown', `session:${id}`);
      if (UNPAID.includes(state)) await this.keepReason(manager, session);
    });
  }

  /** Refused by the bank, it has an attempt that says why; refused before, only the call's own word. */
  private async keepReason(manager: EntityManager, { id, reason }: SessionRow): Promise<void> {
    const [attempt] = await this.transactions.ofSession(manager, id);
    await manager.update(CollectRow, id, { reason: attempt?.reason ?? reason });
  }

  /** Higher slices say what else must still hold before an unknown charge is sent again. */
  onLastLook(look: LastLook): void {
    this.lastLooks.push(look);
  }

  /**
   * The intent: all that the order owes, on this means of payment. The caller holds the obligation's lock and knows that
   * nothing else of the order is live. Errors: those of `InstrumentsService.requireUsable`.
   */
  async intend(
    manager: EntityManager,
    order: OrderRow,
    obligation: ObligationRow,
    asking: Asking,
  ): Promise<SessionRow> {
    const { actor, account, instrumentId, terms, askedBy, motive, approvalId } = asking;
    await this.instruments.requireUsable(manager, instrumentId, account.row.id);
    const now = this.clock.now();
    const session: SessionRow = {
      ...newSession(order, obligation, terms, account.row.id, {
        now,
        leaseUntil: this.lease(),
        expiresAt: new Date(now.getTime() + LIFE_MS),
      }),
      collected: true,
    };
    const { id, siteId, gatewayAccountId } = session;
    await manager.insert(SessionRow, session);
    await manager.insert(CollectRow, {
      ...{ id, siteId, gatewayAccountId, instrumentId, sends: 1, firstSentAt: now, sentAt: now },
      nextLookAt: session.leaseUntil,
      ...{ askedBy, askedByName: actor.name, motive, approvalId },
    });
    await this.obligations.reserve(manager, obligation, session.amountMinor);
    await this.record(manager, 'collect.started', actor, session, {
      ...{ kind: terms.kind, instrumentId },
    });
    return session;
  }

  /** Asks the gateway, with no transaction open, and writes what it says. */
  async send(session: SessionRow): Promise<SessionRow> {
    const collect = await this.database.manager.findOneByOrFail(CollectRow, { id: session.id });
    const account = await this.sites.openAccount(session.gatewayAccountId);
    const askedAt = this.clock.now();
    const answer = await this.ask(session, collect, account);
    if (answer.kind === 'refused' && answer.authentication)
      await this.sites.flag(account.row.id, answer.message);
    if (answer.kind === 'session') await this.sites.clearFlag(account.row);
    await this.settle(session, collect, answer, askedAt);
    return (await this.store.find(session.id)) ?? session;
  }

  async find(sessionId: string): Promise<CollectRow | null> {
    return this.database.manager.findOneBy(CollectRow, { id: sessionId });
  }

  /**
   * What keeps the same charge from being made: that reference, total and currency went out on the account within 24
   * hours (protocol 8.7). Whether a refused one counts is documented nowhere, so it does; what never left does not.
   */
  async shieldOf(
    manager: EntityManager,
    wanted: { gatewayAccountId: string; reference: string; amountMinor: number; currency: Currency },
  ): Promise<{ session: SessionRow; collect: CollectRow; until: Date } | null> {
    const { gatewayAccountId, reference: gatewayReference, amountMinor, currency } = wanted;
    const same = { gatewayAccountId, gatewayReference, amountMinor, currency, collected: true };
    const since = new Date(this.clock.now().getTime() - SHIELD_MS);
    const sessions = await manager.find(SessionRow, {
      where: { ...same, createdAt: MoreThan(new Date(since.getTime() - SHIELD_MS)) },
      order: { createdAt: 'DESC' },
      take: 20,
    });
    for (const session of sessions.filter(({ reason }) => reason !== 'unsent')) {
      const collect = await manager.findOneByOrFail(CollectRow, { id: session.id });
      if (collect.sentAt > since)
        return { session, collect, until: new Date(collect.sentAt.getTime() + SHIELD_MS) };
    }
    return null;
  }

  /** What a person asked for since then, in that currency; minor units. What was certainly not charged is not counted. */
  async askedSince(
    manager: EntityManager,
    asked: { by: string | null; siteId: string; currency: Currency; since: Date },
  ): Promise<number> {
    const row = await one<{ sum: string }>(
      manager,
      `SELECT coalesce(sum(s.amount_minor), 0) AS sum FROM collects c JOIN sessions s ON s.id = c.id
       WHERE c.asked_by = $1 AND c.first_sent_at >= $2 AND c.site_id = $3 AND s.currency = $4
         AND s.state NOT IN ('rejected', 'failed', 'cancelled', 'expired')`,
      [asked.by, asked.since, asked.siteId, asked.currency],
    );
    return Number(row?.sum ?? 0);
  }

  /** Charges whose answer is overdue, and those that nobody knows the outcome of. */
  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'collects', column: 'next_look_at', leaseMs: LOOK_LEASE_MS });
  }

  /** Finds out what became of a charge, by the means that money rules 5 allow, and no others. */
  async resolve(id: string): Promise<void> {
    const session = await this.store.find(id);
    if (!session) return;
    if (session.state === 'opening') await this.lose(session);
    else if (session.state !== 'unknown') return this.rest(id);
    if (session.gatewayNumber !== null) {
      const asked = await this.sessions.ask(id, 'probe');
      return asked === 'answered' ? this.rest(id) : this.lookLater(id);
    }
    const again = await this.resend(id);
    if (again) await this.send(again);
  }

  /** A token that cannot be opened is not sent. */
  private async ask(session: SessionRow, collect: CollectRow, account: OpenAccount): Promise<QueryAnswer> {
    const order = await this.store.order(session.orderId);
    const payer = await this.payers.inputOf(order?.payerId ?? null);
    const token = await this.instruments.openToken(collect.instrumentId);
    if (token === null) return { kind: 'unsent', why: 'the stored means of payment cannot be read' };
    return this.gateways.port(account.row.gateway).collect(account.credentials, {
      ...{ reference: session.gatewayReference, description: order?.description ?? session.gatewayReference },
      ...{ amountMinor: session.amountMinor, currency: session.currency, token },
      taxes: termsOfRow(session).taxes,
      ...{ payer: payer ?? {}, locale: session.locale },
      preauthorization: session.kind === 'preauthorization',
    });
  }

  private async settle(
    session: SessionRow,
    { sends, sentAt }: CollectRow,
    answer: QueryAnswer,
    askedAt: Date,
  ): Promise<void> {
    const { gatewayReference: reference, amountMinor, currency } = session;
    const told = answer.kind === 'session' ? answer.session.number : null;
    const holder = told === null ? 'nobody' : await this.holderOf(session, told);
    const outcome = outcomeOf({ reference, amountMinor, currency, sends, sentAt }, answer, holder);
    if (outcome.kind === 'told')
      return this.sessions.apply(session.id, outcome.snapshot, 'operation', GATEWAY, askedAt);
    if (outcome.kind === 'refused') {
      const distrusted = answer.kind === 'refused' && answer.authentication;
      const reason = distrusted ? 'credentials' : outcome.reason;
      return this.creation.giveUp(session, reason, outcome.message);
    }
    if (outcome.kind === 'shielded') {
      const why = `the gateway tells of session ${outcome.number}`;
      const earlier = await this.store.byNumber(session.gatewayAccountId, outcome.number);
      // What the earlier one came to is known first: until then nothing of the order is free.
      const asked = earlier ? await this.sessions.ask(earlier.id, 'operation') : 'no_answer';
      if (asked === 'answered') return this.creation.giveUp(session, 'shield', why);
      return this.leaveOpen(session, { kind: 'unknown', why, discrepancy: false });
    }
    await this.leaveOpen(session, outcome);
  }

  /**
   * Nobody could find out, and people say that nothing was charged: the order is free again. In the caller's transaction.
   * Errors: charge_not_unknown.
   */
  async stateUncharged(manager: EntityManager, id: string, evidence: string, actor: Actor): Promise<void> {
    const known = await manager.findOneByOrFail(SessionRow, { id });
    const order = await manager.findOneByOrFail(OrderRow, { id: known.orderId });
    const obligation = await this.obligations.lock(manager, order.obligationId);
    const held = await this.requireUnknown(manager, id);
    const why = { reason: 'settled_by_hand', message: evidence, actor };
    await this.creation.end(manager, { order, obligation, held }, why);
  }

  /** One that only a person can find out about, locked. Errors: charge_not_unknown. */
  async requireUnknown(manager: EntityManager, id: string): Promise<SessionRow> {
    const session = await this.store.lock(manager, id);
    const collect = await manager.findOneBy(CollectRow, { id });
    if (session.state !== 'unknown' || !collect || collect.nextLookAt !== null)
      throw new ProblemError('charge_not_unknown', { subject: { type: 'session', id } });
    return session;
  }

  private async holderOf(session: SessionRow, number: string): Promise<Holder> {
    const holder = await this.store.byNumber(session.gatewayAccountId, number);
    if (!holder || holder.id === session.id) return 'nobody';
    return holder.orderId === session.orderId ? 'same_order' : 'another_order';
  }

  /** Nobody knows whether it was charged: it stays live, and is looked at again. */
  private async leaveOpen(
    session: SessionRow,
    { why, discrepancy }: Extract<CollectOutcome, { kind: 'unknown' }>,
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      await this.lock(manager, session);
      const held = await this.store.lock(manager, session.id);
      if (held.state !== 'opening' && held.state !== 'unknown') return;
      await this.becomeUnknown(manager, held, why);
      if (discrepancy) await this.tell(manager, held, 'contradiction', why);
    });
  }

  /** The lease is over and no outcome was written: it counts as sent. */
  private async lose(session: SessionRow): Promise<void> {
    await this.leaveOpen(session, { kind: 'unknown', why: 'the answer was lost', discrepancy: false });
  }

  private async becomeUnknown(manager: EntityManager, session: SessionRow, why: string): Promise<void> {
    const collect = await manager.findOneByOrFail(CollectRow, { id: session.id });
    const nextLookAt = nextLook(collect, this.clock.worker());
    const now = {
      state: 'unknown' as const,
      reason: 'unknown',
      message: why.slice(0, 500),
      leaseUntil: null,
    };
    await manager.update(SessionRow, session.id, now);
    await manager.update(CollectRow, session.id, { nextLookAt });
    await this.record(manager, 'collect.unknown', GATEWAY, session, { why, sends: collect.sends });
    await this.news.tell(manager, { ...session, ...now });
    if (nextLookAt === null) await this.tell(manager, session, 'operation_unknown', why);
  }

  /** The identical request once more, after a last look under the lock; null: it is not sent, and a person is told. */
  private async resend(id: string): Promise<SessionRow | null> {
    return this.database.transaction(async (manager) => {
      const known = await manager.findOneByOrFail(SessionRow, { id });
      const obligation = await this.lock(manager, known);
      const session = await this.store.lock(manager, id);
      const collect = await manager.findOneByOrFail(CollectRow, { id });
      const now = this.clock.worker();
      if (session.state !== 'unknown' || session.gatewayNumber !== null) return null;
      const why = mayResend(collect, now)
        ? await this.whyNot(manager, session, collect, obligation)
        : 'spent';
      if (why !== null) {
        const later = why === 'spent' ? nextLook(collect, now) : null;
        await manager.update(CollectRow, id, { nextLookAt: later });
        if (later === null) await this.tell(manager, session, 'operation_unknown', why);
        return null;
      }
      const [sends, leaseUntil] = [collect.sends + 1, this.lease()];
      await manager.update(CollectRow, id, { sends, sentAt: this.clock.now(), nextLookAt: leaseUntil });
      await this.record(manager, 'collect.resent', SYSTEM, session, { sends });
      return session;
    });
  }

  private async whyNot(
    manager: EntityManager,
    session: SessionRow,
    { instrumentId }: CollectRow,
    obligation: ObligationRow,
  ): Promise<string | null> {
    if (remainderMinor(obligation) < session.amountMinor) return 'nothing_due';
    const live = await this.store.liveOf(manager, session.orderId);
    if (live.some(({ id }) => id !== session.id)) return 'session_live';
    for (const look of this.lastLooks) {
      const why = await look(manager, session);
      if (why !== null) return why;
    }
    // Last: whoever replaces it holds the schedules first.
    return (await this.instruments.isUsable(manager, instrumentId)) ? null : 'instrument_unusable';
  }

  private async rest(id: string): Promise<void> {
    await this.database.manager.update(CollectRow, id, { nextLookAt: null });
  }

  private async lookLater(id: string): Promise<void> {
    const nextLookAt = new Date(this.clock.worker().getTime() + 10 * MINUTE);
    await this.database.manager.update(CollectRow, id, { nextLookAt });
  }

  private async lock(manager: EntityManager, { orderId }: SessionRow): Promise<ObligationRow> {
    const { obligationId } = await manager.findOneByOrFail(OrderRow, { id: orderId });
    return this.obligations.lock(manager, obligationId);
  }

  private lease(): Date {
    return new Date(this.clock.worker().getTime() + LEASE_MS);
  }

  private async tell(
    manager: EntityManager,
    session: SessionRow,
    kind: 'contradiction' | 'operation_unknown',
    why: string,
  ): Promise<void> {
    const { id, siteId, orderId, gatewayReference: reference, amountMinor, currency } = session;
    await this.reviews.open(manager, {
      ...{ kind, siteId, orderId, reference, amountMinor, currency, sessionId: id },
      ...{ subject: `session:${id}`, data: { why } },
    });
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    { id, siteId, orderId, amountMinor, currency }: SessionRow,
    data: Record<string, string | number | boolean>,
  ): Promise<void> {
    await this.audit.record(manager, {
      ...{ kind, actor, siteId, orderId, subject: { type: 'session', id } },
      data: { amountMinor, currency, ...data },
    });
  }
}
