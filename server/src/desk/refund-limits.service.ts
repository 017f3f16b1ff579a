import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { SYSTEM } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { ProblemError } from '../platform/problem.js';
import { SitesService } from '../sites/sites.service.js';
import type { Principal } from '../staff/access.js';
import { LedgerService } from '../transactions/ledger.service.js';
import { OperationsService } from '../transactions/operations.service.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { startOfDay } from './business-days.rules.js';
import { limitExceeded } from './limit.rules.js';

interface Spent {
  askedBy: string | null;
  payment: Pick<TransactionRow, 'id' | 'siteId' | 'gatewayAccountId' | 'fromCurrency' | 'askedCurrency'>;
  amountMinor: number;
  operations: readonly TransactionRow[];
}

/** What one person may give back without a second one. */
@Injectable()
export class RefundLimitsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly operations: OperationsService,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

  /** Which limit it exceeds; null: none. */
  async exceeded(
    manager: EntityManager,
    me: Principal,
    payment: TransactionRow,
    amountMinor: number,
    operations: readonly TransactionRow[],
    batchedMinor = 0,
  ): Promise<string | null> {
    return this.judge(manager, { askedBy: me.makerId, payment, amountMinor, operations }, batchedMinor);
  }

  /** Under the payment's lock, and one refund of a person at a time: two at once cannot both be the last within the limit. */
  async requireWithinFor(
    manager: EntityManager,
    me: Principal,
    payment: TransactionRow,
    amountMinor: number,
    operations: readonly TransactionRow[],
  ): Promise<void> {
    await this.require(manager, { askedBy: me.makerId, payment, amountMinor, operations });
  }

  /** Of a planned refund at its hour; `operations` are the others on its payment. */
  async requireWithin(
    manager: EntityManager,
    operation: TransactionRow,
    operations: readonly TransactionRow[],
  ): Promise<void> {
    const { askedBy, askedMinor: amountMinor } = operation;
    await this.require(manager, { askedBy, payment: operation, amountMinor, operations });
  }

  /** A planned refund that can no longer be sent: a person sees it. */
  async block(operation: TransactionRow, why: string): Promise<void> {
    await this.database.transaction(async (manager) => {
      const refused = await this.operations.decide(
        manager,
        operation.id,
        {
          ...{ state: 'rejected', reason: why, message: '' },
          ...{ actor: SYSTEM, deed: 'operation.rejected', evidence: null },
        },
        () => undefined,
      );
      await this.ledger.review(manager, refused, null, 'refund_blocked', `transaction:${operation.id}`, {
        why,
      });
    });
  }

  private async require(manager: EntityManager, spent: Spent): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [spent.askedBy]);
    const exceeded = await this.judge(manager, spent, 0);
    if (exceeded) throw new ProblemError('above_limit', { detail: exceeded });
  }

  private async judge(manager: EntityManager, spent: Spent, batchedMinor: number): Promise<string | null> {
    const { askedBy, payment, amountMinor, operations } = spent;
    const { site } = await this.sites.openAccount(payment.gatewayAccountId);
    const currency = payment.fromCurrency ?? payment.askedCurrency;
    const paymentMinor = operations
      .filter(({ kind, state, origin }) => kind === 'reverse' && origin === 'us' && state !== 'rejected')
      .reduce((sum, { fromMinor, askedMinor }) => sum + (fromMinor ?? askedMinor), 0);
    const day = await one<{ sum: string }>(
      manager,
      `SELECT coalesce(sum(coalesce(from_minor, asked_minor)), 0) AS sum FROM transactions
       WHERE kind = 'reverse' AND asked_by = $1 AND created_at >= $2 AND site_id = $3 AND asked_currency = $4
         AND state <> 'rejected' AND id <> $5`,
      [askedBy, startOfDay(this.clock.now(), site.zone), payment.siteId, currency, payment.id],
    );
    const dayMinor = Number(day?.sum ?? 0) + batchedMinor;
    return limitExceeded(site.refundLimits, site.currency, { amountMinor, currency, paymentMinor, dayMinor });
  }
}
