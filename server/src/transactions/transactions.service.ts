import { Injectable } from '@nestjs/common';
import type { Currency, OrderState, TransactionView } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, GATEWAY } from '../audit/audit.service.js';
import type { AttemptSnapshot } from '../gateways/gateway.port.js';
import { Clock } from '../platform/clock.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { verdict, type Verdict } from './transaction.states.js';
import { ObligationRow, OutcomeRow, TransactionRow } from './transaction.entity.js';

/** Who brought the news. */
export type Source = 'notification' | 'return' | 'probe' | 'check' | 'visit';

export interface Settlement {
  siteId: string;
  gatewayAccountId: string;
  /** Locked by the caller. */
  obligation: ObligationRow;
  orderId: string;
  sessionId: string;
  payerId: string | null;
  asked: { amountMinor: number; currency: Currency };
  attempt: AttemptSnapshot;
  source: Source;
}

/** The one door for results about money: every answer enters here, whoever brought it. */
@Injectable()
export class TransactionsService {
  constructor(
    private readonly audit: AuditService,
    private readonly reviews: ReviewsService,
    private readonly clock: Clock,
  ) {}

  async openObligation(
    manager: EntityManager,
    siteId: string,
    due: { amountMinor: number; currency: Currency },
  ): Promise<ObligationRow> {
    const row: ObligationRow = {
      id: uuidv7(),
      siteId,
      currency: due.currency,
      dueMinor: due.amountMinor,
      reservedMinor: 0,
      settledMinor: 0,
      createdAt: this.clock.now(),
    };
    await manager.insert(ObligationRow, row);
    return row;
  }

  /** What is owed may be corrected as long as no gateway was asked for it; the caller holds the lock and knows. */
  async correctDue(
    manager: EntityManager,
    obligation: ObligationRow,
    due: { amountMinor: number; currency: Currency },
  ): Promise<void> {
    if (obligation.settledMinor > 0) throw new Error(`obligation ${obligation.id} has settled money`);
    await manager.update(ObligationRow, obligation.id, { dueMinor: due.amountMinor, currency: due.currency });
  }

