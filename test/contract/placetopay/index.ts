import { CREATED } from './create.js';
import { ECHOED } from './echoes.js';
import type * as golden from './golden-pair.js';
import { NOTIFIED } from './notifications.js';
import { QUERIED } from './query.js';
import { REFUSED } from './refusals.js';

export type { GoldenAnswer, GoldenPair as AnyPair, Understood as AnyUnderstood } from './golden-pair.js';

const BASIC: golden.GoldenPair[] = [...CREATED, ...QUERIED, ...ECHOED, ...REFUSED, ...NOTIFIED];

/** Every pair, each with a name of its own. */
export const EVERY_PAIR: golden.GoldenPair[] = [...BASIC];

/** Of basic payments, in their own narrower words, for a client that knows no other kind. */
export type Understood =
  | Extract<golden.Understood, { kind: 'opened' | 'refused' | 'notification' }>
  | ({ kind: 'session' } & golden.UnderstoodSession<
      golden.UnderstoodAttempt & {
        status: 'APPROVED' | 'REJECTED' | 'PENDING' | 'PENDING_VALIDATION' | 'FAILED';
      },
      'PENDING' | 'APPROVED' | 'REJECTED'
    >);
export type GoldenPair = Omit<golden.GoldenPair, 'expect'> & { expect: Understood };
export const GOLDEN_PAIRS = BASIC as GoldenPair[];
