/** The shield against charging a token twice (protocol 8.7), pure. */
import type { SessionStatus } from './session.states.js';

const DAY_MS = 24 * 3_600_000;

/** Collects older than this block nothing. */
export const shieldedSince = (now: Date): Date => new Date(now.getTime() - DAY_MS);

/** What makes two collects the same; the instrument does not. Amounts are compared after rounding. */
export const shieldKey = (site: string, reference: string, currency: string, amountMinor: number): string =>
  JSON.stringify([site, reference, currency, amountMinor]);

/** Whether an earlier collect stands in the way of the same one again: one that was rejected only under a switch. */
export function blocks(earlier: SessionStatus, isRejectedBlocking: boolean): boolean {
  const isRefused = earlier === 'REJECTED' || earlier === 'CANCELED';
  return isRejectedBlocking || !isRefused;
}
