import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, type EntityManager } from 'typeorm';
import { ProblemError } from '../platform/problem.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { maySee, type Principal } from '../staff/access.js';
import { CAPTURED_KINDS, refundableOf } from '../transactions/refund.rules.js';
import { TransactionRow } from '../transactions/transaction.entity.js';
import { whyNoRefund, type Facts } from './refund-check.rules.js';

/** As many as may be done to one payment. */
const MAX_OPERATIONS = 200;

/** Reads all that a refund is judged by. */
@Injectable()
export class RefundFactsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sites: SitesService,
  ) {}

  /** Captured money that the reader may see. Errors: not_found, refund_impossible. */
  async require(me: Principal, paymentId: string): Promise<TransactionRow> {
    const payment = await this.database.manager.findOneBy(TransactionRow, { id: paymentId });
    if (!payment || !maySee(me.scope, payment.siteId)) throw new ProblemError('not_found');
    if (!CAPTURED_KINDS.includes(payment.kind))
      throw new ProblemError('refund_impossible', {
        detail: whyNoRefund(payment, await this.operationsOf([payment])),
      });
    return payment;
  }

  /** Of those that the reader sees and that are no captured money: why nothing of them is given back, by id. */
  async whyNone(me: Principal, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.manager.findBy(TransactionRow, { id: In([...ids]) });
    const others = rows.filter(
      ({ siteId, kind }) => maySee(me.scope, siteId) && !CAPTURED_KINDS.includes(kind),
    );
    const operations = await this.operationsOf(others);
    return new Map(others.map((row) => [row.id, whyNoRefund(row, operations)]));
  }

  async of(payment: TransactionRow): Promise<Facts> {
    const operations = await this.operationsOf([payment]);
    return factsOf(payment, operations, await this.sites.openAccount(payment.gatewayAccountId));
  }

  /** Under its lock, with the operations that were read under it. */
  async ofLocked(
    manager: EntityManager,
    payment: TransactionRow,
    operations: readonly TransactionRow[],
  ): Promise<Facts> {
    return factsOf(payment, operations, await this.sites.openAccount(payment.gatewayAccountId, manager));
  }

  /** The facts of many by id, each kind of row read once; what the reader may not see, or is no captured money, has none. */
  async ofMany(me: Principal, paymentIds: readonly string[]): Promise<Map<string, Facts>> {
    const rows = await this.database.manager.findBy(TransactionRow, {
      id: In([...paymentIds]),
      kind: In([...CAPTURED_KINDS]),
    });
    const payments = rows.filter(({ siteId }) => maySee(me.scope, siteId));
    const operations = new Map<string | null, TransactionRow[]>(payments.map(({ id }) => [id, []]));
    for (const each of await this.operationsOf(payments)) operations.get(each.parentId)?.push(each);
    const accounts = new Map<string, OpenAccount>();
    const facts = new Map<string, Facts>();
    for (const payment of payments) {
      const { id, gatewayAccountId } = payment;
      const account = accounts.get(gatewayAccountId) ?? (await this.sites.openAccount(gatewayAccountId));
      accounts.set(gatewayAccountId, account);
      facts.set(id, factsOf(payment, operations.get(id) ?? [], account));
    }
    return facts;
  }

  private operationsOf(payments: readonly TransactionRow[]): Promise<TransactionRow[]> {
    return this.database.manager.find(TransactionRow, {
      where: { parentId: In(payments.map(({ id }) => id)) },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: MAX_OPERATIONS * payments.length,
    });
  }
}

function factsOf(
  payment: TransactionRow,
  operations: readonly TransactionRow[],
  account: OpenAccount,
): Facts {
  const currency = payment.fromCurrency ?? payment.askedCurrency;
  return { payment, operations, refundable: refundableOf(payment, currency, operations), account };
}
