import type { SessionState } from '@recaudo/shared';

export const LIVE_SESSION_STATES: readonly SessionState[] = ['opening', 'pending'];

/** `late`: an approval of something we held as ended; it gets in and a person is told. */
export type SessionVerdict = 'same' | 'moves' | 'late' | 'contradicts';

type Said = 'pending' | 'approved' | 'rejected' | 'cancelled' | 'expired';

const ENDED_UNPAID: Record<Said, SessionVerdict> = {
  pending: 'contradicts',
  approved: 'late',
  rejected: 'same',
  cancelled: 'same',
  expired: 'same',
};

/**
 * Row: what we hold; column: what the gateway says. `failed` is only our word for "never opened as far as we know", so
 * however it ended is news. While the gateway calls it pending it stays failed: nobody was given its address, and the
 * order may have another live session. How a session ended unpaid is not worth a contradiction.
 */
const VERDICTS: Record<SessionState, Record<Said, SessionVerdict>> = {
  opening: { pending: 'moves', approved: 'moves', rejected: 'moves', cancelled: 'moves', expired: 'moves' },
  pending: { pending: 'same', approved: 'moves', rejected: 'moves', cancelled: 'moves', expired: 'moves' },
  failed: { pending: 'same', approved: 'late', rejected: 'moves', cancelled: 'moves', expired: 'moves' },
  approved: {
    pending: 'contradicts',
    approved: 'same',
    rejected: 'contradicts',
    cancelled: 'contradicts',
    expired: 'contradicts',
  },
  rejected: ENDED_UNPAID,
  cancelled: ENDED_UNPAID,
  expired: ENDED_UNPAID,
};

export function sessionVerdict(held: SessionState, said: Said): SessionVerdict {
  return VERDICTS[held][said];
}
