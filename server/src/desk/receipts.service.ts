import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../audit/audit.service.js';
import { MailService } from '../mail/mail.service.js';
import { ProblemError } from '../platform/problem.js';
import { OrderRow } from '../sessions/session.entity.js';
import { SiteRow } from '../sites/site.entity.js';
import { maySee, type Principal } from '../staff/access.js';
import { OperationsService } from '../transactions/operations.service.js';
import { CAPTURED_KINDS, refundableOf } from '../transactions/refund.rules.js';
import { TransactionRow } from '../transactions/transaction.entity.js';

@Injectable()
export class ReceiptsService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly operations: OperationsService,
    private readonly mail: MailService,
    private readonly audit: AuditService,
  ) {}

  /** Puts the receipt of an approved payment into the outbox once more. Errors: not_found. */
  async send(me: Principal, id: string, email: string): Promise<void> {
    const payment = await this.operations.find(id);
    const paid = payment && CAPTURED_KINDS.includes(payment.kind) && payment.state === 'approved';
    if (!paid || !payment.orderId || !maySee(me.scope, payment.siteId)) throw new ProblemError('not_found');
    const { siteId, orderId } = payment;
    const currency = payment.fromCurrency ?? payment.askedCurrency;
    const operations = await this.database.manager.findBy(TransactionRow, { parentId: id });
    const { returnedMinor, chargedBackMinor } = refundableOf(payment, currency, operations);
    await this.database.transaction(async (manager) => {
      const order = await manager.findOneByOrFail(OrderRow, { id: orderId });
      const site = await manager.findOneByOrFail(SiteRow, { id: siteId });
      await this.mail.queue(manager, {
        template: 'receipt',
        dedupe: `receipt:${id}:${uuidv7()}`,
        recipient: email,
        language: order.locale.startsWith('en') ? 'en' : 'es',
        siteId,
        orderId,
        data: {
          transactionId: id,
          siteName: site.name,
          reference: payment.gatewayReference,
          description: order.description,
          amountMinor: payment.fromMinor ?? payment.askedMinor,
          currency,
          returnedMinor,
          chargedBackMinor,
          authorization: payment.authorizationCode,
          receipt: payment.receipt,
          lastFour: payment.lastFour,
          at: payment.happenedAt.toISOString(),
          zone: site.zone,
        },
      });
      await this.audit.record(manager, {
        ...{ kind: 'receipt.sent', actor: me, siteId, orderId },
        subject: { type: 'transaction', id },
        data: { email },
      });
    });
  }
}
