import type { ApprovalView } from '@recaudo/shared';
import type { Principal } from '../staff/access.js';
import type { ApprovalRow } from './approval.entity.js';
import { whyNotDecide } from './approval.rules.js';

/** As the reader sees it; `operation` is how what came of it stands. */
export function approvalView(
  row: ApprovalRow,
  operation: ApprovalView['operation'],
  me: Principal,
  now: Date,
): ApprovalView {
  const why = whyNotDecide(row, me, now);
  const view: ApprovalView = {
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
    operation,
    canDecide: why === null,
    why,
    canWithdraw:
      why !== 'decided' && why !== 'expired' && me.type === 'person' && me.makerId === row.requestedBy,
  };
  return me.type === 'key' ? forShop(view, row.requestedByKey === me.id) : view;
}

/** What a shop is told: how its request stands, and nothing of the people of the house and their words. */
function forShop(view: ApprovalView, own: boolean): ApprovalView {
  return { ...view, requestedBy: '', decidedBy: null, note: null, reason: own ? view.reason : '' };
}
