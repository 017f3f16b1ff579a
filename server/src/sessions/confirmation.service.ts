import { Injectable } from '@nestjs/common';
import { ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import type { OperationKind } from '../transactions/operation.rules.js';
import { OperationsService, type Target } from '../transactions/operations.service.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';

/** Confirms or cancels a captured payment that waits for our word, and finds out what became of it. */
@Injectable()
export class ConfirmationService {
  constructor(
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly operations: OperationsService,
  ) {}

  /**
   * The session that the payment belongs to, as it is afterwards. Errors: not_found, not_to_confirm, operation_live,
   * confirmation_over, gateway_refused; gateway_unreachable when nobody knows yet.
   */
  async act(me: Principal, kind: OperationKind, paymentId: string, key: string): Promise<string> {
    const payment = await this.operations.find(paymentId);
    if (!payment?.sessionId || !maySee(me.scope, payment.siteId)) throw new ProblemError('not_found');
    const target = await this.target(payment);
    const operation = await this.operations.run(me, kind, target, key);
    await this.sessions.ask(payment.sessionId, 'operation', me);
    const known = (await this.operations.find(operation.id)) ?? operation;
    if (known.state === 'rejected') throw refusal(known);
    if (known.state === 'unknown')
      throw new ProblemError('gateway_unreachable', {
        detail: known.message ?? '',
        subject: { type: 'session', id: payment.sessionId },
      });
    return payment.sessionId;
  }

  /** One whose answer is overdue or unknown: the gateway is asked, and it is sent again only if the payment waits still. */
  async resolve(operationId: string): Promise<void> {
    const operation = await this.operations.find(operationId);
    if (!operation?.sessionId || !operation.parentId) return;
    const payment = await this.operations.find(operation.parentId);
    if (!payment) return;
    const target = await this.target(payment);
    await this.operations.lose(operation, target.orderId);
    const asked = await this.sessions.ask(operation.sessionId, 'probe');
    const [now, waits] = await Promise.all([
      this.operations.find(operation.id),
      this.operations.find(payment.id),
    ]);
    if (!now || now.nextAskAt === null) return;
    const again = asked === 'answered' && waits?.state === 'to_confirm';
    const resent = again ? await this.operations.resend(now, target) : null;
    if (resent === null || resent.state === 'unknown') await this.operations.postpone(now, target.orderId);
    else await this.sessions.ask(operation.sessionId, 'operation');
  }

  private async target(payment: TransactionRow): Promise<Target> {
    const session = await this.store.find(payment.sessionId ?? '');
    if (!session) throw new ProblemError('not_found');
    return { paymentId: payment.id, orderId: session.orderId, locale: session.locale };
  }
}

/** House rule: `transaction_request_error`, or a payment that expired, is the word for a window that has closed. */
function refusal(operation: TransactionRow): ProblemError {
  const over = operation.reason === 'transaction_request_error' || operation.reason === 'EX';
  const code = over ? 'confirmation_over' : 'gateway_refused';
  const details = { detail: operation.message ?? '' };
  if (operation.reason === 'unsent') return new ProblemError('gateway_unreachable', details);
  return new ProblemError(code, {
    ...details,
    ...(operation.sessionId ? { subject: { type: 'session', id: operation.sessionId } } : {}),
  });
}
