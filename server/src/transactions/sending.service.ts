import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { OperationAnswer } from '../gateways/gateway.port.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { SitesService } from '../sites/sites.service.js';
import { MoneyObjectsService } from './money-objects.service.js';
import { outcomeOf, RESOLUTION, type OperationKind } from './operation.rules.js';
import { TransactionRow, type ObligationRow } from './transaction.entity.js';
import { TransactionsService } from './transactions.service.js';

/** The second half of every operation: the gateway's answer, and its outcome in one commit. The intent is committed. */
@Injectable()
export class SendingService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly transactions: TransactionsService,
    private readonly objects: MoneyObjectsService,
    private readonly sites: SitesService,
    private readonly gateways: GatewaysService,
  ) {}

  /** Asks the gateway, with no transaction open, and writes what it says. */
  async send(operation: TransactionRow): Promise<TransactionRow> {
    const kind = operation.kind as OperationKind;
    const account = await this.sites.openAccount(operation.gatewayAccountId);
    const target = await this.database.manager.findOneByOrFail(TransactionRow, {
      id: operation.parentId ?? '',
    });
    const answer = await this.gateways.port(account.row.gateway).operate(account.credentials, {
      action: RESOLUTION[kind].action,
      internalReference: await this.addressOf(target),
      reference: target.gatewayReference,
      amount: amountSent(operation),
      locale: `es_${account.site.country}`,
    });
    if (answer.kind === 'refused' && answer.authentication)
      await this.sites.flag(account.row.id, answer.message);
    if (answer.kind === 'answered') await this.sites.clearFlag(account.row);
    return this.settle(operation, answer);
  }

  /** A step without a number of its own is addressed by that of the hold it belongs to. */
  private async addressOf(target: TransactionRow): Promise<string> {
    if (target.internalReference || !target.parentId) return target.internalReference ?? '';
    const parent = await this.database.manager.findOneBy(TransactionRow, { id: target.parentId });
    return parent?.internalReference ?? '';
  }

  /** The outcome and what the answer says of the payment, in one commit. Also the way in for an answer that came late. */
  private async settle(operation: TransactionRow, answer: OperationAnswer): Promise<TransactionRow> {
    const kind = operation.kind as OperationKind;
    return this.database.transaction(async (manager) => {
      const { target: held, obligation } = await this.objects.lock(manager, operation.id);
      if (answer.kind === 'answered' && RESOLUTION[kind].inPlace && obligation)
        await this.settlePayment(manager, held, obligation, answer);
      const captureSent = kind === 'release' && (await this.captureSent(manager, held.parentId));
      const outcome = outcomeOf({ kind, sends: operation.sends, captureSent }, answer);
      const own = answer.kind === 'answered' && !RESOLUTION[kind].inPlace ? answer.transaction : null;
      const evidence = 'evidence' in answer ? answer.evidence : null;
      const context = { row: held, obligation, source: 'operation' as const, evidence };
      return this.transactions.conclude(manager, context, { ...outcome, ...(own ? { attempt: own } : {}) });
    });
  }

  private async settlePayment(
    manager: EntityManager,
    { siteId, gatewayAccountId, sessionId, orderId, payerId, askedMinor, askedCurrency }: TransactionRow,
    obligation: ObligationRow,
    { transaction: attempt }: Extract<OperationAnswer, { kind: 'answered' }>,
  ): Promise<void> {
    await this.transactions.settle(manager, {
      ...{ siteId, gatewayAccountId, payerId, obligation, attempt },
      orderId: orderId ?? '',
      sessionId: sessionId ?? '',
      asked: { amountMinor: askedMinor, currency: askedCurrency },
      source: 'operation',
      origin: 'us',
    });
  }

  /** Any capture that left us, also one that was refused: the refusal may have meant that the hold is captured. */
  private async captureSent(manager: EntityManager, holdId: string | null): Promise<boolean> {
    const captures = await manager.findBy(TransactionRow, { parentId: holdId ?? '', kind: 'checkout' });
    return captures.some(({ reason }) => reason !== 'unsent');
  }
}

function amountSent({ kind, whole, askedMinor, askedCurrency }: TransactionRow) {
  if (kind === 'confirm' || kind === 'cancel' || (kind === 'reverse' && whole)) return null;
  return { minor: kind === 'release' ? 0 : askedMinor, currency: askedCurrency };
}
