import type { TransactionItem } from '@recaudo/shared';
import type { ListedTransaction } from './transaction-list.store.js';

export function transactionItem(row: ListedTransaction): TransactionItem {
  const unstated = row.kind === 'reverse' && row.origin === 'gateway' && row.state === 'unknown';
  return {
    id: row.id,
    siteId: row.site_id,
    orderId: row.order_id,
    sessionId: row.session_id,
    kind: row.kind as TransactionItem['kind'],
    state: row.state as TransactionItem['state'],
    origin: row.origin as TransactionItem['origin'],
    grade: row.grade as TransactionItem['grade'],
    reference: row.gateway_reference,
    parentId: row.parent_id,
    amountMinor: Number(row.from_minor ?? row.asked_minor),
    currency: (row.from_currency ?? row.asked_currency) as TransactionItem['currency'],
    amountKnown: !unstated,
    reason: row.reason,
    internalReference: row.internal_reference,
    methodName: row.method_name,
    lastFour: row.last_four,
    authorization: row.authorization_code,
    payer: {
      name: row.name,
      surname: row.surname,
      email: row.email,
      documentType: row.document_type,
      document: row.document,
    },
    mode: row.mode as TransactionItem['mode'],
    askedBy: row.asked_by_name,
    plannedAt: row.planned_at?.toISOString() ?? null,
    at: row.happened_at.toISOString(),
    createdAt: row.created_at.toISOString(),
  };
}
