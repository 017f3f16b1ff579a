import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { CreateSession, PayerInput } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, type Actor } from '../audit/audit.service.js';
import type { OpenAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { PayersService } from '../payers/payers.service.js';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { isUniqueViolation } from '../platform/database.js';
import { bindKey, claimKey } from '../platform/idempotency.js';
import { ProblemError, fieldProblem } from '../platform/problem.js';
import { Sealing } from '../platform/sealing.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { orderState, TransactionsService } from '../transactions/transactions.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { expirationOf, newSession } from './opening.rules.js';
import { nextProbe } from './probe.rules.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { LIVE_SESSION_STATES } from './session.states.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';

/** Longer than the adapter's deadline, so that its answer always finds the row still `opening`. */
export const OPENING_LEASE_MS = 40_000;
export const LINK_PURPOSE = 'payment-link';

export interface PayerDevice {
  ipAddress: string;
  userAgent: string;
}

/** Opens checkouts: intent committed → gateway asked → outcome committed. No transaction is open in between. */
@Injectable()
export class OpeningService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly transactions: TransactionsService,
    private readonly payers: PayersService,
    private readonly audit: AuditService,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Opens a session for a new order, or for one that ended unpaid. The same key and body answer with the same
   * session, unless that one failed: then another is opened. Errors: validation by field, order_paid,
   * session_live, order_differs, idempotency_key_reused, request_in_progress, gateway_refused, gateway_unreachable.
   */
  async open(
    me: Principal,
    input: CreateSession,
    key: string,
    device: PayerDevice,
  ): Promise<{ id: string; repeated: boolean }> {
    if (!maySee(me.scope, input.siteId)) throw fieldProblem('siteId', 'not_found');
    const account = await this.sites.accountOf(input.siteId);
    const expiresAt = expirationOf(input.expiresAt, this.clock.now());
    if (input.payer && Object.values(input.payer).some((text) => text === ''))
      throw fieldProblem('payer', 'empty');
    const existing = await this.store.orderByReference(this.database.manager, input.siteId, input.reference);
    if (existing) await this.askIfOver(existing.id);
    const begun = await this.begin(input, async (manager) => {
      const repeated = await this.repeatOf(manager, me, key, input);
      if (repeated) return { id: repeated, repeated: true as const };
      const order = await this.orderFor(manager, me, input, account, expiresAt);
      const session = await this.insertSession(manager, me, order, account, expiresAt);
      await bindKey(manager, me.id, key, session.id);
      return { id: session.id, repeated: false as const, session, order };
    });
    if (begun.repeated) return begun;
    await this.ask(begun.session, begun.order, account, me, input.payer ?? null, device);
    return { id: begun.id, repeated: false };
  }

  /** Opens the next session of an order whose last one ended unpaid, for the payer who stands at its link. */
  async openAgain(actor: Actor, orderId: string, device: PayerDevice): Promise<string> {
    const known = await this.store.order(orderId);
    if (!known) throw new ProblemError('not_found');
    const account = await this.sites.accountOf(known.siteId);
    await this.askIfOver(orderId);
    const { session, order } = await this.begin(known, async (manager) => {
      const order = await manager.findOneByOrFail(OrderRow, { id: orderId });
      await this.requireOpenable(manager, order);
      return {
        order,
        session: await this.insertSession(manager, actor, order, account, order.linkExpiresAt),
      };
    });
    const payer = await this.payerOf(order.payerId);
    await this.ask(session, order, account, actor, payer, device);
    return session.id;
  }

  /** Gives up a creation whose answer was lost with its process. A late notification still finds the row. */
  async abandon(sessionId: string): Promise<void> {
    const session = await this.store.find(sessionId);
    if (session?.state === 'opening') await this.fail(session, 'gateway_unreachable', 'the answer was lost');
  }

  /** A session past its time may have ended without us hearing of it: only the gateway knows. */
  private async askIfOver(orderId: string): Promise<void> {
    const [latest] = await this.store.ofOrder(orderId);
    if (latest?.state === 'pending' && latest.expiresAt <= this.clock.now())
      await this.sessions.ask(latest.id, 'visit');
  }

  linkUrl(orderId: string): string {
    return `${this.settings.publicUrl}/p/${this.sealing.signId(orderId, LINK_PURPOSE)}`;
  }

  /** The unique indexes have the last word when two open at once; the loser is told who won. */
  private async begin<T>(
    wanted: { siteId: string; reference: string },
    act: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.database.transaction(act);
    } catch (error) {
      const lost = ['sessions_live_key', 'orders_reference_key'].some((index) =>
        isUniqueViolation(error, index),
      );
      if (!lost) throw error;
      const order = await this.store.orderByReference(this.database.manager, wanted.siteId, wanted.reference);
      const [winner] = order ? await this.store.ofOrder(order.id) : [];
      throw sessionLive(winner);
    }
  }

  /** The session that this very request opened before; one that failed does not count. */
  private async repeatOf(
    manager: EntityManager,
    me: Principal,
    key: string,
    input: CreateSession,
  ): Promise<string | null> {
    const id = await claimKey(manager, me.id, key, input, this.clock.worker());
    const session = id && (await manager.findOneBy(SessionRow, { id }));
    if (!session || session.state === 'failed') return null;
    if (session.state === 'opening')
      throw new ProblemError('request_in_progress', { subject: subject(session) });
    return session.id;
  }

  private async orderFor(
    manager: EntityManager,
    me: Principal,
    input: CreateSession,
    account: OpenAccount,
    expiresAt: Date,
  ): Promise<OrderRow> {
    const existing = await this.store.orderByReference(manager, input.siteId, input.reference);
    if (existing) return this.reopen(manager, me, existing, input, expiresAt);
    const obligation = await this.transactions.openObligation(manager, input.siteId, input);
    const order: OrderRow = {
      id: uuidv7(),
      siteId: input.siteId,
      obligationId: obligation.id,
      payerId: await this.payers.remember(manager, input.siteId, input.payer),
      reference: input.reference,
      description: input.description,
      locale: input.locale ?? `es_${account.site.country}`,
      returnUrl: input.returnUrl ?? account.site.returnUrl,
      linkExpiresAt: expiresAt,
      createdAt: this.clock.now(),
    };
    await manager.insert(OrderRow, order);
    return order;
  }

  /**
   * The order once more, as it is described now. Its amount is settled once the gateway has heard of it; before that
   * it may still be corrected. Errors: order_paid, session_live, order_differs.
   */
  private async reopen(
    manager: EntityManager,
    me: Principal,
    order: OrderRow,
    input: CreateSession,
    expiresAt: Date,
  ): Promise<OrderRow> {
    const obligation = await this.requireOpenable(manager, order);
    const same = obligation.dueMinor === input.amountMinor && obligation.currency === input.currency;
    if (!same && (await this.store.isKnownToGateway(manager, order.id))) {
      throw new ProblemError('order_differs', {
        subject: { type: 'order', id: order.id },
        errors: { amountMinor: ['order_differs'] },
      });
    }
    if (!same) await this.transactions.correctDue(manager, obligation, input);
    const told = {
      description: input.description,
      locale: input.locale ?? order.locale,
      returnUrl: input.returnUrl ?? order.returnUrl,
      payerId: (await this.payers.remember(manager, order.siteId, input.payer)) ?? order.payerId,
      linkExpiresAt: expiresAt,
    };
    await manager.update(OrderRow, order.id, told);
    await this.audit.record(manager, {
      kind: 'order.reopened',
      actor: me,
      siteId: order.siteId,
      orderId: order.id,
      subject: { type: 'order', id: order.id },
      data: {
        amountMinor: input.amountMinor,
        currency: input.currency,
        description: input.description,
        before: order.description,
      },
    });
    return { ...order, ...told };
  }

  /** Errors: order_paid, session_live; each names what it found. Leaves the obligation locked. */
  private async requireOpenable(manager: EntityManager, order: OrderRow): Promise<ObligationRow> {
    const obligation = await this.transactions.lockObligation(manager, order.obligationId);
    const sessions = await this.store.ofOrder(order.id, manager);
    if (orderState(obligation) !== 'due') {
      const paid = sessions.find((session) => session.state === 'approved') ?? sessions[0];
      throw new ProblemError('order_paid', {
        errors: { reference: ['order_paid'] },
        ...(paid ? { subject: subject(paid) } : {}),
      });
    }
    const live = sessions.find((session) => LIVE_SESSION_STATES.includes(session.state));
    if (live) throw sessionLive(live);
    return obligation;
  }

  private async insertSession(
    manager: EntityManager,
    actor: Actor,
    order: OrderRow,
    account: OpenAccount,
    expiresAt: Date,
  ): Promise<SessionRow> {
    const obligation = await this.transactions.lockObligation(manager, order.obligationId);
    const leaseUntil = new Date(this.clock.worker().getTime() + OPENING_LEASE_MS);
    const session = newSession(order, obligation, account.row.id, {
      now: this.clock.now(),
      leaseUntil,
      expiresAt,
    });
    await manager.insert(SessionRow, session);
    await this.transactions.reserve(manager, obligation, session.amountMinor);
    await this.record(manager, 'session.opening', actor, session, {
      amountMinor: session.amountMinor,
      currency: session.currency,
    });
    return session;
  }

  private async ask(
    session: SessionRow,
    order: OrderRow,
    account: OpenAccount,
    actor: Actor,
    payer: PayerInput | null,
    device: PayerDevice,
  ): Promise<void> {
    const answer = await this.gateways.port(account.row.gateway).createSession(account.credentials, {
      reference: session.gatewayReference,
      description: order.description,
      amountMinor: session.amountMinor,
      currency: session.currency,
      payer,
      locale: session.locale,
      expiresAt: session.expiresAt,
      returnUrl: `${this.linkUrl(order.id)}/return`,
      ...device,
    });
    if (answer.kind === 'opened') {
      await this.opened(session, actor, answer);
      await this.sites.clearFlag(account.row);
      return;
    }
    if (answer.kind === 'refused') {
      if (answer.authentication) await this.sites.flag(account.row.id, answer.message);
      await this.fail(session, answer.reason, answer.message);
      throw new ProblemError('gateway_refused', { detail: answer.message, subject: subject(session) });
    }
    await this.fail(session, 'gateway_unreachable', answer.why);
    throw new ProblemError('gateway_unreachable', { detail: answer.why, subject: subject(session) });
  }

  private async opened(
    session: SessionRow,
    actor: Actor,
    answer: Extract<OpenAnswer, { kind: 'opened' }>,
  ): Promise<void> {
    const planned = nextProbe(session.createdAt, session.expiresAt, this.clock.now());
    const inTime = await this.database.transaction(async (manager) => {
      const held = await manager.findOneOrFail(SessionRow, {
        where: { id: session.id },
        lock: { mode: 'pessimistic_write' },
      });
      // A notification may have overtaken the answer and moved the row on already.
      await manager.update(SessionRow, session.id, {
        ...(held.state === 'opening' ? { state: 'pending' as const } : {}),
        gatewayNumber: answer.number,
        processUrl: answer.processUrl,
        evidence: answer.evidence as object,
        leaseUntil: null,
        nextProbeAt: planned && this.clock.due(planned),
      });
      await this.record(manager, 'session.opened', actor, session, { gatewayNumber: answer.number });
      return held.state !== 'failed';
    });
    // Given up meanwhile: nobody may pay it, and whoever still does is found by the probe.
    if (!inTime) throw new ProblemError('gateway_unreachable', { subject: subject(session) });
  }

  private async fail(session: SessionRow, reason: string, message: string): Promise<void> {
    const order = await this.store.order(session.orderId);
    await this.database.transaction(async (manager) => {
      const obligation = await this.transactions.lockObligation(manager, order?.obligationId ?? '');
      const held = await manager.findOneOrFail(SessionRow, {
        where: { id: session.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (held.state !== 'opening') return;
      await manager.update(SessionRow, session.id, {
        state: 'failed',
        reason: reason.slice(0, 40),
        message: message.slice(0, 500),
        leaseUntil: null,
        endedAt: this.clock.now(),
      });
      await this.transactions.hold(manager, obligation, await this.store.liveMinor(manager, session.orderId));
      await this.record(manager, 'session.failed', { type: 'system', id: null, name: null }, session, {
        reason,
        message: message.slice(0, 500),
      });
    });
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    session: SessionRow,
    data: Record<string, string | number>,
  ): Promise<void> {
    const { siteId, orderId, id } = session;
    await this.audit.record(manager, {
      kind,
      actor,
      siteId,
      orderId,
      subject: { type: 'session', id },
      data,
    });
  }

  private async payerOf(payerId: string | null): Promise<PayerInput | null> {
    if (!payerId) return null;
    const row = await this.payers.find(payerId);
    if (!row) return null;
    const { name, surname, email, documentType, document, mobile } = row;
    const known = Object.entries({ name, surname, email, documentType, document, mobile }).filter(
      ([, value]) => value !== null,
    );
    return Object.fromEntries(known);
  }
}

function sessionLive(live: SessionRow | undefined): ProblemError {
  return new ProblemError('session_live', {
    errors: { reference: ['session_live'] },
    ...(live ? { subject: subject(live) } : {}),
  });
}

function subject(session: SessionRow): { type: string; id: string } {
  return { type: 'session', id: session.id };
}
