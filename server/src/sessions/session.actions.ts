import type { AvailableAction, OrderState, Permission, TransactionState } from '@recaudo/shared';
import { orderState } from '../transactions/obligation.rules.js';
import { LIVE_OPERATION_STATES } from '../transactions/transaction.states.js';
import { isCharging, LIVE_SESSION_STATES } from './session.states.js';
import type { SessionParts } from './session.view.js';

type Why = string | null;

/** Money may still move by itself, or waits for our word. */
const OPEN_ATTEMPT_STATES: readonly TransactionState[] = [...LIVE_OPERATION_STATES, 'to_confirm'];

/** Why an order takes no ordinary further session. */
const CLOSED: Partial<Record<OrderState, string>> = {
  part_paid: 'partly_paid',
  held: 'nothing_due',
  paid: 'order_paid',
  returned: 'order_paid',
  part_returned: 'order_paid',
  overpaid: 'order_paid',
  agreed: 'agreed',
};

/** What may be done now, likeliest first; what may not, with the reason. Actions of other kinds are left out. */
export function availableActions(
  parts: SessionParts,
  permissions: ReadonlySet<Permission>,
): AvailableAction[] {
  const { session } = parts;
  const may = (permission: Permission): Why => (permissions.has(permission) ? null : 'no_permission');
  const actions: [AvailableAction['action'], Why][] = [];
  const { capabilities } = parts;
  if (session.kind === 'confirmation' && capabilities.actions.includes('confirm')) {
    const why = may('transactions:confirm') ?? confirming(parts);
    actions.push(['confirm', why], ['cancelConfirmation', why]);
  }
  if (remains(parts)) {
    actions.push(
      ['remainder', may('sessions:create') ?? remainder(parts)],
      ['agree', may('reviews:resolve') ?? remainder(parts)],
    );
  }
  if (session.state === 'partial_expired')
    actions.push(['refundPaid', may('transactions:reverse') ?? (paidHere(parts) ? null : 'nothing_left')]);
  const { collect } = parts;
  if (collect && session.state === 'unknown') {
    const finding = collect.nextLookAt === null ? null : 'being_found_out';
    actions.push(['uncharged', may('transactions:settle') ?? finding]);
  }
  const link = linking(parts);
  actions.push(
    ['check', may('sessions:check') ?? (session.gatewayNumber ? null : 'never_opened')],
    ['copyLink', link.copy ?? may('sessions:create')],
    ['openAgain', may('sessions:create') ?? link.open],
  );
  if (capabilities.cancelSession) actions.push(['cancel', may('sessions:cancel') ?? cancelling(parts)]);
  return actions.map(([action, why]) => ({ action, allowed: why === null, why }));
}

/** Something was paid through it that was not given back. */
function paidHere({ transactions }: SessionParts): boolean {
  return transactions.some(
    ({ kind, state, refunded }) => kind === 'payment' && state === 'approved' && !refunded,
  );
}

function hasLive({ siblings }: SessionParts): boolean {
  return siblings.some((each) => LIVE_SESSION_STATES.includes(each.state));
}

function owed({ obligation, order }: SessionParts): OrderState {
  return orderState(obligation, order.agreedAt !== null);
}

function linking(parts: SessionParts): { copy: Why; open: Why } {
  const { order, siblings, now } = parts;
  const live = hasLive(parts);
  const state = owed(parts);
  const stored = state === 'nothing' && siblings.some((each) => each.state === 'approved');
  const closed = stored ? 'nothing_due' : (CLOSED[state] ?? null);
  const over = order.linkExpiresAt <= now && !live ? 'link_expired' : null;
  const expired = order.closedAt ? 'closed_by_us' : over;
  // Captured, or being charged by us: whoever opened the link again would find nothing to pay.
  const charging = siblings.some(isCharging);
  const taken = charging || parts.session.queue === 'confirm' ? 'attempt_pending' : null;
  return {
    copy: taken ?? (live ? null : (closed ?? expired)),
    open: closed ?? (live ? 'session_live' : null),
  };
}

function cancelling({ session, transactions }: SessionParts): Why {
  if (session.approvedMinor > 0 || session.state === 'partial') return 'partly_paid';
  if (session.state !== 'pending') return 'session_over';
  const open = transactions.some((each) => OPEN_ATTEMPT_STATES.includes(each.state));
  return open ? 'attempt_pending' : null;
}

/** Whether the order is, or was, about a remainder at all. */
function remains(parts: SessionParts): boolean {
  const { settledMinor, dueMinor } = parts.obligation;
  return settledMinor > 0 && settledMinor < dueMinor;
}

function remainder(parts: SessionParts): Why {
  if (owed(parts) === 'agreed') return 'agreed';
  if (hasLive(parts)) return 'session_live';
  const open = parts.transactions.some((each) => OPEN_ATTEMPT_STATES.includes(each.state));
  return open ? 'attempt_pending' : null;
}

function confirming({ session, transactions }: SessionParts): Why {
  const payment = transactions.find((each) => each.kind === 'payment' && each.state === 'to_confirm');
  if (!payment || session.state !== 'pending') return 'not_to_confirm';
  const live = transactions.some(
    (each) => each.parentId === payment.id && LIVE_OPERATION_STATES.includes(each.state),
  );
  return live ? 'operation_live' : null;
}
