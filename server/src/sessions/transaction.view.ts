import type { TransactionView } from '@recaudo/shared';
import type { TransactionRow } from '../transactions/transaction.entity.js';

export function transactionView(row: TransactionRow): TransactionView {
  return {
    id: row.id,
    sessionId: row.sessionId,
    kind: row.kind,
    parentId: row.parentId,
    groupId: row.groupId,
    agreement: row.agreement,
    agreementType: row.agreementType,
    grade: row.grade,
    state: row.state,
    reason: row.reason,
    message: row.message,
    internalReference: row.internalReference ?? '',
    amountMinor: row.fromMinor ?? row.askedMinor,
    currency: row.fromCurrency ?? row.askedCurrency,
    method: row.method,
    methodName: row.methodName,
    issuer: row.issuer,
    lastFour: row.lastFour,
    authorization: row.authorizationCode,
    receipt: row.receipt,
    refunded: row.refunded,
    at: row.happenedAt.toISOString(),
    origin: row.origin,
  };
}
