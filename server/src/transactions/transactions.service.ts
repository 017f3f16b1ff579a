import { Injectable } from '@nestjs/common';
import type { Currency, TransactionView } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../audit/audit.entity.js';
import { AuditService, GATEWAY } from '../audit/audit.service.js';
import type { AttemptSnapshot } from '../gateways/gateway.port.js';
import { Clock } from '../platform/clock.js';
import { ReviewsService } from '../reviews/reviews.service.js';
import { ObligationsService } from './obligations.service.js';
import { verdict, type Verdict } from './transaction.states.js';
import { OutcomeRow, TransactionRow, type ObligationRow } from './transaction.entity.js';

/** Who brought the news. */
export type Source = 'notification' | 'return' | 'probe' | 'check' | 'visit' | 'operation' | 'adoption';

export interface Settlement {
  siteId: string;
  gatewayAccountId: string;
  /** Locked by the caller. */
  obligation: ObligationRow;
  orderId: string;
  sessionId: string;
  payerId: string | null;
  /** Null where the payer chose how much: a part of a whole. */
  asked: { amountMinor: number; currency: Currency } | null;
  attempt: AttemptSnapshot;
  source: Source;
  origin: 'us' | 'gateway';
  /** Of a part: the row of its dispersion. */
  groupId?: string;
}

/** The one door for results about money: every answer enters here, whoever brought it. */
@Injectable()
export class TransactionsService {
  constructor(
    private readonly obligations: ObligationsService,
    private readonly audit: AuditService,
    private readonly reviews: ReviewsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Records what a gateway says of one attempt. Idempotent by (account, kind, internal reference); never refuses
   * or drops an approval; a contradiction changes no state and opens a review. The obligation's lock is held.
   */
  async settle(manager: EntityManager, settlement: Settlement): Promise<void> {
    const id = await this.settleOne(manager, settlement);
    // The parts carry the money; the whole only says that they belong together.
    for (const attempt of settlement.attempt.parts)
      await this.settle(manager, { ...settlement, attempt, asked: null, groupId: id });
  }

  private async settleOne(manager: EntityManager, settlement: Settlement): Promise<string> {
    const { attempt, gatewayAccountId } = settlement;
    const held = await manager.findOneBy(TransactionRow, {
      gatewayAccountId,
      kind: attempt.kind,
      internalReference: attempt.internalReference,
    });
    if (!held) return this.insert(manager, settlement);
    if (held.obligationId !== settlement.obligation.id) {
      await this.contradict(manager, settlement, held, 'contradicts');
      return held.id;
    }
    const judged = verdict(held.state, attempt.state);
    if (judged === 'moves' || judged === 'late') {
      await manager.update(TransactionRow, held.id, {
        ...facts(attempt),
        payerId: settlement.payerId ?? held.payerId,
      });
      await this.remember(manager, settlement, held.id);
      if (attempt.state === 'approved') await this.take(manager, settlement, held.id);
    }
    if (judged === 'late' || judged === 'contradicts')
      await this.contradict(manager, settlement, held, judged);
    if (attempt.refunded && !held.refunded) await manager.update(TransactionRow, held.id, { refunded: true });
    return held.id;
  }

  async ofSession(manager: EntityManager, sessionId: string): Promise<TransactionRow[]> {
    return manager.find(TransactionRow, {
      where: { sessionId },
      order: { happenedAt: 'DESC', id: 'DESC' },
      take: 100,
    });
  }

  private async insert(manager: EntityManager, settlement: Settlement): Promise<string> {
    const { attempt } = settlement;
    const asked = settlement.asked ?? { amountMinor: attempt.fromMinor, currency: attempt.fromCurrency };
    const id = uuidv7();
    await manager.insert(TransactionRow, {
      id,
      siteId: settlement.siteId,
      gatewayAccountId: settlement.gatewayAccountId,
      obligationId: settlement.obligation.id,
      sessionId: settlement.sessionId,
      payerId: settlement.payerId,
      groupId: settlement.groupId ?? null,
      kind: attempt.kind,
      origin: settlement.origin,
      agreement: attempt.agreement,
      agreementType: attempt.agreementType,
      sends: 0,
      gatewayReference: attempt.reference,
      internalReference: attempt.internalReference,
      askedMinor: asked.amountMinor,
      askedCurrency: asked.currency,
      createdAt: this.clock.now(),
      ...facts(attempt),
    });
    await this.remember(manager, settlement, id);
    if (attempt.state === 'approved') await this.take(manager, settlement, id);
    return id;
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
    const subject = { type: 'transaction', id: transactionId };
    await this.record(manager, settlement, `transaction.${attempt.state}`, subject, {
      reason: attempt.reason,
      message: attempt.message,
      amountMinor: attempt.fromMinor,
      currency: attempt.fromCurrency,
      method: attempt.methodName,
      lastFour: attempt.lastFour,
      source,
    });
  }

  /** An approval: money taken, or held, as the gateway states it; and said aloud when it is not what was asked. */
  private async take(manager: EntityManager, settlement: Settlement, transactionId: string): Promise<void> {
    const { attempt, asked, obligation } = settlement;
    const sameCurrency = attempt.fromCurrency === obligation.currency;
    if (!sameCurrency || (asked && attempt.fromMinor !== asked.amountMinor)) {
      await this.review(manager, settlement, 'amount_differs', `transaction:${transactionId}`);
    }
    if (!sameCurrency) return;
    if (attempt.kind === 'checkin') {
      await this.obligations.hold(manager, obligation, attempt.fromMinor);
      await this.record(
        manager,
        settlement,
        'hold.placed',
        { type: 'transaction', id: transactionId },
        {
          amountMinor: attempt.fromMinor,
          currency: attempt.fromCurrency,
        },
      );
    }
    if (attempt.kind === 'payment') await this.credit(manager, settlement);
  }

  private async credit(manager: EntityManager, settlement: Settlement): Promise<void> {
    const { attempt, obligation, orderId } = settlement;
    await this.obligations.credit(manager, obligation, attempt.fromMinor);
    const { dueMinor, settledMinor, currency } = obligation;
    if (settledMinor <= dueMinor) return;
    await this.review(manager, settlement, 'overpaid', `order:${orderId}`);
    const order = { type: 'order', id: orderId };
    await this.record(manager, settlement, 'order.overpaid', order, { dueMinor, settledMinor, currency });
  }

  private async record(
    manager: EntityManager,
    { siteId, orderId }: Settlement,
    kind: string,
    subject: { type: string; id: string },
    data: Record<string, JsonValue>,
  ): Promise<void> {
    await this.audit.record(manager, { kind, actor: GATEWAY, siteId, subject, orderId, data });
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

export function transactionView(row: TransactionRow): TransactionView {
  return {
    id: row.id,
    sessionId: row.sessionId,
    kind: row.kind,
    parentId: row.parentId,
    groupId: row.groupId,
    agreement: row.agreement,
    agreementType: row.agreementType,
    grade: row.grade,
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