  async lockObligation(manager: EntityManager, id: string): Promise<ObligationRow> {
    return manager.findOneOrFail(ObligationRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Settled + reserved never exceed due when somebody asks for more; the caller holds the lock. */
  async reserve(manager: EntityManager, obligation: ObligationRow, amountMinor: number): Promise<void> {
    if (obligation.settledMinor + obligation.reservedMinor + amountMinor > obligation.dueMinor) {
      throw new Error(`obligation ${obligation.id} cannot reserve ${amountMinor}`);
    }
    obligation.reservedMinor += amountMinor;
    await manager.update(ObligationRow, obligation.id, { reservedMinor: obligation.reservedMinor });
  }

  /** Sets what the order's live session holds; 0 when there is none. The caller holds the lock. */
  async hold(manager: EntityManager, obligation: ObligationRow, reservedMinor: number): Promise<void> {
    if (obligation.reservedMinor === reservedMinor) return;
    obligation.reservedMinor = reservedMinor;
    await manager.update(ObligationRow, obligation.id, { reservedMinor });
  }

  /**
   * Records what a gateway says of one attempt. Idempotent by (account, kind, internal reference); never refuses
   * or drops an approval; a contradiction changes no state and opens a review. The obligation's lock is held.
   */
  async settle(manager: EntityManager, settlement: Settlement): Promise<void> {
    const { attempt, gatewayAccountId } = settlement;
    const held = await manager.findOneBy(TransactionRow, {
      gatewayAccountId,
      kind: 'payment',
      internalReference: attempt.internalReference,
    });
    if (!held) return this.insert(manager, settlement);
    if (held.obligationId !== settlement.obligation.id) {
      return this.contradict(manager, settlement, held, 'contradicts');
    }
    const judged = verdict(held.state, attempt.state);
    if (judged === 'moves' || judged === 'late') {
      await manager.update(TransactionRow, held.id, {
        ...facts(attempt),
        payerId: settlement.payerId ?? held.payerId,
      });
      await this.remember(manager, settlement, held.id);
      if (attempt.state === 'approved') await this.credit(manager, settlement, held.id);
    }
    if (judged === 'late' || judged === 'contradicts')
      await this.contradict(manager, settlement, held, judged);
    if (attempt.refunded && !held.refunded) await manager.update(TransactionRow, held.id, { refunded: true });
  }

  async ofSession(manager: EntityManager, sessionId: string): Promise<TransactionRow[]> {
    return manager.find(TransactionRow, {
      where: { sessionId },
      order: { happenedAt: 'DESC', id: 'DESC' },
      take: 100,
    });
  }

  private async insert(manager: EntityManager, settlement: Settlement): Promise<void> {
    const { attempt, asked } = settlement;
    const id = uuidv7();
    await manager.insert(TransactionRow, {
      id,
      siteId: settlement.siteId,
      gatewayAccountId: settlement.gatewayAccountId,
      obligationId: settlement.obligation.id,
      sessionId: settlement.sessionId,
      payerId: settlement.payerId,
      kind: 'payment',
      origin: 'us',
      gatewayReference: attempt.reference,
      internalReference: attempt.internalReference,
      askedMinor: asked.amountMinor,
      askedCurrency: asked.currency,
      createdAt: this.clock.now(),
      ...facts(attempt),
    });
    await this.remember(manager, settlement, id);
    if (attempt.state === 'approved') await this.credit(manager, settlement, id);
  }

  private async remember(
    manager: EntityManager,
    settlement: Settlement,
    transactionId: string,
  ): Promise<void> {
    const { attempt, siteId, source } = settlement;
    await manager.insert(OutcomeRow, {
      id: uuidv7(),
      siteId,
      transactionId,
      state: attempt.state,
      reason: attempt.reason,
      source,
      evidence: {
        message: attempt.message,
        at: attempt.at.toISOString(),
        fromMinor: attempt.fromMinor,
        toMinor: attempt.toMinor,
      },
      at: this.clock.now(),
    });
    await this.audit.record(manager, {
      kind: `transaction.${attempt.state}`,
      actor: GATEWAY,
      siteId,
      subject: { type: 'transaction', id: transactionId },
      orderId: settlement.orderId,
      data: {
        reason: attempt.reason,
        message: attempt.message,
        amountMinor: attempt.fromMinor,
        currency: attempt.fromCurrency,
        method: attempt.methodName,
        lastFour: attempt.lastFour,
        source,
      },
    });
  }

  /** Adds an approval to what is settled, as the gateway states it, and says so when it is not what was owed. */
  private async credit(manager: EntityManager, settlement: Settlement, transactionId: string): Promise<void> {
    const { attempt, asked, obligation } = settlement;
    const sameCurrency = attempt.fromCurrency === obligation.currency;
    if (!sameCurrency || attempt.fromMinor !== asked.amountMinor) {
      await this.review(manager, settlement, 'amount_differs', `transaction:${transactionId}`);
    }
    if (!sameCurrency) return;
    obligation.settledMinor += attempt.fromMinor;
    await manager.update(ObligationRow, obligation.id, { settledMinor: obligation.settledMinor });
    if (obligation.settledMinor <= obligation.dueMinor) return;
    await this.review(manager, settlement, 'overpaid', `order:${settlement.orderId}`);
    await this.audit.record(manager, {
      kind: 'order.overpaid',
      actor: GATEWAY,
      siteId: settlement.siteId,
      subject: { type: 'order', id: settlement.orderId },
      orderId: settlement.orderId,
      data: {
        dueMinor: obligation.dueMinor,
        settledMinor: obligation.settledMinor,
        currency: obligation.currency,
      },
    });
  }

  private async contradict(
    manager: EntityManager,
    settlement: Settlement,
    held: TransactionRow,
    judged: Verdict,
  ): Promise<void> {
    await this.review(manager, settlement, 'contradiction', `transaction:${held.id}`, {
      held: held.state,
      said: settlement.attempt.state,
      taken: judged === 'late',
    });
  }

  private async review(
    manager: EntityManager,
    settlement: Settlement,
    kind: 'overpaid' | 'amount_differs' | 'contradiction',
    subject: string,
    data: Record<string, string | boolean> = {},
  ): Promise<void> {
    const { attempt, obligation } = settlement;
    await this.reviews.open(manager, {
      kind,
      siteId: settlement.siteId,
      subject,
      orderId: settlement.orderId,
      sessionId: settlement.sessionId,
      reference: attempt.reference,
      amountMinor: attempt.fromMinor,
      currency: attempt.fromCurrency,
      data: {
        dueMinor: obligation.dueMinor,
        settledMinor: obligation.settledMinor,
        reason: attempt.reason,
        ...data,
      },
    });
  }
}

/** Everything the gateway states about an attempt. */
function facts(attempt: AttemptSnapshot) {
  return {
    state: attempt.state,
    reason: attempt.reason,
    message: attempt.message.slice(0, 500),
    fromMinor: attempt.fromMinor,
    fromCurrency: attempt.fromCurrency,
    toMinor: attempt.toMinor,
    toCurrency: attempt.toCurrency,
    factor: attempt.factor,
    method: attempt.method,
    methodName: attempt.methodName,
    franchise: attempt.franchise,
    issuer: attempt.issuer,
    lastFour: attempt.lastFour,
    authorizationCode: attempt.authorization,
    receipt: attempt.receipt,
    installments: attempt.installments,
    refunded: attempt.refunded,
    happenedAt: attempt.at,
  };
}

export function orderState(obligation: { dueMinor: number; settledMinor: number }): OrderState {
  if (obligation.settledMinor > obligation.dueMinor) return 'overpaid';
  return obligation.settledMinor === obligation.dueMinor ? 'paid' : 'due';
}

export function transactionView(row: TransactionRow): TransactionView {
  return {
    id: row.id,
    sessionId: row.sessionId,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    message: row.message,
    internalReference: row.internalReference ?? '',
    amountMinor: row.fromMinor ?? row.askedMinor,
    currency: row.fromCurrency ?? row.askedCurrency,
    method: row.method,
    methodName: row.methodName,
    issuer: row.issuer,
    lastFour: row.lastFour,
    authorization: row.authorizationCode,
    receipt: row.receipt,
    refunded: row.refunded,
    at: row.happenedAt.toISOString(),
    origin: row.origin,
  };
}
