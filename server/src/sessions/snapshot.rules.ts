import type { SessionSnapshot } from '../gateways/gateway.port.js';
import { isOver } from './session.states.js';

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
