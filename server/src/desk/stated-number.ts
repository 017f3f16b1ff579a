import { In, type EntityManager } from 'typeorm';
import { fieldProblem } from '../platform/problem.js';
import { TransactionRow } from '../transactions/transaction.entity.js';

/**
 * The number under which the gateway knows a capture that a person states: refunds are addressed to it. Errors: validation
 * of `internalReference`, when it is that of another movement on the account.
 */
export async function requireFreeNumber(
  manager: EntityManager,
  gatewayAccountId: string,
  internalReference: string | undefined,
): Promise<void> {
  if (internalReference === undefined) return;
  const kind = In(['checkin', 'checkout', 'payment']);
  if (await manager.existsBy(TransactionRow, { gatewayAccountId, kind, internalReference }))
    throw fieldProblem('internalReference', 'taken');
}
