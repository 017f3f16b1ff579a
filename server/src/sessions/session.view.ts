import type {
  InstrumentView,
  Permission,
  RecurrenceView,
  ReviewView,
  SessionView,
  SiteMode,
} from '@recaudo/shared';
import type { AuditEntryRow } from '../audit/audit.entity.js';
import { timelineEntry } from '../audit/audit.service.js';
import type { Capabilities } from '../gateways/gateway.port.js';
import type { PreauthorizationRow } from '../preauthorizations/preauthorization.entity.js';
import { instrumentForShop } from '../instruments/instrument.rules.js';
import type { PayerRow } from '../payers/payer.entity.js';
import type { ObligationRow, TransactionRow } from '../transactions/transaction.entity.js';
import { orderState } from '../transactions/obligation.rules.js';
import { LIVE_OPERATION_STATES } from '../transactions/transaction.states.js';
import { transactionView } from './transaction.view.js';
import type { OrderRow, SessionRow } from './session.entity.js';
import { availableActions } from './session.actions.js';
import { termsOfRow } from './terms.rules.js';

export interface SessionParts {
  session: SessionRow;
  order: OrderRow;
  obligation: ObligationRow;
  siblings: SessionRow[];
  transactions: TransactionRow[];
  timeline: AuditEntryRow[];
  reviews: ReviewView[];
  payer: PayerRow | null;
  instrument: InstrumentView | null;
  recurrence: RecurrenceView | null;
  holds: PreauthorizationRow[];
  capabilities: Capabilities;
  mode: SiteMode;
  linkUrl: string;
  now: Date;
}

/** What a shop is told: its payment, and nothing of the house, its people and their notes. */
export function shopView(view: SessionView): SessionView {
  const instrument = view.instrument && instrumentForShop(view.instrument);
  return { ...view, instrument, timeline: [], reviews: [], availableActions: [], evidence: null };
}

export function sessionView(parts: SessionParts, permissions: ReadonlySet<Permission>): SessionView {
  const { session, order, obligation, payer } = parts;
  const owed = orderState(obligation, order.agreedAt !== null);
  return {
    id: session.id,
    siteId: session.siteId,
    orderId: session.orderId,
    kind: session.kind,
    origin: session.origin,
    reference: session.gatewayReference,
    description: order.description,
    amountMinor: session.amountMinor,
    approvedMinor: session.approvedMinor,
    currency: session.currency,
    state: session.state,
    queue: session.queue,
    queueAt: session.queueAt?.toISOString() ?? null,
    reason: session.reason,
    message: session.message,
    orderState: owed,
    mode: parts.mode,
    gateway: 'placetopay',
    gatewayNumber: session.gatewayNumber,
    payer: {
      name: payer?.name ?? null,
      surname: payer?.surname ?? null,
      email: payer?.email ?? null,
      documentType: payer?.documentType ?? null,
      document: payer?.document ?? null,
      mobile: payer?.mobile ?? null,
    },
    attempts: session.attempts,
    lastFour: session.lastFour,
    locale: session.locale,
    returnUrl: order.returnUrl,
    createdAt: session.createdAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    endedAt: session.endedAt?.toISOString() ?? null,
    lastAskedAt: session.lastAskedAt?.toISOString() ?? null,
    nextProbeAt: session.nextProbeAt?.toISOString() ?? null,
    order: {
      id: order.id,
      state: owed,
      dueMinor: obligation.dueMinor,
      reservedMinor: obligation.reservedMinor,
      heldMinor: obligation.heldMinor,
      settledMinor: obligation.settledMinor,
      returnedMinor: obligation.returnedMinor,
      agreed: order.agreedAt && {
        at: order.agreedAt.toISOString(),
        by: order.agreedByName ?? '',
        reason: order.agreedReason ?? '',
      },
      linkUrl: parts.linkUrl,
      linkExpiresAt: order.linkExpiresAt.toISOString(),
      sessions: parts.siblings.map((each) => ({
        id: each.id,
        kind: each.kind,
        state: each.state,
        amountMinor: each.amountMinor,
        approvedMinor: each.approvedMinor,
        createdAt: each.createdAt.toISOString(),
      })),
    },
    terms: termsOfRow(session),
    hold: hold(parts),
    instrument: parts.instrument,
    recurrence: parts.recurrence,
    confirmation: confirmation(parts),
    cancelAskedAt: session.cancelAskedAt?.toISOString() ?? null,
    transactions: parts.transactions.map(transactionView),
    timeline: parts.timeline.map(timelineEntry),
    reviews: parts.reviews,
    availableActions: availableActions(parts, permissions),
    evidence: session.evidence as SessionView['evidence'],
  };
}

function hold({ holds, transactions }: SessionParts): SessionView['hold'] {
  const row = holds.find(({ id }) => transactions.some((each) => each.id === id));
  if (!row) return null;
  return {
    id: row.id,
    state: row.state,
    amountMinor: row.mostMinor,
    currency: row.currency,
    expiresAt: row.expiresAt.toISOString(),
  };
}

function confirmation({ session, transactions }: SessionParts): SessionView['confirmation'] {
  const payment = transactions.find((each) => each.kind === 'payment' && each.state === 'to_confirm');
  if (!payment || !session.queueAt) return null;
  const operation = transactions.find(
    (each) => each.parentId === payment.id && LIVE_OPERATION_STATES.includes(each.state),
  );
  return {
    transactionId: payment.id,
    deadline: session.queueAt.toISOString(),
    operation: operation
      ? { kind: operation.kind === 'cancel' ? 'cancel' : 'confirm', state: operation.state }
      : null,
  };
}
