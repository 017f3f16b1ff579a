import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency, SessionState, Terms } from '@recaudo/shared';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { AuditService, GATEWAY, SYSTEM, type Actor } from '../audit/audit.service.js';
import type { QueryAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { InstrumentRow } from '../instruments/instrument.entity.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { PayersService } from '../payers/payers.service.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import { ApplyingService } from './applying.service.js';
import { CollectRow } from './collect.entity.js';
import {
  nextLook,
  outcomeOf,
  SHIELD_MS,
  type CollectOutcome,
  type Holder,
  type Shield,
} from './collect.rules.js';
import { CreationService } from './creation.service.js';
import { newSession } from './opening.rules.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { SessionNews, type News } from './session-news.service.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';
import { termsOfRow } from './terms.rules.js';

/** Longer than the adapter's deadline for money: a charge without an answer after it counts as sent. */
const LEASE_MS = 45_000;
/** What the gateway gives a charge that names no end (protocol 3.4). */
const LIFE_MS = 30 * 60_000;
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

/** A charge that may be sent: what its intent wrote, and whose it is. */
export interface Intent {
  session: SessionRow;
  collect: CollectRow;
  order: OrderRow;
  account: OpenAccount;
  instrument: InstrumentRow;
}

/**
 * Charges stored means of payment: the intent is committed, then the gateway is asked, then its answer is committed. A
 * charge is a session that nobody pays by hand, so that whatever is known of sessions holds for it.
 */
@Injectable()
export class CollectingService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly applying: ApplyingService,
    private readonly creation: CreationService,
    private readonly news: SessionNews,
    private readonly obligations: ObligationsService,
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
    this.news.onMoved(async (manager, { session, before }) => {
      const { id, siteId, state, reason, collected } = session;
      if (!collected || state === 'unknown') return;
      if (before === 'unknown')
        await this.reviews.close(manager, siteId, 'operation_unknown', `session:${id}`);
      // It need not be looked at when its lease is over: that would be a third commit of every charge.
      const why = UNPAID.includes(state) ? { reason } : {};
      await manager.update(CollectRow, id, { nextLookAt: null, ...why });
    });
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
  ): Promise<Intent> {
    const { actor, account, instrumentId, terms, askedBy, motive, approvalId } = asking;
    const instrument = await this.instruments.requireUsable(manager, instrumentId, account.row.id);
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
    const collect: CollectRow = {
      ...{ id, siteId, gatewayAccountId, instrumentId, sends: 1, firstSentAt: now, sentAt: now },
      ...{ reason: null, nextLookAt: session.leaseUntil },
      ...{ askedBy, askedByName: actor.name, motive, approvalId },
    };
    await manager.insert(CollectRow, collect);
    await this.obligations.reserve(manager, obligation, session.amountMinor);
    await this.record(manager, 'collect.started', actor, session, {
      ...{ kind: terms.kind, instrumentId },
    });
    return { session, collect, order, account, instrument };
  }

  /** Asks the gateway, with no transaction open, and writes what it says. */
  async send(intent: Intent): Promise<void> {
    const { session, collect, account } = intent;
    const askedAt = this.clock.now();
    const answer = await this.ask(intent);
    if (answer.kind === 'refused' && answer.authentication)
      await this.sites.flag(account.row.id, answer.message);
    if (answer.kind === 'session') await this.sites.clearFlag(account.row);
    await this.settle(session, collect, answer, askedAt);
  }

  /**
   * What keeps the same charge from being made: that reference, total and currency went out on the account within 24
   * hours (protocol 8.7). Whether a refused one counts is documented nowhere, so it does; what never left does not.
   */
  async shieldOf(
    manager: EntityManager,
    wanted: { gatewayAccountId: string; reference: string; amountMinor: number; currency: Currency },
  ): Promise<Shield | null> {
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

  /** A token that cannot be opened is not sent. */
  private async ask({ session, order, account, instrument }: Intent): Promise<QueryAnswer> {
    const payer = await this.payers.inputOf(order.payerId);
    const token = this.instruments.openToken(instrument);
    if (token === null) return { kind: 'unsent', why: 'the stored means of payment cannot be read' };
    return this.gateways.port(account.row.gateway).collect(account.credentials, {
      ...{ reference: session.gatewayReference, description: order.description },
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
      return this.applying.apply(session.id, outcome.snapshot, 'operation', GATEWAY, askedAt);
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
      return this.leaveOpen(session, { why, discrepancy: false });
    }
    await this.leaveOpen(session, outcome);
  }

  private async holderOf(session: SessionRow, number: string): Promise<Holder> {
    const holder = await this.store.byNumber(session.gatewayAccountId, number);
    if (!holder || holder.id === session.id) return 'nobody';
    return holder.orderId === session.orderId ? 'same_order' : 'another_order';
  }

  /** Nobody knows whether it was charged: it stays live, and is looked at again. */
  async leaveOpen(
    session: SessionRow,
    { why, discrepancy }: Pick<Extract<CollectOutcome, { kind: 'unknown' }>, 'why' | 'discrepancy'>,
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      const owed = await this.store.lockOrder(manager, session.id);
      const held = await this.store.lock(manager, session.id);
      if (held.state !== 'opening' && held.state !== 'unknown') return;
      await this.becomeUnknown(manager, held, owed, why);
      if (discrepancy) await this.tell(manager, held, 'contradiction', why);
    });
  }

  /** The identical request is about to leave once more: one more send, and its lease. The caller holds the locks. */
  async again(manager: EntityManager, session: SessionRow, before: CollectRow): Promise<Intent> {
    const sends = before.sends + 1;
    const change = { sends, sentAt: this.clock.now(), nextLookAt: this.lease() };
    await manager.update(CollectRow, session.id, change);
    await this.record(manager, 'collect.resent', SYSTEM, session, { sends });
    const order = await manager.findOneByOrFail(OrderRow, { id: session.orderId });
    const instrument = await manager.findOneByOrFail(InstrumentRow, { id: before.instrumentId });
    const account = await this.sites.openAccount(session.gatewayAccountId, manager);
    return { session, collect: { ...before, ...change }, order, account, instrument };
  }

  private async becomeUnknown(
    manager: EntityManager,
    session: SessionRow,
    owed: Pick<News, 'order' | 'obligation'>,
    why: string,
  ): Promise<void> {
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
    await this.news.tell(manager, { session: { ...session, ...now }, before: session.state, ...owed });
    if (nextLookAt === null) await this.tell(manager, session, 'operation_unknown', why);
  }

  private lease(): Date {
    return new Date(this.clock.worker().getTime() + LEASE_MS);
  }

  /** A person finds out. */
  async tell(
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
