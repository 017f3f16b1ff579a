import { CREATED } from './create.js';
import type { GoldenPair } from './golden-pair.js';
import { NOTIFIED } from './notifications.js';
import { QUERIED } from './query.js';
import { REFUSED } from './refusals.js';

export type { GoldenPair, Understood } from './golden-pair.js';

/** Every pair, each with a name of its own. */
export const GOLDEN_PAIRS: GoldenPair[] = [...CREATED, ...QUERIED, ...REFUSED, ...NOTIFIED];
