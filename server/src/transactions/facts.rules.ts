import type { EntityManager } from 'typeorm';
import type { AttemptSnapshot } from '../gateways/gateway.port.js';
import { TransactionRow } from './transaction.entity.js';

/** Everything the gateway states about an attempt of a payer. */
export function attemptFacts(attempt: AttemptSnapshot) {
  return {
    ...processed(attempt),
    state: attempt.state,
    reason: attempt.reason,
    message: attempt.message.slice(0, 500),
    method: attempt.method,
    methodName: attempt.methodName,
    franchise: attempt.franchise,
    issuer: attempt.issuer,
    lastFour: attempt.lastFour,
    installments: attempt.installments,
    refunded: attempt.refunded,
    happenedAt: attempt.at,
  };
}

/**
 * What it states about an operation, whose card is the payment's. House rule: an answer that carries the number of what
 * was acted on has none of its own; and a release moves nothing, whatever amount it names.
 */
export async function operationFacts(
  manager: EntityManager,
  row: TransactionRow,
  attempt: AttemptSnapshot,
): Promise<Partial<TransactionRow>> {
  const target = await manager.findOneByOrFail(TransactionRow, { id: row.parentId ?? '' });
  const root = target.parentId ? await manager.findOneBy(TransactionRow, { id: target.parentId }) : null;
  const shared = [target, root].some((each) => each?.internalReference === attempt.internalReference);
  const { authorizationCode, receipt, ...amounts } = processed(attempt);
  return {
    internalReference: shared ? null : attempt.internalReference,
    authorizationCode,
    receipt,
    ...(row.kind === 'release' ? {} : amounts),
  };
}

function processed(attempt: AttemptSnapshot) {
  return {
    fromMinor: attempt.fromMinor,
    fromCurrency: attempt.fromCurrency,
    toMinor: attempt.toMinor,
    toCurrency: attempt.toCurrency,
    factor: attempt.factor,
    authorizationCode: attempt.authorization,
    receipt: attempt.receipt,
  };
}
