import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Currency } from '@recaudo/shared';
import { DataSource, type EntityManager } from 'typeorm';
import { SYSTEM } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { one } from '../platform/database.js';
import { ProblemError } from '../platform/problem.js';
import type { SiteRow } from '../sites/site.entity.js';
import type { Principal } from '../staff/access.js';
import { LedgerService } from '../transactions/ledger.service.js';
import { OperationsService } from '../transactions/operations.service.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { startOfDay } from './business-days.rules.js';
import { limitExceeded } from './limit.rules.js';
import type { Facts } from './refund-check.rules.js';

/** So much of a payment, given back by somebody; `payment` is the refund itself where there is one already. */
interface Spent {
  askedBy: string | null;
  payment: Pick<TransactionRow, 'id' | 'siteId' | 'fromCurrency' | 'askedCurrency'>;
  amountMinor: number;
  operations: readonly TransactionRow[];
  site: SiteRow;
}

/** What one person may give back without a second one. */
@Injectable()
export class RefundLimitsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly operations: OperationsService,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

  /** Which limit it exceeds; null: none. */
  exceeded(me: Principal, facts: Facts, amountMinor: number): Promise<string | null> {
    return this.judge(this.database.manager, spentBy(me, facts, amountMinor));
  }

  /** Of many at once, each by its own limits, with what those before it spend of the day's: the first that is exceeded. */
  async exceededByMany(
    me: Principal,
    refunds: readonly { facts: Facts; amountMinor: number }[],
  ): Promise<string | null> {
    const days = new Map<string, number>();
    for (const { facts, amountMinor } of refunds) {
      const spent = spentBy(me, facts, amountMinor);
      const day = `${facts.payment.siteId} ${currencyOf(facts.payment)}`;
      const dayMinor = days.get(day) ?? (await this.spentOnDay(this.database.manager, spent));
      const exceeded = judged(spent, dayMinor);
      if (exceeded) return exceeded;
      days.set(day, dayMinor + amountMinor);
    }
    return null;
  }

  /** Under the payment's lock, and one refund of a person at a time: two at once cannot both be the last within the limit. */
  async requireWithinFor(
    manager: EntityManager,
    me: Principal,
    facts: Facts,
    amountMinor: number,
  ): Promise<void> {
    await this.require(manager, spentBy(me, facts, amountMinor));
  }

  /** Of a planned refund at its hour; the facts hold the other operations on its payment. */
  async requireWithin(manager: EntityManager, operation: TransactionRow, facts: Facts): Promise<void> {
    const { askedBy, askedMinor: amountMinor } = operation;
    const { operations, account } = facts;
    await this.require(manager, {
      ...{ askedBy, payment: operation, amountMinor, operations },
      site: account.site,
    });
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
    const exceeded = await this.judge(manager, spent);
    if (exceeded) throw new ProblemError('above_limit', { detail: exceeded });
  }

  private async judge(manager: EntityManager, spent: Spent): Promise<string | null> {
    return judged(spent, await this.spentOnDay(manager, spent));
  }

  /** What the same person gave back today, by the site's own midnight, in the same currency; minor units. */
  private async spentOnDay(
    manager: EntityManager,
    { askedBy, payment, site: { zone } }: Spent,
  ): Promise<number> {
    const day = await one<{ sum: string }>(
      manager,
      `SELECT coalesce(sum(coalesce(from_minor, asked_minor)), 0) AS sum FROM transactions
       WHERE kind = 'reverse' AND asked_by = $1 AND created_at >= $2 AND site_id = $3 AND asked_currency = $4
         AND state <> 'rejected' AND id <> $5`,
      [askedBy, startOfDay(this.clock.now(), zone), payment.siteId, currencyOf(payment), payment.id],
    );
    return Number(day?.sum ?? 0);
  }
}

function spentBy(me: Principal, { payment, operations, account }: Facts, amountMinor: number): Spent {
  return { askedBy: me.makerId, payment, amountMinor, operations, site: account.site };
}

function currencyOf({ fromCurrency, askedCurrency }: Spent['payment']): Currency {
  return fromCurrency ?? askedCurrency;
}

function judged({ payment, amountMinor, operations, site }: Spent, dayMinor: number): string | null {
  const paymentMinor = operations
    .filter(({ kind, state, origin }) => kind === 'reverse' && origin === 'us' && state !== 'rejected')
    .reduce((sum, { fromMinor, askedMinor }) => sum + (fromMinor ?? askedMinor), 0);
  const spending = { amountMinor, currency: currencyOf(payment), paymentMinor, dayMinor };
  return limitExceeded(site.refundLimits, site.currency, spending);
}
