import type { Meaning } from '@recaudo/shared';
import type { Translate } from './reader.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "quedan 3 horas", in the largest unit that is whole; and how much it presses. */
export function timeLeft(until: string, now: number, t: Translate): { words: string; meaning: Meaning } {
  const left = Date.parse(until) - now;
  if (left <= 0) return { words: t('queues.over'), meaning: 'failed' };
  const [unit, size] =
    left >= 2 * DAY_MS
      ? (['d', DAY_MS] as const)
      : left >= HOUR_MS
        ? (['h', HOUR_MS] as const)
        : (['m', MINUTE_MS] as const);
  // The last minute is still a minute.
  const count = Math.max(1, Math.floor(left / size));
  return {
    words: t(`queues.left.${unit}`, { smart_count: count }),
    meaning: left < 6 * HOUR_MS ? 'attention' : 'waiting',
  };
}
