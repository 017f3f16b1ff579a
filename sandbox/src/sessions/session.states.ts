/**
 * The life of a session (protocol 5.1, 8.8), pure: every function takes a session and answers the next one.
 *
 *   PENDING/PC ── first attempt ──► PENDING/PT
 *   PENDING ── attempt approved ──► APPROVED/00
 *           ── attempts used up ──► REJECTED/XN
 *           ── payer gives up ────► REJECTED/?C
 *           ── expires, nothing pending at the network ──► REJECTED/EX
 *
 * What falls due is dated by the moment at which it was due, not by the moment at which somebody noticed.
 */
export type SessionStatus = 'PENDING' | 'APPROVED' | 'REJECTED';
export type AttemptStatus = 'APPROVED' | 'REJECTED' | 'FAILED' | 'PENDING' | 'PENDING_VALIDATION';

export interface Resolution {
  at: Date;
  status: 'APPROVED' | 'REJECTED';
  reason: string;
}

export interface AttemptState {
  status: AttemptStatus;
  reason: string;
  /** When it took this status. */
  at: Date;
  /** What the network will answer, and when; null once it has answered. */
  resolution: Resolution | null;
}

export interface SessionState<A extends AttemptState = AttemptState> {
  status: SessionStatus;
  reason: string;
  /** When it became final; null while it is not. */
  finalAt: Date | null;
  expiresAt: Date;
  /** Attempts without approval after which it is rejected. */
  attemptLimit: number;
  /** Oldest first. */
  attempts: A[];
}

export const isFinal = (session: SessionState): boolean => session.status !== 'PENDING';

export const isLiving = (attempt: AttemptState): boolean =>
  attempt.status === 'PENDING' || attempt.status === 'PENDING_VALIDATION';

/** True while an attempt waits for the network. */
export const isWaiting = (session: SessionState): boolean => session.attempts.some(isLiving);

/** True when the payer may try (again), or give up: open, nothing pending, not expired. Call `advance` first. */
export const isPayable = (session: SessionState): boolean => !isFinal(session) && !isWaiting(session);

/** The next instant at which something happens by itself; null once final. */
export function nextDue(session: SessionState): Date | null {
  if (isFinal(session)) return null;
  const resolutions = session.attempts.flatMap((attempt) =>
    attempt.resolution ? [attempt.resolution.at] : [],
  );
  // While the network has not answered, expiry waits for it (house rule).
  if (resolutions.length === 0) return session.expiresAt;
  return resolutions.reduce((first, at) => (at < first ? at : first));
}

/** Applies everything that was due by `now`, in the order in which it was due. */
export function advance<A extends AttemptState>(session: SessionState<A>, now: Date): SessionState<A> {
  let current = session;
  // Each round resolves an attempt or ends the session, so there are never more rounds than attempts and one.
  for (let due = nextDue(current); due !== null && due <= now; due = nextDue(current)) {
    current = isWaiting(current) ? resolveAt(current, due) : end(current, 'REJECTED', 'EX', due);
  }
  return current;
}

/** Adds an attempt that the network has answered or holds. The session must be payable. */
export function addAttempt<A extends AttemptState>(session: SessionState<A>, attempt: A): SessionState<A> {
  if (!isPayable(session)) throw new Error('an attempt was added to a session that is not payable');
  return settle({ ...session, reason: 'PT', attempts: [...session.attempts, attempt] }, attempt.at);
}

/** The payer gives up. The session must be payable. */
export function giveUp<A extends AttemptState>(session: SessionState<A>, now: Date): SessionState<A> {
  if (!isPayable(session)) throw new Error('a session that is not payable was given up');
  return end(session, 'REJECTED', '?C', now);
}

function resolveAt<A extends AttemptState>(session: SessionState<A>, due: Date): SessionState<A> {
  const attempts = session.attempts.map((attempt) => {
    const resolution = attempt.resolution;
    if (!resolution || resolution.at > due) return attempt;
    return {
      ...attempt,
      status: resolution.status,
      reason: resolution.reason,
      at: resolution.at,
      resolution: null,
    };
  });
  return settle({ ...session, attempts }, due);
}

/** Draws the session's state from its attempts at the moment one of them was answered. */
function settle<A extends AttemptState>(session: SessionState<A>, at: Date): SessionState<A> {
  if (session.attempts.some((attempt) => attempt.status === 'APPROVED'))
    return end(session, 'APPROVED', '00', at);
  if (isWaiting(session)) return session;
  // A technical failure counts like a rejection (house rule): something must bound the tries.
  if (session.attempts.length >= session.attemptLimit) return end(session, 'REJECTED', 'XN', at);
  if (session.expiresAt <= at) return end(session, 'REJECTED', 'EX', at);
  return session;
}

function end<A extends AttemptState>(
  session: SessionState<A>,
  status: 'APPROVED' | 'REJECTED',
  reason: string,
  at: Date,
): SessionState<A> {
  return { ...session, status, reason, finalAt: at };
}
