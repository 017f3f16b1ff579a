import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Chargeback, ChargebackReversal } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { bindKey, claimKey } from '../platform/idempotency.js';
import { fieldProblem, ProblemError } from '../platform/problem.js';
import { SitesService } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { intentOf } from '../transactions/intent.rules.js';
import { LedgerService } from '../transactions/ledger.service.js';
import { MoneyObjectsService, type Locked } from '../transactions/money-objects.service.js';
import { OperationsService } from '../transactions/operations.service.js';
import { CAPTURED_KINDS, refundableOf } from '../transactions/refund.rules.js';
import { TransactionRow } from '../transactions/transaction.entity.js';
import { statedDay } from './stated-day.rules.js';

type Kind = 'chargeback' | 'chargeback_reversal';

interface Recorded {
  kind: Kind;
  amountMinor: number;
  day: string;
  caseNumber: string | undefined;
  reason: string;
  /** The chargeback that was won. */
  groupId: string | null;
}

/** What the acquirer took back, and what it returned after a dispute: recorded by hand, as rows of their own. */
@Injectable()
export class ChargebacksService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly operations: OperationsService,
    private readonly objects: MoneyObjectsService,
    private readonly ledger: LedgerService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /** Errors: not_found, validation by field, idempotency_key_reused. */
  async record(me: Principal, paymentId: string, body: Chargeback, key: string): Promise<TransactionRow> {
    const payment = await this.require(me, paymentId, CAPTURED_KINDS);
    if (body.currency !== (payment.fromCurrency ?? payment.askedCurrency))
      throw fieldProblem('currency', 'other_currency');
    const { amountMinor, day, caseNumber, reason } = body;
    const recorded = { kind: 'chargeback' as const, amountMinor, day, caseNumber, reason, groupId: null };
    const after = payment.happenedAt;
    return this.write(me, payment, recorded, { key, after }, ({ target, operations }) => {
      const { capturedMinor, chargedBackMinor } = refundableOf(target, target.askedCurrency, operations);
      return capturedMinor - chargedBackMinor;
    });
  }

  async reverse(
    me: Principal,
    chargebackId: string,
    body: ChargebackReversal,
    key: string,
  ): Promise<TransactionRow> {
    const chargeback = await this.require(me, chargebackId, ['chargeback']);
    const payment = await this.require(me, chargeback.parentId ?? '', CAPTURED_KINDS);
    const { amountMinor, day, caseNumber, reason } = body;
    const recorded = {
      kind: 'chargeback_reversal' as const,
      ...{ amountMinor, day, caseNumber, reason, groupId: chargeback.id },
    };
    const after = chargeback.happenedAt;
    return this.write(me, payment, recorded, { key, after }, ({ operations }) => {
      const won = operations.filter(({ groupId }) => groupId === chargeback.id);
      return won.reduce((left, { askedMinor }) => left - askedMinor, chargeback.askedMinor);
    });
  }

  private async require(
    me: Principal,
    id: string,
    kinds: readonly TransactionRow['kind'][],
  ): Promise<TransactionRow> {
    const row = await this.operations.find(id);
    if (!row || !maySee(me.scope, row.siteId) || !kinds.includes(row.kind) || row.state !== 'approved')
      throw new ProblemError('not_found');
    return row;
  }

  private async write(
    me: Principal,
    payment: TransactionRow,
    recorded: Recorded,
    { key, after }: { key: string; after: Date },
    atMost: (locked: Locked) => number,
  ): Promise<TransactionRow> {
    const { site } = await this.sites.openAccount(payment.gatewayAccountId);
    const at = statedDay(recorded.day, site.zone, after, this.clock.now());
    return this.database.transaction(async (manager) => {
      const asked = { recorded: { ...recorded }, paymentId: payment.id };
      const known = await claimKey(manager, me.id, key, asked, this.clock.worker());
      const before = known && (await manager.findOneBy(TransactionRow, { id: known }));
      if (before) return before;
      const locked = await this.objects.lock(manager, payment.id);
      if (recorded.amountMinor > atMost(locked)) throw fieldProblem('amountMinor', 'too_much');
      const row = await this.insert(manager, me, locked, recorded, at);
      await bindKey(manager, me.id, key, row.id);
      return row;
    });
  }

  private async insert(
    manager: EntityManager,
    me: Principal,
    { target, obligation }: Locked,
    { kind, amountMinor, caseNumber, reason, groupId }: Recorded,
    at: Date,
  ): Promise<TransactionRow> {
    const now = this.clock.now();
    const currency = target.fromCurrency ?? target.askedCurrency;
    const row: TransactionRow = {
      ...intentOf(
        me,
        { kind, amountMinor, currency },
        target,
        { motive: reason, groupId },
        { now, leaseUntil: now, plannedAt: null },
      ),
      ...{ state: 'approved', origin: 'person', grade: 'confirmed' },
      ...{ reason: caseNumber ?? null, message: reason },
      ...{ leaseUntil: null, nextAskAt: null, sends: 0, happenedAt: at },
    };
    // Final from the first moment: whatever else is under way on the payment does not keep evidence out.
    await manager.insert(TransactionRow, row);
    const deed = kind === 'chargeback' ? 'chargeback.recorded' : 'chargeback.reversed';
    const evidence = { caseNumber: caseNumber ?? null };
    await this.ledger.remember(manager, row, 'person', evidence, deed, me);
    await this.ledger.enter(manager, { row, before: null, obligation });
    return row;
  }
}
