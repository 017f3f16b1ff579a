import type { SessionState } from '@recaudo/shared';
import type { SessionSnapshot } from '../gateways/gateway.port.js';

export const LIVE_SESSION_STATES: readonly SessionState[] = ['opening', 'unknown', 'pending', 'partial'];

/** Its stored means of payment is being charged, or may have been: whoever paid besides would pay twice. */
export function isCharging({ collected, state }: { collected: boolean; state: SessionState }): boolean {
  return collected && LIVE_SESSION_STATES.includes(state);
}

/** `late`: news of something we held as ended otherwise; it gets in and a person is told. */
export type SessionVerdict = 'same' | 'moves' | 'late' | 'contradicts';

type Said = SessionSnapshot['state'];

const ENDED_UNPAID: Record<Said, SessionVerdict> = {
  pending: 'contradicts',
  // Its payments get in; the row cannot live again, because its order may have another live session by now.
  partial: 'contradicts',
  approved: 'late',
  partial_expired: 'late',
  rejected: 'same',
  cancelled: 'same',
  expired: 'same',
};

const ANY_MOVE: Record<Said, SessionVerdict> = {
  pending: 'moves',
  partial: 'moves',
  approved: 'moves',
  partial_expired: 'moves',
  rejected: 'moves',
  cancelled: 'moves',
  expired: 'moves',
};

/**
 * Row: what we hold; column: what the gateway says. `failed` is only our word for "never opened as far as we know", so
 * however it ended is news. While the gateway calls it pending it stays failed: nobody was given its address, and the
 * order may have another live session. How a session ended unpaid is not worth a contradiction.
 */
const VERDICTS: Record<SessionState, Record<Said, SessionVerdict>> = {
  opening: ANY_MOVE,
  unknown: ANY_MOVE,
  pending: { ...ANY_MOVE, pending: 'same' },
  failed: { ...ANY_MOVE, pending: 'same', partial: 'contradicts', approved: 'late', partial_expired: 'late' },
  // Between two attempts a gateway may call it pending again; what is paid stays paid.
  partial: {
    pending: 'same',
    partial: 'same',
    approved: 'moves',
    partial_expired: 'moves',
    rejected: 'late',
    cancelled: 'late',
    expired: 'late',
  },
  approved: {
    pending: 'contradicts',
    partial: 'contradicts',
    approved: 'same',
    partial_expired: 'contradicts',
    rejected: 'contradicts',
    cancelled: 'contradicts',
    expired: 'contradicts',
  },
  partial_expired: {
    pending: 'contradicts',
    partial: 'contradicts',
    approved: 'late',
    partial_expired: 'same',
    rejected: 'same',
    cancelled: 'same',
    expired: 'same',
  },
  rejected: ENDED_UNPAID,
  cancelled: ENDED_UNPAID,
  expired: ENDED_UNPAID,
};

export function sessionVerdict(held: SessionState, said: Said): SessionVerdict {
  return VERDICTS[held][said];
}

/** What live sessions may still bring in; 0 without one. */
export function liveMinor(live: readonly { amountMinor: number; approvedMinor: number }[]): number {
  return live.reduce(
    (sum, { amountMinor, approvedMinor }) => sum + Math.max(0, amountMinor - approvedMinor),
    0,
  );
}

/** Whether nothing more can be paid through it, as the gateway says. */
export function isOver(said: Said): boolean {
  return said !== 'pending' && said !== 'partial';
}
