/** A fault as the control API and the console's form take it. */
import { randomInt } from 'node:crypto';
import { FAULT_MENU } from '../platform/faults.js';
import type { NewFault, Operation } from '../platform/faults.js';
import { ControlError, integer, refuseOthers } from './control.fields.js';
import type { Fields } from './control.fields.js';

/** Real milliseconds; a notification may be later than the longest answer. */
const MAX_DELAY_MS = { slow: 200_000, delay: 300_000 };
const MAX_COUNT = 1_000_000;
const MAX_SEED = 2 ** 32 - 1;

/** Throws ControlError with the field that is wrong, on its own or with another. */
export function readFault(fields: Fields): NewFault {
  const { operation, kind, count, probability, seed, delayMs, site, reason, ...others } = fields;
  refuseOthers(others);
  const of = readOperation(operation);
  const kinds: readonly string[] = FAULT_MENU[of];
  if (!kinds.includes(String(kind))) {
    throw new ControlError(`kind: must be one of ${kinds.join(', ')}`, 400, 'kind');
  }
  if (!isAbsent(site) && typeof site !== 'string') {
    throw new ControlError('site: must be a site’s code or null', 400, 'site');
  }
  return {
    operation: of,
    kind: kind as NewFault['kind'],
    site: site ?? null,
    delayMs: readDelay(kind, delayMs),
    reason: readReason(kind, reason),
    ...readFrequency({ count, probability, seed }),
  };
}

export function readOperation(value: unknown): Operation {
  const isKnown = typeof value === 'string' && Object.hasOwn(FAULT_MENU, value);
  if (isKnown) return value as Operation;
  throw new ControlError(`operation: must be one of ${Object.keys(FAULT_MENU).join(', ')}`, 400, 'operation');
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

function readDelay(kind: unknown, value: unknown): number {
  if (kind === 'slow' || kind === 'delay') return integer(value, 'delayMs', 1, MAX_DELAY_MS[kind]);
  if (isAbsent(value) || value === 0) return 0;
  throw new ControlError('delayMs: only for slow and delay', 400, 'delayMs');
}

function readReason(kind: unknown, value: unknown): string | null {
  if (isAbsent(value)) return null;
  if (kind === 'decline' && typeof value === 'string' && /^[0-9A-Z?!-]{1,4}$/.test(value)) return value;
  throw new ControlError('reason: must be a reason code, and only for decline', 400, 'reason');
}

/** The next `count` calls, or each by `probability`; a seed that nobody chose is drawn. */
function readFrequency({
  count,
  probability,
  seed,
}: Fields): Pick<NewFault, 'remaining' | 'probability' | 'seed'> {
  if (isAbsent(probability)) {
    if (!isAbsent(seed)) throw new ControlError('seed: only with probability', 400, 'seed');
    return { remaining: integer(count ?? 1, 'count', 1, MAX_COUNT), probability: null, seed: null };
  }
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1)) {
    throw new ControlError('probability: must be a number from 0 to 1', 400, 'probability');
  }
  if (!isAbsent(count)) throw new ControlError('count: not together with probability', 400, 'count');
  const chosen = isAbsent(seed) ? randomInt(MAX_SEED) : integer(seed, 'seed', 0, MAX_SEED);
  return { remaining: null, probability, seed: chosen };
}
