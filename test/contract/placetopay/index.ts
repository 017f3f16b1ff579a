import { CANCELLED_BY_MERCHANT } from './cancel.js';
import { COLLECTED } from './collect.js';
import { COLLECTED_AGAIN } from './collect-again.js';
import { CONFIRMED } from './confirmation.js';
import { CREATED } from './create.js';
import { DISPERSED } from './dispersion.js';
import { DISPERSION_RULES } from './dispersion-rules.js';
import { ECHOED } from './echoes.js';
import type { GoldenPair } from './golden-pair.js';
import { INSTRUMENTS } from './instruments.js';
import { NOTIFIED, NOTIFIED_BY_KIND } from './notifications.js';
import { PARTIAL } from './partial.js';
import { PREAUTHORIZATION_REFUSED } from './preauthorization-refusals.js';
import { PREAUTHORIZED } from './preauthorization.js';
import { DEBITED } from './pse.js';
import { QUERIED } from './query.js';
import { RECURRING } from './recurring.js';
import { REFUSED } from './refusals.js';
import { REVERSED } from './reverse.js';
import { NOT_REVERSED } from './reverse-refusals.js';
import { SUBSCRIBED } from './subscription.js';
import { SWITCHED } from './switches.js';
import { PREFIXED, SLASHED, TRAPS } from './traps.js';

export type { GoldenAnswer, GoldenPair } from './golden-pair.js';

/** Every pair, each with a name of its own. */
export const EVERY_PAIR: GoldenPair[] = [
  ...CREATED,
  ...QUERIED,
  ...ECHOED,
  ...REFUSED,
  ...NOTIFIED,
  ...TRAPS,
  // Before any hold, which would be released when these move the clock, and take a number.
  ...RECURRING,
  ...PREFIXED,
  ...PARTIAL,
  ...CANCELLED_BY_MERCHANT,
  ...SLASHED,
  ...PREAUTHORIZED,
  ...PREAUTHORIZATION_REFUSED,
  ...REVERSED,
  ...NOT_REVERSED,
  ...SUBSCRIBED,
  ...INSTRUMENTS,
  ...COLLECTED,
  ...COLLECTED_AGAIN,
  ...CONFIRMED,
  ...DISPERSED,
  ...DISPERSION_RULES,
  ...NOTIFIED_BY_KIND,
  ...DEBITED,
  ...SWITCHED,
];
