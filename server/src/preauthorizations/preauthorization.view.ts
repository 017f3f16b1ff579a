import type {
  Currency,
  Permission,
  PreauthorizationState,
  PreauthorizationView,
  TransactionKind,
} from '@recaudo/shared';
import { endIsUnknown, holdWhy, raisedAlone, type HoldAction } from './preauthorization.rules.js';
import type { ListedHold } from './preauthorization-list.store.js';

const ACTIONS: readonly HoldAction[] = ['checkout', 'reauthorization', 'release'];

const text = (value: ListedHold[string] | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
const instant = (value: ListedHold[string] | undefined): string => (value as Date).toISOString();

export function preauthorizationView(
  row: ListedHold,
  permissions: ReadonlySet<Permission>,
  now: Date,
): PreauthorizationView {
  const state = row.state as PreauthorizationState;
  const least = Number(row.least_minor);
  const placedMinor = Number(row.placed_minor);
  const currency = row.currency as Currency;
  const overCapture = row.over_capture === true;
  const may = permissions.has('preauthorizations:act');
  const situation = {
    state,
    expiresAt: row.expires_at,
    country: text(row.country) ?? '',
    live: row.live_id !== null,
  };
  return {
    id: row.id,
    siteId: text(row.site_id) ?? '',
    orderId: text(row.order_id) ?? '',
    sessionId: text(row.session_id),
    reference: text(row.gateway_reference) ?? '',
    description: text(row.description) ?? '',
    state,
    currency,
    placedMinor,
    heldMinor: { least, most: Number(row.most_minor) },
    capturedMinor: Number(row.captured_minor),
    placedAt: instant(row.placed_at),
    expiresAt: instant(row.expires_at),
    unclear: text(row.unclear),
    payer: {
      name: text(row.name),
      surname: text(row.surname),
      email: text(row.email),
      documentType: text(row.document_type),
      document: text(row.document),
    },
    methodName: text(row.method_name),
    lastFour: text(row.last_four),
    mode: row.mode as PreauthorizationView['mode'],
    live:
      row.live_id === null
        ? null
        : {
            transactionId: text(row.live_id) ?? '',
            kind: row.live_kind as TransactionKind,
            state: row.live_state as NonNullable<PreauthorizationView['live']>['state'],
            by: text(row.live_by),
            at: instant(row.live_at),
          },
    rules: {
      maxCaptureMinor: holdWhy('checkout', situation, now) ? 0 : least,
      raisedAloneMinor: raisedAlone(
        { placedMinor, currency },
        {
          currency: row.site_currency as Currency,
          refundLimits: row.operation_minor === null ? null : { operationMinor: Number(row.operation_minor) },
        },
      ),
      overCapture,
      increaseOnly: row.increase_only === true,
    },
    availableActions: [
      ...ACTIONS.map((action) => {
        const why = may ? holdWhy(action, situation, now) : 'no_permission';
        return { action, allowed: why === null, why };
      }),
      ...(endIsUnknown(state) ? [settleAction(permissions, situation.live)] : []),
    ],
  };
}

function settleAction(permissions: ReadonlySet<Permission>, live: boolean) {
  const why = permissions.has('transactions:settle') ? (live ? 'operation_live' : null) : 'no_permission';
  return { action: 'settle' as const, allowed: why === null, why };
}
