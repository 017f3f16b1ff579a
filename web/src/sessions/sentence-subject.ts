import type { SessionView } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

/** What the sentence needs beside the payment: words, a clock, and the reader's way of writing. */
export interface SentenceTools {
  t: Translate;
  now: number;
  amount: (minor: number, currency: SessionView['currency']) => string;
  instant: (iso: string) => string;
  /** The same, never relative: for what is said after "until". */
  clock: (iso: string) => string;
  /** A local day YYYY-MM-DD in words. */
  day: (day: string) => string;
}

export type SentenceSubject = Pick<
  SessionView,
  | 'kind'
  | 'origin'
  | 'state'
  | 'reason'
  | 'message'
  | 'amountMinor'
  | 'approvedMinor'
  | 'currency'
  | 'orderState'
  | 'createdAt'
  | 'expiresAt'
  | 'endedAt'
  | 'nextProbeAt'
  | 'cancelAskedAt'
  | 'terms'
  | 'hold'
  | 'instrument'
  | 'recurrence'
  | 'collect'
  | 'confirmation'
  | 'transactions'
  | 'order'
  | 'reviews'
  | 'availableActions'
>;

/** While something open contradicts the state, neither "nothing to do" nor "charge again" is good advice. */
export function waitsForPerson({ reviews }: SentenceSubject): boolean {
  return reviews.some((review) => review.resolvedAt === null);
}
