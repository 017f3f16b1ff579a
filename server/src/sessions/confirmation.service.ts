import { Injectable } from '@nestjs/common';
import { ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import { OperationsService } from '../transactions/operations.service.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { SessionsService } from './sessions.service.js';

/** Confirms or cancels a captured payment that waits for our word. */
@Injectable()
export class ConfirmationService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly operations: OperationsService,
  ) {}

  /**
   * The session that the payment belongs to, as it is afterwards. Errors: not_found, not_to_confirm, operation_live,
   * confirmation_over, gateway_refused; gateway_unreachable when nobody knows yet.
   */
  async act(me: Principal, kind: 'confirm' | 'cancel', paymentId: string, key: string): Promise<string> {
    const payment = await this.operations.find(paymentId);
    if (!payment?.sessionId || !maySee(me.scope, payment.siteId)) throw new ProblemError('not_found');
    const operation = await this.operations.run(me, {
      ...{ kind, key, targetId: paymentId },
      amountMinor: payment.fromMinor ?? payment.askedMinor,
      currency: payment.fromCurrency ?? payment.askedCurrency,
      guard: (_manager, { target }) => {
        if (target.state !== 'to_confirm') throw new ProblemError('not_to_confirm');
        return {};
      },
    });
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
