import type { ApprovalKind, Currency } from '@recaudo/shared';
import type { JsonValue } from '../audit/audit.entity.js';
import { hashOf } from '../platform/idempotency.js';
import { ProblemError } from '../platform/problem.js';
import { maySee, type Principal } from '../staff/access.js';
import type { ApprovalRow } from './approval.entity.js';

/** House rule: nobody is held to what was asked for longer ago. */
export const APPROVAL_LIFE_MS = 72 * 3_600_000;
/** What was approved and could not be carried out for so long is given up: the world has moved on. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** Nothing was sent, and it may go well in a while: no reason to give up what people decided. */
export function isPassing(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'gateway_unreachable';
}

/** What is asked of a second person. Amounts in minor units. */
export interface Asked {
  kind: ApprovalKind;
  siteId: string;
  /** Every site it touches, where that is more than one. */
  siteIds?: readonly string[];
  gatewayAccountId: string | null;
  orderId: string | null;
  targetType: 'transaction' | 'batch' | 'instrument' | 'session';
  targetId: string;
  reference: string | null;
  amountMinor: number | null;
  currency: Currency | null;
  data: Record<string, JsonValue>;
  reason: string;
}

/** Kinds whose data are themselves what is approved: evidence of a settlement, rows of a batch, what a charge is for. */
const DATA_MATTERS: readonly ApprovalKind[] = ['settle', 'batch', 'collect'];

/** An approval covers what has this hash, and nothing else. */
export function approvalHash(asked: Asked): string {
  const { kind, targetType, targetId, amountMinor, currency, gatewayAccountId, data } = asked;
  const covered = { kind, targetType, targetId, amountMinor, currency, gatewayAccountId };
  return hashOf(DATA_MATTERS.includes(kind) ? { ...covered, data } : covered);
}

export type Undecidable = 'own_request' | 'no_permission' | 'decided' | 'expired';

/** Why the reader does not decide it; null when they may. People are compared, never keys. */
export function whyNotDecide(
  approval: Pick<ApprovalRow, 'state' | 'makers' | 'expiresAt'>,
  me: Pick<Principal, 'type' | 'makerId' | 'permissions'>,
  now: Date,
): Undecidable | null {
  if (approval.state !== 'waiting') return 'decided';
  if (approval.expiresAt <= now) return 'expired';
  if (me.type !== 'person' || me.makerId === null) return 'no_permission';
  // Told before the permission: whoever had a hand in it learns that no role would help.
  if (approval.makers.includes(me.makerId)) return 'own_request';
  return me.permissions.has('approvals:decide') ? null : 'no_permission';
}

/** Whoever reads or decides a request sees every site that it touches. */
export function seesAll({ scope }: Principal, { siteIds }: Pick<ApprovalRow, 'siteIds'>): boolean {
  return siteIds.every((siteId) => maySee(scope, siteId));
}
