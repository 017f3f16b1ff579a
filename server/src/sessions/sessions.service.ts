import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService, GATEWAY, SYSTEM, type Actor } from '../audit/audit.service.js';
import type { QueryAnswer, SessionSnapshot } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { PayersService } from '../payers/payers.service.js';
import { Clock } from '../platform/clock.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { SitesService } from '../sites/sites.service.js';
import { TransactionsService, type Source } from '../transactions/transactions.service.js';
import { needsAttention, nextProbe } from './probe.rules.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { sessionVerdict } from './session.states.js';
import { SessionStore } from './session.store.js';

/** How asking went: the gateway told us about the session, or it did not and we know no more than before. */
export type Asked = 'answered' | 'no_answer';

/** The one door for session states: whoever brings news, the gateway is asked and its answer applied here. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly transactions: TransactionsService,
    private readonly payers: PayersService,
    private readonly reviews: ReviewsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Asks the gateway about a session and applies what it says. Sessions without a number cannot be asked about. */
  async ask(sessionId: string, source: Source, actor: Actor = SYSTEM): Promise<Asked> {
    const session = await this.store.find(sessionId);
    if (!session?.gatewayNumber) return 'no_answer';
    const account = await this.sites.openAccount(session.gatewayAccountId);
    const answer = await this.gateways
      .port(account.row.gateway)
      .querySession(account.credentials, session.gatewayNumber);
    if (answer.kind === 'refused' && answer.authentication)
      await this.sites.flag(account.row.id, answer.message);
    if (answer.kind === 'session') await this.sites.clearFlag(account.row);
    const mismatch = answer.kind === 'session' && answer.session.reference !== session.gatewayReference;
    if (answer.kind !== 'session' || mismatch) {
      await this.noteNoAnswer(session, answer, source, actor);
      return 'no_answer';
    }
    await this.apply(session.id, answer.session, source, actor);
    return 'answered';
  }

  /**
   * A verified notification about a number we do not know. A session of ours whose creation was never answered
   * is found by reference and amount, and takes the number. `no_answer`: ask again later.
   */
  async adoptOrphan(
    accountId: string,
    number: string,
    reference: string,
  ): Promise<'adopted' | 'not_ours' | 'no_answer'> {
    const candidates = await this.store.withoutNumber(accountId, reference);
    if (candidates.length === 0) return 'not_ours';
    // One of them may be about to hear its own number: whose this one is shows when it has.
    if (candidates.some((candidate) => candidate.state === 'opening')) return 'no_answer';
    const account = await this.sites.openAccount(accountId);
    const answer = await this.gateways.port(account.row.gateway).querySession(account.credentials, number);
    if (answer.kind !== 'session') return 'no_answer';
    const { askedMinor, askedCurrency } = answer.session;
    const orphan = candidates.find(
      (candidate) => candidate.amountMinor === askedMinor && candidate.currency === askedCurrency,
    );
    if (!orphan || answer.session.reference !== orphan.gatewayReference) return 'not_ours';
    await this.database.manager.update(SessionRow, orphan.id, { gatewayNumber: number });
    await this.apply(orphan.id, answer.session, 'notification', GATEWAY);
    return 'adopted';
  }

  /** Applies a snapshot: attempts settle, the state moves, the reservation follows. Locks: obligation, then session. */
  async apply(sessionId: string, snapshot: SessionSnapshot, source: Source, actor: Actor): Promise<void> {
    const known = await this.store.find(sessionId);
    const order = known && (await this.store.order(known.orderId));
    if (!known || !order) throw new Error(`session ${sessionId} does not exist`);
    await this.database.transaction(async (manager) => {
      const obligation = await this.transactions.lockObligation(manager, order.obligationId);
      const session = await manager.findOneOrFail(SessionRow, {
        where: { id: sessionId },
        lock: { mode: 'pessimistic_write' },
      });
      const payerId =
        (await this.payers.remember(manager, session.siteId, snapshot.payer)) ?? session.payerId;
      for (const attempt of snapshot.attempts) {
        await this.transactions.settle(manager, {
          siteId: session.siteId,
          gatewayAccountId: session.gatewayAccountId,
          obligation,
          orderId: order.id,
          sessionId: session.id,
          payerId,
          asked: { amountMinor: session.amountMinor, currency: session.currency },
          attempt,
          source,
        });
      }
      const moved = await this.move(manager, session, snapshot, payerId);
      if (moved)
        await this.transactions.hold(manager, obligation, await this.store.liveMinor(manager, order.id));
      if (payerId && !order.payerId) await manager.update(OrderRow, order.id, { payerId });
      if (source === 'check')
        await this.record(manager, 'session.asked', actor, session, { source, answer: snapshot.state });
    });
  }

  private async move(
    manager: EntityManager,
    session: SessionRow,
    snapshot: SessionSnapshot,
    payerId: string | null,
  ): Promise<boolean> {
    const judged = sessionVerdict(session.state, snapshot.state);
    const moves = judged === 'moves' || judged === 'late';
    const final = snapshot.state !== 'pending';
    const now = this.clock.now();
    // Whatever we hold: while the gateway calls it pending, somebody may still pay it, and we must hear of that.
    const planned =
      final || session.state === 'approved' ? null : nextProbe(session.createdAt, session.expiresAt, now);
    await manager.update(SessionRow, session.id, {
      ...(moves || session.state === snapshot.state
        ? { reason: snapshot.reason.slice(0, 40), message: snapshot.message.slice(0, 500) }
        : {}),
      ...(moves ? { state: snapshot.state, endedAt: final ? snapshot.at : null, leaseUntil: null } : {}),
      payerId,
      attempts: snapshot.attempts.length,
      lastFour: snapshot.attempts.at(-1)?.lastFour ?? session.lastFour,
      evidence: snapshot.evidence as object,
      lastAskedAt: now,
      probes: session.probes + 1,
      nextProbeAt: planned && this.clock.due(planned),
    });
    if (moves && final) {
      const data = { reason: snapshot.reason, message: snapshot.message.slice(0, 500) };
      await this.record(manager, `session.${snapshot.state}`, GATEWAY, session, data);
    }
    if (judged === 'late' || judged === 'contradicts') {
      await this.openReview(manager, session, 'contradiction', { held: session.state, said: snapshot.state });
    }
    if (!final && needsAttention(session.expiresAt, now))
      await this.openReview(manager, session, 'unresolved', {});
    return moves;
  }

  /** Nothing is known that was not known before: say so where a person asked, and keep to the timetable. */
  private async noteNoAnswer(
    session: SessionRow,
    answer: QueryAnswer,
    source: Source,
    actor: Actor,
  ): Promise<void> {
    const why = answer.kind === 'unknown' || answer.kind === 'unsent' ? answer.why : answer.kind;
    await this.database.transaction(async (manager) => {
      const held = await manager.findOneOrFail(SessionRow, {
        where: { id: session.id },
        lock: { mode: 'pessimistic_write' },
      });
      if (held.state === 'pending') {
        const now = this.clock.now();
        const planned = nextProbe(held.createdAt, held.expiresAt, now);
        await manager.update(SessionRow, held.id, {
          probes: held.probes + 1,
          nextProbeAt: planned && this.clock.due(planned),
        });
        if (needsAttention(held.expiresAt, now)) await this.openReview(manager, held, 'unresolved', { why });
      }
      if (source === 'check')
        await this.record(manager, 'session.asked', actor, session, { source, answer: 'no_answer', why });
    });
  }

  private async openReview(
    manager: EntityManager,
    session: SessionRow,
    kind: 'contradiction' | 'unresolved',
    data: Record<string, string>,
  ): Promise<void> {
    await this.reviews.open(manager, {
      kind,
      siteId: session.siteId,
      subject: `session:${session.id}`,
      orderId: session.orderId,
      sessionId: session.id,
      reference: session.gatewayReference,
      amountMinor: session.amountMinor,
      currency: session.currency,
      data,
    });
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    session: SessionRow,
    data: Record<string, string>,
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
}
