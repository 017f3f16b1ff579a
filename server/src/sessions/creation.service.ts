import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PayerInput, Terms } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService, SYSTEM, type Actor } from '../audit/audit.service.js';
import type { OpenAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { ProblemError } from '../platform/problem.js';
import { Sealing } from '../platform/sealing.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { newSession } from './opening.rules.js';
import { OrdersService, subject } from './orders.service.js';
import { nextProbe } from './probe.rules.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { SessionNews } from './session-news.service.js';
import { liveMinor } from './session.states.js';
import { SessionStore } from './session.store.js';
import { termsOfRow } from './terms.rules.js';

/** Longer than the adapter's deadline, so that its answer always finds the row still `opening`. */
export const OPENING_LEASE_MS = 40_000;
export const LINK_PURPOSE = 'payment-link';

export interface PayerDevice {
  ipAddress: string;
  userAgent: string;
}

/** One creation at the gateway: the intent is committed, then it is asked, then its answer is committed. */
@Injectable()
export class CreationService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly orders: OrdersService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly obligations: ObligationsService,
    private readonly news: SessionNews,
    private readonly audit: AuditService,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  linkUrl(orderId: string): string {
    return `${this.settings.publicUrl}/p/${this.sealing.signId(orderId, LINK_PURPOSE)}`;
  }

  /** The intent: the row and what it reserves of the obligation, whose lock the caller holds. */
  async intend(
    manager: EntityManager,
    actor: Actor,
    order: OrderRow,
    obligation: ObligationRow,
    asked: { account: OpenAccount; terms: Terms; expiresAt: Date },
  ): Promise<SessionRow> {
    const session = newSession(order, obligation, asked.terms, asked.account.row.id, {
      now: this.clock.now(),
      leaseUntil: new Date(this.clock.worker().getTime() + OPENING_LEASE_MS),
      expiresAt: asked.expiresAt,
    });
    await manager.insert(SessionRow, session);
    await this.orders.queueRemainder(manager, order, obligation);
    await this.obligations.reserve(manager, obligation, session.amountMinor);
    await this.record(manager, 'session.opening', actor, session, {
      kind: session.kind,
      amountMinor: session.amountMinor,
      currency: session.currency,
    });
    return session;
  }

  /** Asks the gateway and keeps its answer. Errors: gateway_refused, gateway_unreachable; the session failed then. */
  async ask(
    session: SessionRow,
    order: OrderRow,
    account: OpenAccount,
    by: { actor: Actor; payer: PayerInput | null; device: PayerDevice },
  ): Promise<void> {
    const answer = await this.gateways.port(account.row.gateway).createSession(account.credentials, {
      reference: session.gatewayReference,
      description: order.description,
      amountMinor: session.amountMinor,
      currency: session.currency,
      terms: termsOfRow(session),
      payer: by.payer,
      locale: session.locale,
      expiresAt: session.expiresAt,
      returnUrl: `${this.linkUrl(order.id)}/return`,
      notificationUrl: this.sites.notificationUrl(account.row.id),
      ...by.device,
    });
    if (answer.kind === 'opened') {
      await this.opened(session, order, by.actor, answer);
      await this.sites.clearFlag(account.row);
      return;
    }
    if (answer.kind === 'refused') {
      if (answer.authentication) await this.sites.flag(account.row.id, answer.message);
      await this.giveUp(session, answer.reason, answer.message);
      throw new ProblemError('gateway_refused', { detail: answer.message, subject: subject(session) });
    }
    await this.giveUp(session, 'gateway_unreachable', answer.why);
    throw new ProblemError('gateway_unreachable', { detail: answer.why, subject: subject(session) });
  }

  /** Gives up a creation whose answer was lost with its process. A late notification still finds the row. */
  async abandon(sessionId: string): Promise<void> {
    const session = await this.store.find(sessionId);
    if (session?.state === 'opening')
      await this.giveUp(session, 'gateway_unreachable', 'the answer was lost');
  }

  private async opened(
    session: SessionRow,
    order: OrderRow,
    actor: Actor,
    answer: Extract<OpenAnswer, { kind: 'opened' }>,
  ): Promise<void> {
    const planned = nextProbe(session.createdAt, session.expiresAt, this.clock.now());
    const inTime = await this.database.transaction(async (manager) => {
      const held = await this.store.lock(manager, session.id);
      // A notification may have overtaken the answer and moved the row on already.
      await manager.update(SessionRow, session.id, {
        ...(held.state === 'opening' ? { state: 'pending' as const } : {}),
        gatewayNumber: answer.number,
        processUrl: answer.processUrl,
        evidence: answer.evidence as object,
        leaseUntil: null,
        nextProbeAt: planned && this.clock.due(planned),
      });
      if (order.closedAt) await manager.update(OrderRow, order.id, { closedAt: null });
      await this.record(manager, 'session.opened', actor, session, { gatewayNumber: answer.number });
      return held.state !== 'failed';
    });
    // Given up meanwhile: nobody may pay it, and whoever still does is found by the probe.
    if (!inTime) throw new ProblemError('gateway_unreachable', { subject: subject(session) });
  }

  /** Nothing was opened, or charged: what it reserved is free again. */
  async giveUp(session: SessionRow, reason: string, message: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const owed = await this.store.lockOrder(manager, session.id);
      const held = await this.store.lock(manager, session.id);
      if (held.state !== 'opening' && held.state !== 'unknown') return;
      await this.end(manager, { ...owed, held }, { reason, message, actor: SYSTEM });
    });
  }

  /** The same in the caller's transaction, which holds the locks. */
  async end(
    manager: EntityManager,
    { order, obligation, held }: { order: OrderRow; obligation: ObligationRow; held: SessionRow },
    why: { reason: string; message: string; actor: Actor },
  ): Promise<void> {
    const told = { reason: why.reason.slice(0, 40), message: why.message.slice(0, 500) };
    const ended = { ...told, state: 'failed' as const, leaseUntil: null, endedAt: this.clock.now() };
    await manager.update(SessionRow, held.id, ended);
    const live = await this.store.liveOf(manager, held.orderId);
    await this.obligations.setReserved(manager, obligation, liveMinor(live));
    await this.orders.queueRemainder(manager, order, obligation);
    await this.record(manager, 'session.failed', why.actor, held, told);
    await this.news.tell(manager, { session: { ...held, ...ended }, before: held.state, order, obligation });
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    { siteId, orderId, id }: SessionRow,
    data: Record<string, string | number>,
  ): Promise<void> {
    await this.audit.record(manager, {
      kind,
      actor,
      siteId,
      orderId,
      subject: { type: 'session', id },
      data,
    });
  }
}
