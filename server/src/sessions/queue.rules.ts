import type { OrderState, Queue, SessionState } from '@recaudo/shared';
import { LIVE_SESSION_STATES } from './session.states.js';

export interface Queued {
  queue: Queue | null;
  /** What its list is sorted by: the deadline, or when the remainder arose. */
  queueAt: Date | null;
}

/**
 * The review queue that a session stands in. `confirm`: captured, until the deadline. `partial`: something is paid and
 * the rest may still come. `remainder`: it ended, and its order is paid in part.
 */
export function queueOf(
  session: { state: SessionState; expiresAt: Date; endedAt: Date | null },
  order: OrderState,
  confirmBy: Date | null,
): Queued {
  if (confirmBy) return { queue: 'confirm', queueAt: confirmBy };
  if (session.state === 'partial') return { queue: 'partial', queueAt: session.expiresAt };
  const ended = !LIVE_SESSION_STATES.includes(session.state);
  if (ended && order === 'part_paid') return { queue: 'remainder', queueAt: session.endedAt };
  return { queue: null, queueAt: null };
}
