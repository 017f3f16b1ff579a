import type { ApprovalView, Permission, ReviewView, TransactionDetail } from '@recaudo/shared';
import type { AuditEntryRow } from '../audit/audit.entity.js';
import { timelineEntry } from '../audit/audit.service.js';
import type { AttemptSnapshot } from '../gateways/gateway.port.js';
import type { PreauthorizationRow } from '../preauthorizations/preauthorization.entity.js';
import type { OrderRow, SessionRow } from '../sessions/session.entity.js';
import type { OutcomeRow } from '../transactions/transaction.entity.js';
import { transactionActions, type ActionFacts } from './transaction.actions.js';
import { transactionItem } from './transaction-item.view.js';
import type { ListedTransaction } from './transaction-list.store.js';

export interface DetailParts extends Pick<ActionFacts, 'row' | 'operations' | 'refundable' | 'hold'> {
  /** Of a check-in. */
  held: PreauthorizationRow | null;
  listed: ListedTransaction;
  parent: ListedTransaction | null;
  children: readonly ListedTransaction[];
  approvals: ApprovalView[];
  outcomes: readonly OutcomeRow[];
  session: SessionRow | null;
  /** As the gateway showed it when its session was last asked about. */
  shown: AttemptSnapshot | null;
  order: OrderRow | null;
  timeline: readonly AuditEntryRow[];
  reviews: ReviewView[];
}

export function detailView(parts: DetailParts, permissions: ReadonlySet<Permission>): TransactionDetail {
  const { row, session, order } = parts;
  return {
    ...transactionItem(parts.listed),
    message: row.message,
    receipt: row.receipt,
    issuer: row.issuer,
    franchise: row.franchise,
    installments: row.installments,
    motive: row.motive,
    route: row.route,
    sends: row.sends,
    parent: parts.parent && transactionItem(parts.parent),
    operations: parts.children.map(transactionItem),
    refundable: parts.refundable,
    hold: parts.held && { state: parts.held.state, capturedMinor: parts.held.capturedMinor },
    approvals: parts.approvals,
    truth: truthOf(parts),
    outcomes: parts.outcomes.map(({ at, state, reason, source, evidence }) => ({
      at: at.toISOString(),
      ...{ state, reason, source },
      evidence: evidence as TransactionDetail['outcomes'][number]['evidence'],
    })),
    session: session && {
      id: session.id,
      state: session.state,
      gatewayNumber: session.gatewayNumber,
      description: order?.description ?? '',
    },
    timeline: parts.timeline.map(timelineEntry),
    reviews: parts.reviews,
    availableActions: transactionActions(parts, permissions),
  };
}

/** Ours, what the gateway last showed, and the statement; the gateway shows a payer's attempts, not what we did to them. */
function truthOf({ row, shown: attempt, session }: DetailParts): TransactionDetail['truth'] {
  const amountMinor = row.fromMinor ?? row.askedMinor;
  const ours = { state: row.state, amountMinor, at: row.happenedAt.toISOString() };
  const shown =
    attempt && session?.lastAskedAt
      ? {
          state: attempt.state,
          amountMinor: attempt.fromMinor,
          refunded: attempt.refunded,
          askedAt: session.lastAskedAt.toISOString(),
        }
      : null;
  const statement =
    row.settledAt && row.settledSource
      ? { amountMinor, settledAt: row.settledAt.toISOString(), source: row.settledSource }
      : null;
  const agree = shown === null || (shown.state === row.state && shown.amountMinor === amountMinor);
  return { ours, gateway: shown, statement, agree };
}
