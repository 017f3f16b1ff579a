import type { BatchPreview, Refundable } from '@recaudo/shared';
import { ProblemError } from '../platform/problem.js';
import type { OpenAccount } from '../sites/sites.service.js';
import { deedOf } from '../transactions/intent.rules.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { isLiveOperation } from '../transactions/transaction.states.js';
import { routeOf, type Route } from './refund-route.rules.js';

const AGAIN_WITHIN_MS = 24 * 3_600_000;

/** A payment with what was done to it, the newest first, and the account it was made on. */
export interface Facts {
  payment: TransactionRow;
  operations: readonly TransactionRow[];
  refundable: Refundable;
  account: OpenAccount;
}

/**
 * How so much would be given back now; minor units. Errors: not_refundable and again_needed naming whose deed it is,
 * refund_impossible.
 */
export function checkRefund(facts: Facts, amountMinor: number, again: boolean, now: Date): Route {
  const { payment, operations, refundable } = facts;
  const { refundableMinor } = refundable;
  if (payment.state !== 'approved' || amountMinor > refundableMinor || refundableMinor === 0)
    throw notRefundable(operations);
  const route = refundRoute(facts, amountMinor, now);
  if (route.route === 'impossible') throw new ProblemError('refund_impossible', { detail: route.why });
  const equal = equalRefund(operations, amountMinor, now);
  if (equal && !again)
    throw new ProblemError('again_needed', {
      subject: { type: 'transaction', id: equal.id },
      other: deedOf(equal),
    });
  return route;
}

/**
 * Why so much, or all that is left, could not be refunded now, as a problem's code or a message key; null when it could,
 * and then whether it would be sent at once.
 */
export function judgeRefund(
  facts: Facts,
  wantedMinor: number | null,
  now: Date,
): { amountMinor: number } & Pick<BatchPreview['rows'][number], 'why' | 'later'> {
  const amountMinor = wantedMinor ?? facts.refundable.refundableMinor;
  const no = (why: string) => ({ amountMinor, why, later: null });
  if (facts.payment.state !== 'approved') return no('not_approved');
  if (facts.operations.some(isLiveOperation)) return no('operation_live');
  try {
    return { amountMinor, why: null, later: laterOf(checkRefund(facts, amountMinor, false, now)) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return no(error.code === 'refund_impossible' ? (error.details.detail ?? error.code) : error.code);
  }
}

function laterOf({ route, plannedAt }: Route): BatchPreview['rows'][number]['later'] {
  return route === 'wait' || route === 'letter'
    ? { route, plannedAt: plannedAt?.toISOString() ?? null }
    : null;
}

export function refundRoute({ payment, refundable, account }: Facts, amountMinor: number, now: Date): Route {
  const { happenedAt: capturedAt, settledAt } = payment;
  const { country, zone, cutOff } = account.site;
  const route = routeOf({ country, zone, cutOff, capturedAt, settledAt, refundable }, amountMinor, now);
  // Somebody captured it elsewhere: the gateway would take no refund addressed to the hold.
  const nameless = payment.reason === 'settled_by_hand' && payment.internalReference === null;
  return nameless && route.route !== 'letter' && route.route !== 'impossible'
    ? { ...route, route: 'impossible', why: 'number_unknown', plannedAt: null }
    : route;
}

/** Why nothing of what is no captured money can be given back, as a message key. `operations`: what was done to holds. */
export function whyNoRefund(
  { id, kind, state }: Pick<TransactionRow, 'id' | 'kind' | 'state'>,
  operations: readonly Pick<TransactionRow, 'parentId' | 'kind' | 'state'>[],
): string {
  if (kind === 'checkin') {
    const done = (step: TransactionRow['kind']): boolean =>
      operations.some((row) => row.parentId === id && row.kind === step && row.state === 'approved');
    if (state !== 'approved') return 'not_approved';
    if (done('checkout')) return 'hold_captured';
    return done('release') ? 'hold_released' : 'hold_not_captured';
  }
  return NO_MONEY[kind] ?? 'no_money_taken';
}

const NO_MONEY: Partial<Record<TransactionRow['kind'], string>> = {
  dispersion: 'parts_are_refunded',
  recurring: 'charged_by_gateway',
  reverse: 'is_refund',
  chargeback: 'is_chargeback',
  chargeback_reversal: 'is_chargeback',
};

/** The newest refund of the same amount within a day that was not rejected. */
export function equalRefund(
  operations: readonly TransactionRow[],
  amountMinor: number,
  now: Date,
): TransactionRow | null {
  const since = now.getTime() - AGAIN_WITHIN_MS;
  // Counted from when it was sent: a planned one may have been asked for long before.
  const equal = ({ kind, state, askedMinor, happenedAt, origin }: TransactionRow): boolean =>
    kind === 'reverse' &&
    origin === 'us' &&
    state !== 'rejected' &&
    askedMinor === amountMinor &&
    happenedAt.getTime() > since;
  return operations.find(equal) ?? null;
}

/** Whoever comes too late is told whose refund, or which chargeback, took what was left. */
function notRefundable(operations: readonly TransactionRow[]): ProblemError {
  const taken = operations.find(
    ({ kind, state }) => (kind === 'reverse' || kind === 'chargeback') && state !== 'rejected',
  );
  return new ProblemError('not_refundable', {
    errors: { amountMinor: ['not_refundable'] },
    ...(taken ? { subject: { type: 'transaction', id: taken.id }, other: deedOf(taken) } : {}),
  });
}
