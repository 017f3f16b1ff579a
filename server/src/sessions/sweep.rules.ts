import type { AttemptSnapshot, SessionSnapshot } from '../gateways/gateway.port.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';

const DAY_MS = 86_400_000;
/** Days after its end at which a paid session is looked at once more; after the last one, never again by itself. */
const DAYS = [1, 3, 7, 15, 30];

/** When a session that was paid and ended then is looked at next; null: never again by itself. */
export function nextSweep(endedAt: Date, now: Date): Date | null {
  const age = now.getTime() - endedAt.getTime();
  const days = DAYS.find((each) => each * DAY_MS > age);
  return days === undefined ? null : new Date(endedAt.getTime() + days * DAY_MS);
}

/** Whether the gateway shows anything of a paid session that our rows do not say: another state, a new attempt, a flag. */
export function tellsNews(
  said: SessionSnapshot,
  held: { state: string; transactions: readonly TransactionRow[] },
): boolean {
  const differs = (attempt: AttemptSnapshot): boolean => {
    const row = held.transactions.find(
      ({ kind, internalReference }) =>
        kind === attempt.kind && internalReference === attempt.internalReference,
    );
    return !row || row.state !== attempt.state || (attempt.refunded && !row.refunded);
  };
  return said.state !== held.state || said.attempts.some((each) => differs(each) || each.parts.some(differs));
}
