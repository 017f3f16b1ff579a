import { v7 as uuidv7 } from 'uuid';
import type { TransactionRow } from './transaction.entity.js';

/**
 * What was done in the gateway's own console. Of a refund the amount is unknown: `amountMinor` is what was left, and that
 * much is reserved, so that nothing more is given back until a person states it. A release lets go of everything.
 */
export function externalOf(
  payment: TransactionRow,
  kind: 'reverse' | 'release',
  amountMinor: number,
  now: Date,
): TransactionRow {
  return {
    ...payment,
    id: uuidv7(),
    kind,
    state: kind === 'reverse' ? 'unknown' : 'approved',
    origin: 'gateway',
    grade: null,
    reason: null,
    message: null,
    parentId: payment.id,
    groupId: null,
    internalReference: null,
    askedMinor: amountMinor,
    askedCurrency: payment.fromCurrency ?? payment.askedCurrency,
    fromMinor: null,
    fromCurrency: null,
    toMinor: null,
    toCurrency: null,
    authorizationCode: null,
    receipt: null,
    refunded: false,
    leaseUntil: null,
    nextAskAt: null,
    sends: 0,
    askedBy: null,
    askedByName: null,
    motive: null,
    route: null,
    whole: false,
    flagBefore: null,
    plannedAt: null,
    approvalId: null,
    happenedAt: now,
    createdAt: now,
  };
}

/** Somebody refunded it elsewhere, and nobody has said how much it was. */
export function isUnstated({ kind, origin, state }: TransactionRow): boolean {
  return kind === 'reverse' && origin === 'gateway' && state === 'unknown';
}
