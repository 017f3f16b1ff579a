import type { TransactionState } from '@recaudo/shared';
import type { OperationAction, OperationAnswer } from '../gateways/gateway.port.js';

/** What is done to a payment that waits for our word, to a hold, or to captured money. */
export const OPERATION_KINDS = [
  'confirm',
  'cancel',
  'reauthorization',
  'checkout',
  'release',
  'reverse',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export interface OperationOutcome {
  state: Extract<TransactionState, 'approved' | 'rejected' | 'pending' | 'unknown'>;
  reason: string;
  message: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** What an operation whose outcome is unknown may do (money rules, section 5), one row per operation. */
interface Resolution {
  /** What the gateway is told to do. */
  action: OperationAction;
  /** The answer carries the payment itself, not a transaction of its own. */
  inPlace: boolean;
  /** How often it may be sent in all. */
  maxSends: number;
  /** Between one send and the next. */
  resendAfterMs: number;
  /** What else must hold before it is sent again. */
  resendIf: (seen: Circumstances) => boolean;
}

/** What is known when an unknown operation is looked at again. */
export interface Circumstances {
  now: Date;
  /** The payment is still seen to wait for our word. */
  waits: boolean;
  /** Nothing of the payment was given back before, and the whole is asked for. */
  firstWhole: boolean;
  /** Of a hold: when it is presumed released; null of anything else. */
  holdEndsAt: Date | null;
  /** A release of the hold was sent, whatever came of it. */
  releaseSent: boolean;
}

const never = (): boolean => false;

export const RESOLUTION: Record<OperationKind, Resolution> = {
  confirm: {
    action: 'confirm',
    inPlace: true,
    maxSends: 3,
    resendAfterMs: 0,
    resendIf: ({ waits }) => waits,
  },
  cancel: { action: 'cancel', inPlace: true, maxSends: 3, resendAfterMs: 0, resendIf: ({ waits }) => waits },
  reauthorization: {
    action: 'reauthorization',
    inPlace: false,
    maxSends: 1,
    resendAfterMs: 0,
    resendIf: never,
  },
  checkout: {
    action: 'checkout',
    inPlace: false,
    maxSends: 2,
    resendAfterMs: MINUTE,
    resendIf: ({ now, holdEndsAt, releaseSent }) =>
      holdEndsAt !== null && now.getTime() < holdEndsAt.getTime() - DAY && !releaseSent,
  },
  release: {
    action: 'checkout',
    inPlace: false,
    maxSends: 4,
    resendAfterMs: MINUTE,
    resendIf: () => true,
  },
  reverse: {
    action: 'reverse',
    inPlace: false,
    maxSends: 2,
    resendAfterMs: 10 * MINUTE,
    resendIf: ({ firstWhole }) => firstWhole,
  },
};

/** Pending is never sent again: the gateway has it. */
export function mayResend(
  operation: { kind: OperationKind; state: TransactionState; sends: number; sentAt: Date },
  seen: Circumstances,
): boolean {
  const rule = RESOLUTION[operation.kind];
  return (
    operation.state === 'unknown' &&
    operation.sends < rule.maxSends &&
    seen.now.getTime() - operation.sentAt.getTime() >= rule.resendAfterMs &&
    rule.resendIf(seen)
  );
}

/** Row: what was asked; column: what the payment is then. A payment that still waits was not acted on. */
const BY_PAYMENT: Record<'confirm' | 'cancel', Record<TransactionState, OperationOutcome['state']>> = {
  confirm: {
    approved: 'approved',
    partial: 'unknown',
    rejected: 'rejected',
    to_confirm: 'rejected',
    pending: 'pending',
    waiting: 'unknown',
    started: 'unknown',
    unknown: 'unknown',
  },
  cancel: {
    approved: 'rejected',
    partial: 'unknown',
    rejected: 'approved',
    to_confirm: 'rejected',
    pending: 'pending',
    waiting: 'unknown',
    started: 'unknown',
    unknown: 'unknown',
  },
};

const BY_OWN_TRANSACTION: Record<TransactionState, OperationOutcome['state']> = {
  approved: 'approved',
  rejected: 'rejected',
  pending: 'pending',
  to_confirm: 'unknown',
  partial: 'unknown',
  waiting: 'unknown',
  started: 'unknown',
  unknown: 'unknown',
};

/** What is known when an answer comes in. */
export interface Asked {
  kind: OperationKind;
  /** Counting the send that is answered. */
  sends: number;
  /** Of a hold: a capture of it was sent, and not refused at once. */
  captureSent: boolean;
}

/**
 * Money rules, sections 4 and 5. A refusal proves that nothing was done only to whoever sent it for the first time; of a
 * release it proves that the hold is gone, as long as nobody tried to capture it.
 */
export function outcomeOf(asked: Asked, answer: OperationAnswer): OperationOutcome {
  const { kind, sends, captureSent } = asked;
  const again = sends > 1;
  // That a later try never left says nothing about the first.
  if (answer.kind === 'unsent')
    return { state: again ? 'unknown' : 'rejected', reason: 'unsent', message: answer.why };
  if (answer.kind === 'unknown') return { state: 'unknown', reason: 'unknown', message: answer.why };
  if (answer.kind === 'refused') {
    const { reason, message } = answer;
    const gone = kind === 'release' && !captureSent && !answer.authentication;
    if (gone) return { state: 'approved', reason, message };
    return { state: again ? 'unknown' : 'rejected', reason, message };
  }
  const { state, reason, message } = answer.transaction;
  if (kind === 'confirm' || kind === 'cancel') {
    // Sent twice, it may still wait because the second try came too late for an answer, not because it was refused.
    const late = state === 'to_confirm' && again;
    return { state: late ? 'unknown' : BY_PAYMENT[kind][state], reason, message };
  }
  const outcome = BY_OWN_TRANSACTION[state];
  return { state: outcome === 'rejected' && again ? 'unknown' : outcome, reason, message };
}

/** What the payment, asked about, says of an operation whose answer is not known; null: nothing yet. */
export function outcomeSeen(
  operation: { kind: OperationKind; state: TransactionState; flagBefore: boolean | null },
  payment: { state: TransactionState; refunded: boolean },
): OperationOutcome['state'] | null {
  const { kind, state, flagBefore } = operation;
  if (kind === 'confirm' || kind === 'cancel')
    return payment.state === 'approved' || payment.state === 'rejected'
      ? BY_PAYMENT[kind][payment.state]
      : null;
  // While its own answer is on its way, that answer decides. A flag that stays false proves nothing.
  const open = state === 'unknown' || state === 'pending';
  return kind === 'reverse' && open && flagBefore === false && payment.refunded ? 'approved' : null;
}

const ASK_AFTER = [10 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE];
const THEN_EVERY = 60 * MINUTE;
/** Asked for this long in vain, a person is told; asking goes on. */
export const ATTENTION_AFTER_MS = 60 * MINUTE;

/** When to look again at an operation that began then. */
export function nextAsk(begunAt: Date, now: Date): Date {
  const age = now.getTime() - begunAt.getTime();
  const wait = ASK_AFTER.find((each) => each > age) ?? age + THEN_EVERY;
  return new Date(begunAt.getTime() + wait);
}
