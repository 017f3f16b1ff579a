import type { AvailableAction, Permission, ReviewView, SessionView, SiteMode } from '@recaudo/shared';
import type { AuditEntryRow } from '../audit/audit.entity.js';
import type { PayerRow } from '../payers/payer.entity.js';
import type { ObligationRow, TransactionRow } from '../transactions/transaction.entity.js';
import { orderState, transactionView } from '../transactions/transactions.service.js';
import type { OrderRow, SessionRow } from './session.entity.js';
import { LIVE_SESSION_STATES } from './session.states.js';

export interface SessionParts {
  session: SessionRow;
  order: OrderRow;
  obligation: ObligationRow;
  siblings: SessionRow[];
  transactions: TransactionRow[];
  timeline: AuditEntryRow[];
  reviews: ReviewView[];
  payer: PayerRow | null;
  mode: SiteMode;
  linkUrl: string;
  now: Date;
}

/** What a shop is told: its payment, and nothing of the house, its people and their notes. */
export function shopView(view: SessionView): SessionView {
  return { ...view, timeline: [], reviews: [], availableActions: [], evidence: null };
}

export function sessionView(parts: SessionParts, permissions: ReadonlySet<Permission>): SessionView {
  const { session, order, obligation, payer } = parts;
  return {
    id: session.id,
    siteId: session.siteId,
    orderId: session.orderId,
    reference: session.gatewayReference,
    description: order.description,
    amountMinor: session.amountMinor,
    currency: session.currency,
    state: session.state,
    reason: session.reason,
    message: session.message,
    orderState: orderState(obligation),
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
      state: orderState(obligation),
      dueMinor: obligation.dueMinor,
      reservedMinor: obligation.reservedMinor,
      settledMinor: obligation.settledMinor,
      linkUrl: parts.linkUrl,
      linkExpiresAt: order.linkExpiresAt.toISOString(),
      sessions: parts.siblings.map((each) => ({
        id: each.id,
        state: each.state,
        createdAt: each.createdAt.toISOString(),
      })),
    },
    transactions: parts.transactions.map(transactionView),
    timeline: parts.timeline.map((entry) => ({
      id: entry.id,
      at: entry.at.toISOString(),
      kind: entry.kind,
      actor: { type: entry.actorType, name: entry.actorName },
      data: (entry.reason
        ? { ...entry.data, note: entry.reason }
        : entry.data) as SessionView['timeline'][number]['data'],
    })),
    reviews: parts.reviews,
    availableActions: availableActions(parts, permissions),
    evidence: session.evidence as SessionView['evidence'],
  };
}

/** What may be done now, likeliest first; what may not, with the reason. */
function availableActions(parts: SessionParts, permissions: ReadonlySet<Permission>): AvailableAction[] {
  const { session, order, obligation, siblings, now } = parts;
  const live = siblings.some((each) => LIVE_SESSION_STATES.includes(each.state));
  const due = orderState(obligation) === 'due';
  const mayOpen = permissions.has('sessions:create') ? null : 'no_permission';
  const openLink = order.linkExpiresAt <= now && !live ? 'link_expired' : null;
  const check = permissions.has('sessions:check') ? null : 'no_permission';
  return [
    action('check', check ?? (session.gatewayNumber ? null : 'never_opened')),
    action('copyLink', mayOpen ?? (due ? openLink : 'order_paid')),
    action('openAgain', mayOpen ?? (due ? (live ? 'session_live' : null) : 'order_paid')),
  ];
}

function action(name: AvailableAction['action'], why: string | null): AvailableAction {
  return { action: name, allowed: why === null, why };
}
