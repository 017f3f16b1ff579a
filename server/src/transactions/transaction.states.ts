import type { TransactionKind, TransactionState } from '@recaudo/shared';

/** What an answer does to a transaction. `late` is evidence that must be kept although nobody expected it. */
export type Verdict = 'same' | 'moves' | 'late' | 'contradicts';

const OPEN: Record<TransactionState, Verdict> = {
  waiting: 'same',
  started: 'same',
  pending: 'moves',
  to_confirm: 'moves',
  unknown: 'moves',
  approved: 'moves',
  partial: 'moves',
  rejected: 'moves',
};

/**
 * Row: what we hold; column: what the gateway now says. An approval always gets in; nothing takes one back:
 * that would be a refund, with a row of its own.
 */
const VERDICTS: Record<TransactionState, Record<TransactionState, Verdict>> = {
  waiting: OPEN,
  started: OPEN,
  pending: { ...OPEN, pending: 'same', unknown: 'same' },
  to_confirm: { ...OPEN, to_confirm: 'same', unknown: 'same' },
  unknown: { ...OPEN, unknown: 'same' },
  approved: {
    waiting: 'same',
    started: 'same',
    pending: 'contradicts',
    to_confirm: 'contradicts',
    unknown: 'same',
    approved: 'same',
    partial: 'contradicts',
    rejected: 'contradicts',
  },
  partial: {
    waiting: 'same',
    started: 'same',
    pending: 'contradicts',
    to_confirm: 'contradicts',
    unknown: 'same',
    approved: 'late',
    partial: 'same',
    rejected: 'contradicts',
  },
  rejected: {
    waiting: 'same',
    started: 'same',
    pending: 'contradicts',
    to_confirm: 'contradicts',
    unknown: 'same',
    approved: 'late',
    partial: 'late',
    rejected: 'same',
  },
};

export function verdict(held: TransactionState, said: TransactionState): Verdict {
  return VERDICTS[held][said];
}

/** An operation in one of these may still move money: nothing else may be done to the same payment. */
export const LIVE_OPERATION_STATES: readonly TransactionState[] = [
  'waiting',
  'started',
  'pending',
  'unknown',
];

/** What PostgreSQL's index says too: a reauthorization of unknown outcome makes the hold a range, and stops nothing. */
export function isLiveOperation({
  kind,
  state,
}: {
  kind: TransactionKind;
  state: TransactionState;
}): boolean {
  return LIVE_OPERATION_STATES.includes(state) && !(kind === 'reauthorization' && state === 'unknown');
}

/** Who brought the news. */
export type Source =
  'notification' | 'return' | 'probe' | 'check' | 'visit' | 'operation' | 'adoption' | 'sweep' | 'person';
