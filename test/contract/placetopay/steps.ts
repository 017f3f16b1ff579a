/** What happens in a pair, step by step, on the day of the samples unless another is named. */
import type { GoldenNumbers, GoldenStep, Json } from './golden-pair.js';
import { CARDS, SHOP } from './samples.js';
import { type GoldenAttempt } from './transactions.js';

/** The day of the samples in Bogotá; others are named. */
export const on = (time: string, day = '2026-03-02'): string => `${day}T${time}-05:00`;
export const OPENED_AT = on('10:15:31');

export const opens = (body: Json, at = OPENED_AT): GoldenStep => ({ at, do: 'open', body });
export const pays = (
  time: string,
  card: keyof typeof CARDS,
  more: { amount?: string; subscribe?: true } = {},
): GoldenStep => ({
  at: on(time),
  do: 'pay',
  card: CARDS[card],
  ...more,
});
export const givesUp = (time: string): GoldenStep => ({ at: on(time), do: 'cancel' });
export const calls = (at: string, path: string, body: Json): GoldenStep => ({ at, do: 'call', path, body });
export const numbers = (next: GoldenNumbers): GoldenStep => ({ at: OPENED_AT, do: 'number', next });
export const turns = (switches: Json): GoldenStep => ({ at: OPENED_AT, do: 'switch', switches });

/** The network declines the next `count` attempts of the site with this reason. */
export const networkDeclines = (reason: string, count = 1, site = SHOP): GoldenStep => ({
  at: OPENED_AT,
  do: 'control',
  method: 'POST',
  path: '/control/faults',
  body: { operation: 'payment', kind: 'decline', reason, count, site: site.site },
});

/** An attempt on the day of the samples; `more` tells of its amount and its order. */
export const attempt = (
  internalReference: number,
  status: GoldenAttempt['status'],
  reason: string,
  time: string,
  card: keyof typeof CARDS,
  more: Partial<GoldenAttempt> = {},
): GoldenAttempt => ({ internalReference, status, reason, date: on(time), card: CARDS[card], ...more });
