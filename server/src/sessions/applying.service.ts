import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService, GATEWAY, type Actor } from '../audit/audit.service.js';
import type { QueryAnswer, SessionSnapshot } from '../gateways/gateway.port.js';
import { PayersService } from '../payers/payers.service.js';
import { Clock } from '../platform/clock.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { InstrumentsService } from '../instruments/instruments.service.js';
import { RecurrencesService } from '../recurrences/recurrences.service.js';
import { ObligationsService } from '../transactions/obligations.service.js';
import { OperationsService } from '../transactions/operations.service.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import type { Source } from '../transactions/transaction.states.js';
import { TransactionsService } from '../transactions/transactions.service.js';
import { OrdersService } from './orders.service.js';
import { needsAttention, nextProbe } from './probe.rules.js';
import { nextSweep } from './sweep.rules.js';
import { queueOf } from './queue.rules.js';
import { OrderRow, SessionRow } from './session.entity.js';
import { isOver, liveMinor, sessionVerdict } from './session.states.js';
import { SessionNews } from './session-news.service.js';
import { SessionStore } from './session.store.js';
import { approvedMinor, confirmBy, finalPartOf, needsAccount, wordsOf } from './snapshot.rules.js';
import { termsOfRow } from './terms.rules.js';

interface Applying {
  session: SessionRow;
  order: OrderRow;
  obligation: ObligationRow;
  snapshot: SessionSnapshot;
  payerId: string | null;
  account: OpenAccount | null;
  /** A newer answer was applied before this one. */
  old: boolean;
}

