import type { TransactionState } from '@recaudo/shared';
import { v7 as uuidv7 } from 'uuid';
import type { OperationAnswer } from '../gateways/gateway.port.js';
import type { TransactionRow } from './transaction.entity.js';

/** What is done to a payment that waits for our word. */
export type OperationKind = 'confirm' | 'cancel';

export interface OperationOutcome {
  state: Extract<TransactionState, 'approved' | 'rejected' | 'pending' | 'unknown'>;
  reason: string;
  message: string;
}

/** Row: what was asked; column: what the payment is then. A payment that still waits was not acted on. */
const BY_PAYMENT: Record<OperationKind, Record<TransactionState, OperationOutcome['state']>> = {
  confirm: {
    approved: 'approved',
    partial: 'unknown',
    rejected: 'rejected',
    to_confirm: 'rejected',
    pending: 'pending',
    started: 'unknown',
    unknown: 'unknown',
  },
  cancel: {
    approved: 'rejected',
    partial: 'unknown',
    rejected: 'approved',
    to_confirm: 'rejected',
    pending: 'pending',
    started: 'unknown',
    unknown: 'unknown',
  },
};

/** Money rules, sections 4 and 5. A refusal of a request that was sent before proves nothing about the first one. */
export function outcomeOf(kind: OperationKind, answer: OperationAnswer, sends: number): OperationOutcome {
  // That the second try never left says nothing about the first.
  if (answer.kind === 'unsent')
    return { state: sends > 1 ? 'unknown' : 'rejected', reason: 'unsent', message: answer.why };
  if (answer.kind === 'unknown') return { state: 'unknown', reason: 'unknown', message: answer.why };
  if (answer.kind === 'refused') {
    const { reason, message } = answer;
    return { state: sends > 1 ? 'unknown' : 'rejected', reason, message };
  }
  const { state, reason, message } = answer.transaction;
  const outcome = BY_PAYMENT[kind][state];
  // Sent twice, it may still wait because the second try came too late for an answer, not because it was refused.
  if (state === 'to_confirm' && sends > 1) return { state: 'unknown', reason, message };
  return { state: outcome, reason, message };
}

/** What a payment that is seen to be decided says about an operation whose answer is not known; null: nothing yet. */
export function outcomeSeen(
  kind: OperationKind,
  payment: TransactionState,
): OperationOutcome['state'] | null {
  return payment === 'approved' || payment === 'rejected' ? BY_PAYMENT[kind][payment] : null;
}

/** Sent once and at most twice more, while the payment is seen to wait still. */
export const MAX_SENDS = 3;

const SECOND = 1_000;
const ASK_AFTER = [10 * SECOND, 30 * SECOND, 120 * SECOND, 600 * SECOND];
const THEN_EVERY = 3_600 * SECOND;
/** Asked for this long in vain, a person is told; asking goes on. */
export const ATTENTION_AFTER_MS = 3_600 * SECOND;

/** When to look again at an operation that began then. */
export function nextAsk(begunAt: Date, now: Date): Date {
  const age = now.getTime() - begunAt.getTime();
  const wait = ASK_AFTER.find((each) => each > age) ?? age + THEN_EVERY;
  return new Date(begunAt.getTime() + wait);
}

/** The row of what is about to be asked of the gateway. It acts in place: the answer carries the payment's own number. */
export function intentOf(
  kind: OperationKind,
  payment: TransactionRow,
  now: Date,
  leaseUntil: Date,
): TransactionRow {
  return {
    ...payment,
    id: uuidv7(),
    kind,
    parentId: payment.id,
    groupId: null,
    state: 'started',
    origin: 'us',
    reason: null,
    message: null,
    internalReference: null,
    askedMinor: payment.fromMinor ?? payment.askedMinor,
    askedCurrency: payment.fromCurrency ?? payment.askedCurrency,
    fromMinor: null,
    fromCurrency: null,
    toMinor: null,
    toCurrency: null,
    authorizationCode: null,
    receipt: null,
    leaseUntil,
    nextAskAt: leaseUntil,
    sends: 1,
    happenedAt: now,
    createdAt: now,
  };
}
