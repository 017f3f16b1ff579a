import { DEFAULT_EXPIRATION_MS, MAX_EXPIRATION_MS, MIN_EXPIRATION_MS } from '@recaudo/shared';
import { v7 as uuidv7 } from 'uuid';
import { fieldProblem } from '../platform/problem.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import type { OrderRow, SessionRow } from './session.entity.js';

/** When the session ends: as asked, or 24 hours from now. Errors by field: too_soon, too_late. */
export function expirationOf(asked: string | undefined, now: Date): Date {
  const expiresAt = asked === undefined ? new Date(now.getTime() + DEFAULT_EXPIRATION_MS) : new Date(asked);
  const ahead = expiresAt.getTime() - now.getTime();
  if (ahead < MIN_EXPIRATION_MS) throw fieldProblem('expiresAt', 'too_soon');
  if (ahead > MAX_EXPIRATION_MS) throw fieldProblem('expiresAt', 'too_late');
  return expiresAt;
}

/** The row of a session that the gateway is about to be asked for: what the order still owes. */
export function newSession(
  order: OrderRow,
  obligation: ObligationRow,
  gatewayAccountId: string,
  times: { now: Date; leaseUntil: Date; expiresAt: Date },
): SessionRow {
  return {
    id: uuidv7(),
    siteId: order.siteId,
    orderId: order.id,
    gatewayAccountId,
    payerId: order.payerId,
    kind: 'basic',
    state: 'opening',
    reason: null,
    message: null,
    gatewayNumber: null,
    processUrl: null,
    gatewayReference: order.reference,
    amountMinor: obligation.dueMinor - obligation.settledMinor,
    currency: obligation.currency,
    locale: order.locale,
    attempts: 0,
    lastFour: null,
    evidence: null,
    expiresAt: times.expiresAt,
    leaseUntil: times.leaseUntil,
    nextProbeAt: null,
    probes: 0,
    lastAskedAt: null,
    visitedAt: null,
    endedAt: null,
    createdAt: times.now,
  };
}
