import type { ApprovalView } from '@recaudo/shared';
import type { Principal } from '../staff/access.js';
import type { ApprovalRow } from './approval.entity.js';
import { whyNotDecide } from './approval.rules.js';

export function approvalView(row: ApprovalRow, me: Principal, now: Date): ApprovalView {
  const why = whyNotDecide(row, me, now);
  return {
    id: row.id,
    siteId: row.siteId,
    orderId: row.orderId,
    kind: row.kind,
    state: row.state,
    targetType: row.targetType,
    targetId: row.targetId,
    reference: row.reference,
    amountMinor: row.amountMinor,
    currency: row.currency,
    data: row.data,
    reason: row.reason,
    requestedBy: row.requestedByName,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decidedBy: row.decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    note: row.note,
    transactionId: row.transactionId,
    canDecide: why === null,
    why,
    canWithdraw: why !== 'decided' && me.makerId === row.requestedBy,
  };
}