/** The one door for session states: whatever a gateway says of a session is applied here. */
@Injectable()
export class ApplyingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly orders: OrdersService,
    private readonly sites: SitesService,
    private readonly transactions: TransactionsService,
    private readonly obligations: ObligationsService,
    private readonly operations: OperationsService,
    private readonly instruments: InstrumentsService,
    private readonly recurrences: RecurrencesService,
    private readonly payers: PayersService,
    private readonly reviews: ReviewsService,
    private readonly news: SessionNews,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies a snapshot: attempts settle, the state moves, the reservation follows. Locks: obligation, then session. One
   * that was asked for before another was applied is old: what is final in it counts, what was still open proves nothing.
   */
  async apply(
    sessionId: string,
    said: SessionSnapshot,
    source: Source,
    actor: Actor,
    askedAt: Date,
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      const { order, obligation } = await this.store.lockOrder(manager, sessionId);
      const session = await this.store.lock(manager, sessionId);
      const { gatewayAccountId } = session;
      const account = needsAccount(said) ? await this.sites.openAccount(gatewayAccountId, manager) : null;
      const payerId = await this.payerOf(manager, session, said);
      const old = session.lastAskedAt !== null && session.lastAskedAt > askedAt;
      const snapshot = old ? finalPartOf(said) : said;
      if (old && !isOver(said.state) && snapshot.attempts.length === 0) return;
      const context: Applying = { session, order, obligation, snapshot, payerId, account, old };
      const paidBefore = obligation.settledMinor;
      await this.settleAttempts(manager, context, source);
      const moved = await this.move(manager, context);
      const paid = obligation.settledMinor !== paidBefore;
      if (moved || paid) await this.followLive(manager, context, { moved, paid });
      // Of what was paid whole at once nothing ever waited.
      const whole = paidBefore === 0 && obligation.settledMinor >= obligation.dueMinor;
      if (!whole) await this.orders.queueRemainder(manager, order, obligation);
      if (snapshot.state === 'approved') await this.keep(manager, context);
      if (payerId && !order.payerId) await manager.update(OrderRow, order.id, { payerId });
      if (source === 'check')
        await this.record(manager, 'session.asked', actor, session, { source, answer: snapshot.state });
    });
  }

  private async settleAttempts(manager: EntityManager, context: Applying, source: Source): Promise<void> {
    const { session, order, obligation, snapshot, payerId } = context;
    for (const attempt of snapshot.attempts) {
      await this.transactions.settle(manager, {
        siteId: session.siteId,
        gatewayAccountId: session.gatewayAccountId,
        obligation,
        orderId: order.id,
        sessionId: session.id,
        payerId,
        asked:
          snapshot.kind === 'partial'
            ? null
            : { amountMinor: session.amountMinor, currency: session.currency },
        attempt,
        source,
        origin: session.origin,
      });
    }
    if (snapshot.attempts.length > 0) await this.operations.observe(manager, session.id, obligation);
  }

  /** True when the session may bring in more, or less, than before. */
  private async move(manager: EntityManager, context: Applying): Promise<boolean> {
    const { session, order, obligation, snapshot, payerId } = context;
    const judged = sessionVerdict(session.state, snapshot.state);
    const moves = judged === 'moves' || judged === 'late';
    const over = isOver(snapshot.state);
    const now = this.clock.now();
    // Whatever we hold: while the gateway calls it open, somebody may still pay it, and we must hear of that.
    const planned =
      over || session.state === 'approved' ? null : nextProbe(session.createdAt, session.expiresAt, now);
    const state = moves ? snapshot.state : session.state;
    const words = wordsOf(snapshot, session.collected);
    const endedAt = moves ? (over ? snapshot.at : null) : session.endedAt;
    const approved = Math.max(session.approvedMinor, approvedMinor(snapshot));
    await manager.update(SessionRow, session.id, {
      ...(moves || session.state === snapshot.state ? words : {}),
      ...(moves ? { leaseUntil: null } : {}),
      ...(over ? { cancelAskedAt: null } : {}),
      ...queueOf(
        { state, expiresAt: session.expiresAt },
        confirmBy(snapshot, context.account?.row.confirmationMinutes ?? null),
      ),
      state,
      endedAt,
      payerId,
      gatewayNumber: session.gatewayNumber ?? snapshot.number,
      approvedMinor: approved,
      attempts: Math.max(session.attempts, snapshot.attempts.length),
      lastFour: snapshot.attempts.at(-1)?.lastFour ?? snapshot.instrument?.lastFour ?? session.lastFour,
      evidence: snapshot.evidence as object,
      lastAskedAt: now,
      probes: session.probes + 1,
      nextProbeAt: planned && this.clock.due(planned),
      ...(moves && over && (approved > 0 || state === 'approved') ? { nextSweepAt: this.firstSweep() } : {}),
    });
    if (moves && (over || snapshot.state === 'partial')) {
      await this.record(manager, `session.${snapshot.state}`, GATEWAY, session, words);
    }
    if (moves && over) await this.closeIfOurs(manager, session, order, snapshot);
    if (judged === 'late' || (judged === 'contradicts' && !context.old)) {
      await this.openReview(manager, session, 'contradiction', { held: session.state, said: snapshot.state });
    }
    if (!over && needsAttention(session.expiresAt, now))
      await this.openReview(manager, session, 'unresolved', {});
    if (moves) {
      const now = { ...session, state, endedAt, reason: words.reason };
      await this.news.tell(manager, { session: now, before: session.state, order, obligation });
    }
    return moves || approved !== session.approvedMinor;
  }

  private firstSweep(): Date | null {
    const now = this.clock.now();
    const planned = nextSweep(now, now);
    return planned && this.clock.due(planned);
  }

  /** Ended by our own word: a cancelled session, or a captured payment that we did not take. */
  private async closeIfOurs(
    manager: EntityManager,
    session: SessionRow,
    order: OrderRow,
    { state, reason }: SessionSnapshot,
  ): Promise<void> {
    const { siteId, id } = session;
    await this.reviews.close(manager, siteId, 'live_link', `session:${id}`);
    const declined =
      session.kind === 'confirmation' &&
      state !== 'approved' &&
      (await this.operations.wasCancelled(manager, id));
    // Whatever word it ended by: one of us wanted it cancelled, and nobody has paid it.
    const wanted = session.cancelAskedAt !== null && state !== 'approved' && state !== 'partial_expired';
    if (reason === 'MC' || wanted || declined) await this.orders.close(manager, order);
  }

  /**
   * What the order's live sessions may still bring in stays reserved. Where the order is paid, and another of them can
   * still be paid, somebody should cancel that one.
   */
  private async followLive(
    manager: EntityManager,
    { session, order, obligation }: Applying,
    { moved, paid }: { moved: boolean; paid: boolean },
  ): Promise<void> {
    const live = await this.store.liveOf(manager, order.id);
    if (moved) await this.obligations.setReserved(manager, obligation, liveMinor(live));
    const { settledMinor, dueMinor, currency } = obligation;
    if (!paid) return;
    if (settledMinor < dueMinor)
      return this.record(manager, 'order.part_paid', GATEWAY, session, { dueMinor, settledMinor, currency });
    for (const each of live.filter(({ id }) => id !== session.id))
      await this.openReview(manager, each, 'live_link', { sessionId: each.id });
  }

  /** Of a charge the gateway only repeats whom we named; elsewhere it tells who has paid. */
  private async payerOf(
    manager: EntityManager,
    { siteId, payerId, collected }: SessionRow,
    { payer }: SessionSnapshot,
  ): Promise<string | null> {
    if (collected && payerId !== null) return payerId;
    return (await this.payers.remember(manager, siteId, payer)) ?? payerId;
  }

  /** What an approved session leaves behind: a stored means of payment, a recurrence that the gateway runs. */
  private async keep(manager: EntityManager, context: Applying): Promise<void> {
    const { session, order, snapshot, payerId, account } = context;
    const { siteId, gatewayAccountId, id: sessionId } = session;
    const { id: orderId, replacesInstrumentId: replacesId } = order;
    const owner = { siteId, gatewayAccountId, payerId, sessionId, orderId, replacesId };
    if (snapshot.instrument) await this.instruments.remember(manager, owner, snapshot.instrument);
    const recurring = termsOfRow(session).recurring ?? snapshot.terms.recurring;
    if (snapshot.kind !== 'recurring' || !recurring || !account) return;
    const { gatewayReference: reference, amountMinor, currency } = session;
    const { zone } = account.site;
    await this.recurrences.begin(manager, {
      ...{ siteId, gatewayAccountId, sessionId, orderId: order.id, reference, amountMinor, currency },
      ...{ recurring, zone, paidAt: snapshot.at },
    });
  }

  /** Nothing is known that was not known before: say so where a person asked, and keep to the timetable. */
  async noteNoAnswer(session: SessionRow, answer: QueryAnswer, source: Source, actor: Actor): Promise<void> {
    const why = answer.kind === 'unknown' || answer.kind === 'unsent' ? answer.why : answer.kind;
    await this.database.transaction(async (manager) => {
      const held = await this.store.lock(manager, session.id);
      if (held.state === 'pending' || held.state === 'partial') {
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
    kind: 'contradiction' | 'unresolved' | 'live_link',
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
}
