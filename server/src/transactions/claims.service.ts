import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../audit/audit.service.js';
import type { RecurringCharge } from '../gateways/gateway.port.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import type { Principal } from '../staff/access.js';
import { OutcomeRow, TransactionRow } from './transaction.entity.js';
import { verdict, type Verdict } from './transaction.states.js';

/** Whose charge is claimed. The amount is the recurrence's: the message names none. */
export interface Claimed {
  siteId: string;
  gatewayAccountId: string;
  sessionId: string;
  orderId: string;
  reference: string;
  amountMinor: number;
  currency: Currency;
}

export interface Kept {
  id: string;
  news: boolean;
  judged: Verdict;
}

/** Charges that a gateway only tells of. They are kept, graded and shown, and belong to no total until confirmed. */
@Injectable()
export class ClaimsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Told apart by the charge's own number: the reference repeats. `contradicts`: it takes back an approval, which changes
   * nothing here.
   */
  async keep(manager: EntityManager, claimed: Claimed, charge: RecurringCharge): Promise<Kept> {
    const { gatewayAccountId, siteId, sessionId } = claimed;
    const { internalReference, state, reason, at } = charge;
    const message = charge.message.slice(0, 500);
    const held = await manager.findOneBy(TransactionRow, {
      gatewayAccountId,
      kind: 'recurring',
      internalReference,
    });
    const judged = held ? verdict(held.state, state) : 'moves';
    const id = held?.id ?? uuidv7();
    if (judged === 'same' || judged === 'contradicts') return { id, news: false, judged };
    const said = { state, reason, message, happenedAt: at };
    if (held) await manager.update(TransactionRow, id, said);
    else {
      await manager.insert(TransactionRow, {
        id,
        siteId,
        gatewayAccountId,
        sessionId,
        orderId: claimed.orderId,
        whole: false,
        kind: 'recurring',
        origin: 'gateway',
        grade: 'reported',
        gatewayReference: claimed.reference,
        internalReference,
        askedMinor: claimed.amountMinor,
        askedCurrency: claimed.currency,
        refunded: false,
        sends: 0,
        createdAt: this.clock.now(),
        ...said,
      });
    }
    await manager.insert(OutcomeRow, {
      id: uuidv7(),
      siteId,
      transactionId: id,
      state,
      reason,
      source: 'notification',
      evidence: { message, at: at.toISOString(), tries: charge.tries, enabled: charge.enabled },
      at: this.clock.now(),
    });
    return { id, news: true, judged };
  }

  /** The charges of a recurrence's session, newest first; 200 at most. */
  async ofSession(manager: EntityManager, sessionId: string): Promise<TransactionRow[]> {
    return manager.find(TransactionRow, {
      where: { sessionId, kind: 'recurring' },
      order: { happenedAt: 'DESC' },
      take: 200,
    });
  }

  /** A person knows that it happened. Errors: not_found, not_reported. */
  async attest(me: Principal, id: string, orderId: string, note: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const row = await manager.findOne(TransactionRow, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row || row.grade !== 'reported' || row.state !== 'approved')
        throw new ProblemError('not_reported');
      await manager.update(TransactionRow, id, { grade: 'confirmed' });
      await this.audit.record(manager, {
        kind: 'transaction.attested',
        actor: me,
        siteId: row.siteId,
        orderId,
        subject: { type: 'transaction', id },
        reason: note,
        data: { amountMinor: row.askedMinor, currency: row.askedCurrency },
      });
    });
  }
}
