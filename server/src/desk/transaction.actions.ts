import type { Permission, Refundable, TransactionAction } from '@recaudo/shared';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { CAPTURED_KINDS } from '../transactions/refund.rules.js';
import { isLiveOperation } from '../transactions/transaction.states.js';

type Why = string | null;
type Named = [TransactionAction['action'], Why];

export interface ActionFacts {
  row: TransactionRow;
  operations: readonly TransactionRow[];
  refundable: Refundable | null;
  /** Of a check-in: what may be done to its hold, likeliest first. */
  hold: readonly { action: 'checkout' | 'reauthorization' | 'release'; why: Why }[];
}

/** What may be done now, likeliest first; what may not, with the reason. Actions of other kinds are left out. */
export function transactionActions(
  facts: ActionFacts,
  permissions: ReadonlySet<Permission>,
): TransactionAction[] {
  const may = (permission: Permission): Why => (permissions.has(permission) ? null : 'no_permission');
  const { row } = facts;
  const named: Named[] = facts.hold.map(({ action, why }) => [action, may('preauthorizations:act') ?? why]);
  if (row.parentId === null && row.state === 'to_confirm') {
    const why = may('transactions:confirm') ?? live(facts);
    named.push(['confirm', why], ['cancel', why]);
  }
  if (CAPTURED_KINDS.includes(row.kind)) {
    named.push(['reverse', may('transactions:reverse') ?? refunding(facts)]);
    named.push(['receipt', may('sessions:create') ?? (row.state === 'approved' ? null : 'not_approved')]);
    named.push(['chargeback', may('transactions:chargeback') ?? charging(facts)]);
  }
  if (row.kind === 'chargeback') named.push(['chargebackReversal', may('transactions:chargeback')]);
  if (row.parentId !== null && row.state === 'waiting') named.push(['withdraw', may('transactions:reverse')]);
  if (row.route === 'letter') named.push(['letter', may('sessions:read')]);
  if (row.parentId !== null && (row.state === 'unknown' || row.state === 'pending'))
    named.push(['settle', may('transactions:settle')]);
  // What was written down by hand is nothing that a gateway could tell about.
  if (row.sessionId !== null && row.origin !== 'person') named.push(['check', may('sessions:check')]);
  if (row.orderId !== null) named.push(['note', may('notes:write')]);
  return named.map(([action, why]) => ({ action, allowed: why === null, why }));
}

function live({ operations }: ActionFacts): Why {
  return operations.some(isLiveOperation) ? 'operation_live' : null;
}

function refunding(facts: ActionFacts): Why {
  if (facts.row.state !== 'approved') return 'not_approved';
  return live(facts) ?? (facts.refundable?.refundableMinor ? null : 'nothing_left');
}

function charging({ row, refundable }: ActionFacts): Why {
  if (row.state !== 'approved' || !refundable) return 'not_approved';
  return refundable.capturedMinor > refundable.chargedBackMinor ? null : 'nothing_left';
}
