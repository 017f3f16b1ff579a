import {
  type CreateSession,
  DEFAULT_EXPIRATION_MS,
  kindsAsked,
  localDay,
  MAX_EXPIRATION_MS,
  MIN_EXPIRATION_MS,
  type Terms,
} from '@recaudo/shared';
import { v7 as uuidv7 } from 'uuid';
import type { Capabilities } from '../gateways/gateway.port.js';
import { fieldProblem } from '../platform/problem.js';
import type { OpenAccount } from '../sites/sites.service.js';
import { remainderMinor } from '../transactions/obligation.rules.js';
import type { ObligationRow } from '../transactions/transaction.entity.js';
import type { OrderRow, SessionRow } from './session.entity.js';
import { keptTerms } from './terms.rules.js';

/** When the session ends: as asked, or 24 hours from now. Errors by field: too_soon, too_late. */
export function expirationOf(asked: string | undefined, now: Date): Date {
  const expiresAt = asked === undefined ? new Date(now.getTime() + DEFAULT_EXPIRATION_MS) : new Date(asked);
  const ahead = expiresAt.getTime() - now.getTime();
  if (ahead < MIN_EXPIRATION_MS) throw fieldProblem('expiresAt', 'too_soon');
  if (ahead > MAX_EXPIRATION_MS) throw fieldProblem('expiresAt', 'too_late');
  return expiresAt;
}

/**
 * What only the site's gateway, contract and calendar can judge. Errors by field: kind_not_supported, max_dispersion,
 * not_in_the_future.
 */
export function requireAccountRules(
  input: CreateSession,
  account: OpenAccount,
  capabilities: Capabilities,
  now: Date,
): void {
  const [asked] = kindsAsked(input);
  if (asked && !capabilities.kinds.includes(asked.kind))
    throw fieldProblem(asked.field, 'kind_not_supported');
  if (input.dispersion && input.dispersion.length > account.row.maxDispersions)
    throw fieldProblem('dispersion', 'max_dispersion');
  const { nextPayment, dueDate } = input.recurring ?? {};
  const today = localDay(now, account.site.zone);
  if (nextPayment !== undefined && nextPayment <= today)
    throw fieldProblem('recurring.nextPayment', 'not_in_the_future');
  if (dueDate !== undefined && dueDate <= today) throw fieldProblem('recurring.dueDate', 'not_in_the_future');
}

/** The row of a session that the gateway is about to be asked for: what the order still owes. */
export function newSession(
  order: OrderRow,
  obligation: ObligationRow,
  terms: Terms,
  gatewayAccountId: string,
  times: { now: Date; leaseUntil: Date; expiresAt: Date },
): SessionRow {
  return {
    id: uuidv7(),
    siteId: order.siteId,
    orderId: order.id,
    gatewayAccountId,
    payerId: order.payerId,
    kind: terms.kind,
    terms: keptTerms(terms),
    origin: 'us',
    collected: false,
    state: 'opening',
    reason: null,
    message: null,
    gatewayNumber: null,
    processUrl: null,
    gatewayReference: order.reference,
    amountMinor: remainderMinor(obligation),
    approvedMinor: 0,
    currency: obligation.currency,
    locale: order.locale,
    attempts: 0,
    lastFour: null,
    evidence: null,
    queue: null,
    queueAt: null,
    cancelAskedAt: null,
    cancelSends: 0,
    expiresAt: times.expiresAt,
    leaseUntil: times.leaseUntil,
    nextProbeAt: null,
    nextSweepAt: null,
    probes: 0,
    lastAskedAt: null,
    visitedAt: null,
    endedAt: null,
    createdAt: times.now,
  };
}
