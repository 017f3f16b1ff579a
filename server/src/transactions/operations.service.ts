import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, GATEWAY, SYSTEM, type Actor } from '../audit/audit.service.js';
import type { OperationAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { isUniqueViolation } from '../platform/database.js';
import { dueRows } from '../platform/due-rows.js';
import { bindKey, claimKey } from '../platform/idempotency.js';
import { ProblemError } from '../platform/problem.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { SitesService } from '../sites/sites.service.js';
import type { Principal } from '../staff/access.js';
import { ObligationsService } from './obligations.service.js';
import {
  ATTENTION_AFTER_MS,
  intentOf,
  MAX_SENDS,
  nextAsk,
  outcomeOf,
  outcomeSeen,
  type OperationKind,
  type OperationOutcome,
} from './operation.rules.js';
import { OutcomeRow, TransactionRow } from './transaction.entity.js';
import { LIVE_OPERATION_STATES } from './transaction.states.js';
import { TransactionsService } from './transactions.service.js';

/** Longer than the adapter's deadline for money: an operation without an outcome after it counts as sent. */
const LEASE_MS = 45_000;
const ASK_LEASE_MS = 60_000;

/** The payment that is acted on, and the order on whose timeline it is told. */
export interface Target {
  paymentId: string;
  orderId: string;
  locale: string;
}

/**
 * Whatever is done to a payment goes this one way: the intent is committed, the gateway is asked, the outcome is
 * committed. The intent is the claim: it is never simply run again.
 */
@Injectable()
export class OperationsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly transactions: TransactionsService,
    private readonly obligations: ObligationsService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
    private readonly reviews: ReviewsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Does it, once; the same key answers with what the first request came to. Errors: not_to_confirm,
   * operation_live naming the one under way, idempotency_key_reused, request_in_progress.
   */
  async run(me: Principal, kind: OperationKind, target: Target, key: string): Promise<TransactionRow> {
    const { operation, repeated } = await this.begin(me, kind, target, key);
    if (!repeated) return this.send(operation, target);
    if (operation.state !== 'started') return operation;
    throw new ProblemError('request_in_progress', { subject: { type: operation.kind, id: operation.id } });
  }

  /** Those whose answer is overdue, and those that nobody knows the outcome of. */
  due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'transactions', column: 'next_ask_at', leaseMs: ASK_LEASE_MS });
  }

  async find(id: string): Promise<TransactionRow | null> {
    return this.database.manager.findOneBy(TransactionRow, { id });
  }

  /** The lease is over and no outcome was written: it may have been done. Asking decides. */
  async lose(operation: TransactionRow, orderId: string): Promise<void> {
    if (operation.state !== 'started') return;
    await this.database.transaction(async (manager) => {
      const held = await this.lock(manager, operation);
      const lost = { state: 'unknown' as const, reason: 'unknown', message: 'the answer was lost' };
      if (held.state === 'started') await this.write(manager, held, lost, orderId, 'probe', null);
    });
  }

  /** Sends it once more; only for a payment that was just seen to wait still. Null when it may not. */
  async resend(operation: TransactionRow, target: Target): Promise<TransactionRow | null> {
    const again = await this.database.transaction(async (manager) => {
      const held = await this.lock(manager, operation);
      if (held.state !== 'unknown' || held.sends >= MAX_SENDS) return null;
      const change = { sends: held.sends + 1, leaseUntil: this.lease(), nextAskAt: this.lease() };
      await manager.update(TransactionRow, held.id, change);
      await this.record(manager, 'operation.resent', SYSTEM, held, target.orderId, { sends: change.sends });
      return { ...held, ...change };
    });
    return again && this.send(again, target);
  }

  /** Nothing new is known: look again later, and tell a person in time. */
  async postpone(operation: TransactionRow, orderId: string): Promise<void> {
    const now = this.clock.worker();
    const spent = operation.sends >= MAX_SENDS;
    await this.database.transaction(async (manager) => {
      const nextAskAt = nextAsk(operation.createdAt, now);
      await manager.update(TransactionRow, { id: operation.id, state: In(LIVE) }, { nextAskAt });
      if (!spent && now.getTime() - operation.createdAt.getTime() < ATTENTION_AFTER_MS) return;
      await this.reviews.open(manager, {
        kind: 'operation_unknown',
        siteId: operation.siteId,
        subject: `transaction:${operation.id}`,
        orderId,
        sessionId: operation.sessionId,
        reference: operation.gatewayReference,
        amountMinor: operation.askedMinor,
        currency: operation.askedCurrency,
        data: { kind: operation.kind, sends: operation.sends },
      });
    });
  }

  /** The gateway was asked about the session: what its payments are now says what became of the live operations. */
  async observe(manager: EntityManager, sessionId: string, orderId: string): Promise<void> {
    const live = await manager.findBy(TransactionRow, {
      sessionId,
      kind: In(['confirm', 'cancel']),
      state: In(LIVE),
    });
    for (const operation of live) {
      const payment = await manager.findOneByOrFail(TransactionRow, { id: operation.parentId ?? '' });
      const state = outcomeSeen(operation.kind as OperationKind, payment.state);
      if (!state) continue;
      const seen = { state, reason: payment.reason ?? '', message: payment.message ?? '' };
      await this.write(manager, operation, seen, orderId, 'probe', null);
    }
  }

  /** Whether we did not take what was captured through the session. */
  async wasCancelled(manager: EntityManager, sessionId: string): Promise<boolean> {
    return manager.existsBy(TransactionRow, { sessionId, kind: 'cancel', state: 'approved' });
  }

  private async begin(
    me: Principal,
    kind: OperationKind,
    target: Target,
    key: string,
  ): Promise<{ operation: TransactionRow; repeated: boolean }> {
    try {
      return await this.database.transaction(async (manager) => {
        const asked = { kind, paymentId: target.paymentId };
        const known = await claimKey(manager, me.id, key, asked, this.clock.worker());
        const before = known && (await manager.findOneBy(TransactionRow, { id: known }));
        if (before) return { operation: before, repeated: true };
        const payment = await this.lock(manager, { id: target.paymentId });
        await this.requireFree(manager, payment);
        const operation = intentOf(kind, payment, this.clock.now(), this.lease());
        await manager.insert(TransactionRow, operation);
        await bindKey(manager, me.id, key, operation.id);
        await this.record(manager, 'operation.started', me, operation, target.orderId, {
          kind,
          amountMinor: operation.askedMinor,
          currency: operation.askedCurrency,
        });
        return { operation, repeated: false };
      });
    } catch (error) {
      if (isUniqueViolation(error, 'transactions_live_operation_key'))
        throw new ProblemError('operation_live');
      throw error;
    }
  }

  private async requireFree(manager: EntityManager, payment: TransactionRow): Promise<void> {
    const live = await manager.findOneBy(TransactionRow, { parentId: payment.id, state: In(LIVE) });
    if (live) throw new ProblemError('operation_live', { subject: { type: live.kind, id: live.id } });
    if (payment.state !== 'to_confirm') throw new ProblemError('not_to_confirm');
  }

  private async send(operation: TransactionRow, target: Target): Promise<TransactionRow> {
    const account = await this.sites.openAccount(operation.gatewayAccountId);
    const payment = await this.database.manager.findOneByOrFail(TransactionRow, { id: target.paymentId });
    const answer = await this.gateways.port(account.row.gateway).operate(account.credentials, {
      action: operation.kind as OperationKind,
      internalReference: payment.internalReference ?? '',
      reference: payment.gatewayReference,
      amount: null,
      locale: target.locale,
    });
    if (answer.kind === 'refused' && answer.authentication)
      await this.sites.flag(account.row.id, answer.message);
    if (answer.kind === 'answered') await this.sites.clearFlag(account.row);
    return this.settle(operation, answer, target);
  }

  /** The outcome and what the answer says of the payment, in one commit. Also the way in for an answer that came late. */
  private async settle(
    operation: TransactionRow,
    answer: OperationAnswer,
    target: Target,
  ): Promise<TransactionRow> {
    return this.database.transaction(async (manager) => {
      const obligation = await this.obligations.lock(manager, operation.obligationId ?? '');
      if (answer.kind === 'answered') {
        const { siteId, gatewayAccountId, sessionId, payerId } = operation;
        await this.transactions.settle(manager, {
          ...{ siteId, gatewayAccountId, payerId, obligation, orderId: target.orderId },
          sessionId: sessionId ?? '',
          asked: { amountMinor: operation.askedMinor, currency: operation.askedCurrency },
          attempt: answer.transaction,
          source: 'operation',
          origin: 'us',
        });
      }
      const held = await this.lock(manager, operation);
      if (!LIVE.includes(held.state)) return held;
      const outcome = outcomeOf(held.kind as OperationKind, answer, held.sends);
      const evidence = 'evidence' in answer ? answer.evidence : null;
      return this.write(manager, held, outcome, target.orderId, 'operation', evidence);
    });
  }

  private async write(
    manager: EntityManager,
    operation: TransactionRow,
    outcome: OperationOutcome,
    orderId: string,
    source: 'operation' | 'probe',
    evidence: JsonValue,
  ): Promise<TransactionRow> {
    const open = outcome.state === 'unknown' || outcome.state === 'pending';
    const change = {
      state: outcome.state,
      reason: outcome.reason.slice(0, 40),
      message: outcome.message.slice(0, 500),
      leaseUntil: null,
      nextAskAt: open ? nextAsk(operation.createdAt, this.clock.worker()) : null,
    };
    await manager.update(TransactionRow, operation.id, change);
    await manager.insert(OutcomeRow, {
      id: uuidv7(),
      siteId: operation.siteId,
      transactionId: operation.id,
      state: outcome.state,
      reason: change.reason,
      source,
      evidence: evidence as object | null,
      at: this.clock.now(),
    });
    const { reason, message } = change;
    const data = { kind: operation.kind, reason, message };
    await this.record(manager, `operation.${outcome.state}`, GATEWAY, operation, orderId, data);
    return { ...operation, ...change };
  }

  /** Obligation first, then the row: the order that every money transaction keeps to. */
  private async lock(manager: EntityManager, { id }: { id: string }): Promise<TransactionRow> {
    const known = await manager.findOneByOrFail(TransactionRow, { id });
    if (known.obligationId) await this.obligations.lock(manager, known.obligationId);
    return manager.findOneOrFail(TransactionRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  private lease(): Date {
    return new Date(this.clock.worker().getTime() + LEASE_MS);
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    { siteId, id }: TransactionRow,
    orderId: string,
    data: Record<string, JsonValue>,
  ): Promise<void> {
    const subject = { type: 'transaction', id };
    await this.audit.record(manager, { kind, actor, siteId, orderId, subject, data });
  }
}

const LIVE = [...LIVE_OPERATION_STATES];
