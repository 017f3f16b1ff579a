import { isDeepStrictEqual } from 'node:util';
import type { SessionState } from '@recaudo/shared';
import type { SessionSnapshot } from '../gateways/gateway.port.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { isOver } from './session.states.js';

/**
 * Why a session ended, as it is kept. Of a charge of ours it is its one attempt that says so: the gateway's word for the session
 * is only that the request was refused.
 */
export function wordsOf(
  { reason, message, attempts }: Pick<SessionSnapshot, 'reason' | 'message' | 'attempts'>,
  collected: boolean,
): { reason: string; message: string } {
  const attempt = collected ? attempts.at(-1) : undefined;
  const words = attempt?.reason ? attempt : { reason, message };
  return { reason: words.reason.slice(0, 40), message: words.message.slice(0, 500) };
}

/** Of an old answer: the attempts that are decided. */
export function finalPartOf(snapshot: SessionSnapshot): SessionSnapshot {
  const decided = ['approved', 'partial', 'rejected'];
  return { ...snapshot, attempts: snapshot.attempts.filter((attempt) => decided.includes(attempt.state)) };
}

/** Of an approved part-payment each part counts once: of a dispersion its parts, of anything else the attempts. */
export function approvedMinor(snapshot: SessionSnapshot): number {
  return snapshot.attempts
    .flatMap((attempt) => (attempt.kind === 'dispersion' ? attempt.parts : [attempt]))
    .filter((attempt) => attempt.kind === 'payment' && attempt.state === 'approved')
    .reduce((sum, attempt) => sum + attempt.fromMinor, 0);
}

export function needsAccount({ kind, state, attempts }: SessionSnapshot): boolean {
  return (
    (kind === 'recurring' && state === 'approved') ||
    attempts.some((attempt) => attempt.state === 'to_confirm')
  );
}

/** Until when the captured payment waits for our word; null when none does. */
export function confirmBy(snapshot: SessionSnapshot, confirmationMinutes: number | null): Date | null {
  const waiting = snapshot.attempts.find((attempt) => attempt.state === 'to_confirm');
  if (!waiting || confirmationMinutes === null || isOver(snapshot.state)) return null;
  return new Date(waiting.at.getTime() + confirmationMinutes * 60_000);
}

/** What is held of a session: its row, the answer that was applied last, and its transactions. */
export interface Held {
  state: SessionState;
  stored: SessionSnapshot | null;
  rows: readonly Pick<TransactionRow, 'kind' | 'internalReference' | 'state' | 'refunded'>[];
}

/** Whether the answer about a session that is over is the one applied last, and our rows say the same. */
export function saysNothingNew(
  { state, attempts }: SessionSnapshot,
  { stored, rows, ...held }: Held,
): boolean {
  if (!isOver(state) || held.state !== state || !isDeepStrictEqual(stored?.attempts, attempts)) return false;
  return attempts
    .flatMap((attempt) => [attempt, ...attempt.parts])
    .every((attempt) =>
      rows.some(
        (row) =>
          row.kind === attempt.kind &&
          row.internalReference === attempt.internalReference &&
          row.state === attempt.state &&
          (row.refunded || !attempt.refunded),
      ),
    );
}
