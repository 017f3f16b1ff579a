import type { TransactionState } from '@recaudo/shared';

/** What an answer does to a transaction. `late` is evidence that must be kept although nobody expected it. */
export type Verdict = 'same' | 'moves' | 'late' | 'contradicts';

/**
 * Row: what we hold; column: what the gateway now says. An approval always gets in; nothing takes one back:
 * that would be a refund, with a row of its own.
 */
const VERDICTS: Record<TransactionState, Record<TransactionState, Verdict>> = {
  started: { started: 'same', pending: 'moves', unknown: 'moves', approved: 'moves', rejected: 'moves' },
  pending: { started: 'same', pending: 'same', unknown: 'same', approved: 'moves', rejected: 'moves' },
  unknown: { started: 'same', pending: 'moves', unknown: 'same', approved: 'moves', rejected: 'moves' },
  approved: {
    started: 'same',
    pending: 'contradicts',
    unknown: 'same',
    approved: 'same',
    rejected: 'contradicts',
  },
  rejected: { started: 'same', pending: 'contradicts', unknown: 'same', approved: 'late', rejected: 'same' },
};

export function verdict(held: TransactionState, said: TransactionState): Verdict {
  return VERDICTS[held][said];
}
