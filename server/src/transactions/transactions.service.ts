import { Injectable } from '@nestjs/common';
import type { Currency, Grade, TransactionState } from '@recaudo/shared';
import { Not, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../audit/audit.entity.js';
import type { Actor } from '../audit/audit.service.js';
import type { AttemptSnapshot } from '../gateways/gateway.port.js';
import { Clock } from '../platform/clock.js';
import { ExternalsService } from './externals.service.js';
import { attemptFacts, operationFacts } from './facts.rules.js';
import { LedgerService } from './ledger.service.js';
import { nextAsk } from './operation.rules.js';
import { verdict, type Source, type Verdict } from './transaction.states.js';
import { TransactionRow, type ObligationRow } from './transaction.entity.js';

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

/** An operation, with its order's obligation, both locked by the caller; and who brings what is concluded of it. */
export interface Concluding {
  row: TransactionRow;
  obligation: ObligationRow | null;
  source: Source;
  evidence?: JsonValue;
  /** Whoever decided it, where that was not the gateway; and the name of the deed, where it has one of its own. */
  actor?: Actor;
  deed?: string;
}

export interface Conclusion {
  state: TransactionState;
  reason: string;
  message: string;
  grade?: Grade;
  /** The operation's own transaction, where the gateway showed it. */
  attempt?: AttemptSnapshot;
  /** Where somebody else than the gateway says how much it was. */
  amountMinor?: number;
  /** Where somebody else than the gateway says under which number it knows it. */
  internalReference?: string;
}

const FINAL: readonly TransactionState[] = ['approved', 'rejected'];

/** The one door for results about money: every answer enters here, whoever brought it. */
@Injectable()
export class TransactionsService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly externals: ExternalsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Records what a gateway says of one attempt of a payer. Idempotent by (account, kind, internal reference); never
   * refuses or drops an approval; a contradiction changes no state and opens a review. The obligation's lock is held.
   */
  async settle(manager: EntityManager, settlement: Settlement): Promise<void> {
    const id = await this.settleOne(manager, settlement);
    // The parts carry the money; the whole only says that they belong together.
    for (const attempt of settlement.attempt.parts)
      await this.settle(manager, { ...settlement, attempt, asked: null, groupId: id });
  }

  /** Records what became of an operation of ours. Never drops an approval, however late; contradictions change nothing. */
  async conclude(manager: EntityManager, about: Concluding, said: Conclusion): Promise<TransactionRow> {
    const { row, obligation, source, evidence, actor, deed } = about;
    const judged = verdict(row.state, said.state);
    if (judged === 'contradicts') await this.contradict(manager, row, obligation, said, judged);
    if (FINAL.includes(row.state) && judged !== 'late') return row;
    if (await this.isAnothers(manager, row, said)) {
      const elsewhere = { ...said, state: 'unknown' as const, message: 'the answer is another operation’s' };
      await this.contradict(manager, row, obligation, elsewhere, 'contradicts');
      return this.conclude(manager, about, {
        state: 'unknown',
        reason: 'unknown',
        message: elsewhere.message,
      });
    }
    const open = !FINAL.includes(said.state);
    const change: Partial<TransactionRow> = {
      ...(said.attempt ? await operationFacts(manager, row, said.attempt) : {}),
      ...(said.amountMinor === undefined
        ? {}
        : { fromMinor: said.amountMinor, fromCurrency: row.askedCurrency }),
      ...(said.internalReference === undefined ? {} : { internalReference: said.internalReference }),
      state: said.state,
      reason: said.reason.slice(0, 40),
      message: said.message.slice(0, 500),
      grade: said.grade ?? row.grade,
      leaseUntil: null,
      nextAskAt: open ? nextAsk(row.happenedAt, this.clock.worker()) : null,
    };
    await manager.update(TransactionRow, row.id, change);
    const now = { ...row, ...change };
    await this.ledger.remember(
      manager,
      now,
      source,
      evidence ?? null,
      deed ?? `operation.${said.state}`,
      actor,
    );
    await this.ledger.enter(manager, { row: now, before: row.state, obligation });
    if (!open && row.state !== 'started') await this.ledger.closeReviews(manager, now);
    if (judged === 'late')
      await this.contradict(manager, now, obligation, { ...said, held: row.state }, judged);
    if (now.kind === 'reverse' && now.state === 'rejected' && now.origin === 'us')
      await this.externals.explain(manager, now.parentId ?? '', obligation);
    return now;
  }

  async ofSession(manager: EntityManager, sessionId: string): Promise<TransactionRow[]> {
    return manager.find(TransactionRow, {
      where: { sessionId },
      order: { happenedAt: 'DESC', id: 'DESC' },
      take: 100,
    });
  }

  private async settleOne(manager: EntityManager, settlement: Settlement): Promise<string> {
    const { attempt, gatewayAccountId, obligation } = settlement;
    const held = await manager.findOneBy(TransactionRow, {
      gatewayAccountId,
      kind: attempt.kind,
      internalReference: attempt.internalReference,
    });
    if (!held) return this.insert(manager, settlement);
    if (held.obligationId !== obligation.id) {
      await this.contradict(manager, held, obligation, attempt, 'contradicts');
      return held.id;
    }
    const judged = verdict(held.state, attempt.state);
    if (judged === 'moves' || judged === 'late') {
      const change = { ...attemptFacts(attempt), payerId: settlement.payerId ?? held.payerId };
      await manager.update(TransactionRow, held.id, change);
      await this.entered(manager, settlement, { ...held, ...change }, held.state);
    }
    if (judged === 'late' || judged === 'contradicts')
      await this.contradict(manager, held, obligation, attempt, judged);
    if (attempt.refunded && !held.refunded) {
      await manager.update(TransactionRow, held.id, { refunded: true });
      await this.externals.explain(manager, held.id, obligation);
    }
    return held.id;
  }

  private async insert(manager: EntityManager, settlement: Settlement): Promise<string> {
    const { attempt } = settlement;
    const asked = settlement.asked ?? { amountMinor: attempt.fromMinor, currency: attempt.fromCurrency };
    const row = manager.create(TransactionRow, {
      id: uuidv7(),
      siteId: settlement.siteId,
      gatewayAccountId: settlement.gatewayAccountId,
      obligationId: settlement.obligation.id,
      orderId: settlement.orderId,
      sessionId: settlement.sessionId,
      payerId: settlement.payerId,
      groupId: settlement.groupId ?? null,
      kind: attempt.kind,
      origin: settlement.origin,
      agreement: attempt.agreement,
      agreementType: attempt.agreementType,
      sends: 0,
      whole: false,
      gatewayReference: attempt.reference,
      internalReference: attempt.internalReference,
      askedMinor: asked.amountMinor,
      askedCurrency: asked.currency,
      createdAt: this.clock.now(),
      ...attemptFacts(attempt),
    });
    await manager.insert(TransactionRow, row);
    await this.entered(manager, settlement, row, null);
    if (attempt.refunded) await this.externals.explain(manager, row.id, settlement.obligation);
    return row.id;
  }

  private async entered(
    manager: EntityManager,
    { attempt, source, obligation }: Settlement,
    row: TransactionRow,
    before: TransactionState | null,
  ): Promise<void> {
    const evidence = {
      message: attempt.message,
      at: attempt.at.toISOString(),
      fromMinor: attempt.fromMinor,
      toMinor: attempt.toMinor,
    };
    await this.ledger.remember(manager, row, source, evidence, `transaction.${row.state}`);
    await this.ledger.enter(manager, { row, before, obligation });
  }

  /** One gateway transaction settles one row of ours. */
  private async isAnothers(manager: EntityManager, row: TransactionRow, said: Conclusion): Promise<boolean> {
    const { attempt } = said;
    if (!attempt) return false;
    const { gatewayAccountId, kind, id } = row;
    const { internalReference } = attempt;
    const known = await manager.findOneBy(TransactionRow, {
      ...{ gatewayAccountId, kind, internalReference },
      id: Not(id),
    });
    return known !== null;
  }

  private async contradict(
    manager: EntityManager,
    row: TransactionRow,
    obligation: ObligationRow | null,
    said: { state: TransactionState; reason: string; held?: TransactionState },
    judged: Verdict,
  ): Promise<void> {
    await this.ledger.review(manager, row, obligation, 'contradiction', `transaction:${row.id}`, {
      held: said.held ?? row.state,
      said: said.state,
      reason: said.reason,
      taken: judged === 'late',
    });
  }
}
