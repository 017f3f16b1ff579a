import type { Queue, SessionState } from '@recaudo/shared';

export interface Queued {
  queue: Queue | null;
  /** What its list is sorted by: the deadline, or when the remainder arose. */
  queueAt: Date | null;
}

/**
 * The review queue that a session stands in by itself. `confirm`: captured, until the deadline. `partial`: something is
 * paid and the rest may still come. A `remainder` is the order's: see `OrdersService.queueRemainder`.
 */
export function queueOf(session: { state: SessionState; expiresAt: Date }, confirmBy: Date | null): Queued {
  if (confirmBy) return { queue: 'confirm', queueAt: confirmBy };
  if (session.state === 'partial') return { queue: 'partial', queueAt: session.expiresAt };
  return { queue: null, queueAt: null };
}
