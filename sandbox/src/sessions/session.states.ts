/**
 * The life of a session (protocol 5.1, 8), pure: every function takes a session and answers the next one.
 *
 *   PENDING/PC ── first attempt ──► PENDING/PT
 *   PENDING ── all of it approved, token stored ──► APPROVED/00
 *           ── a part approved ───► APPROVED_PARTIAL/P0 ── the rest ──► APPROVED/00
 *                                                       ── expires, given up ──► PARTIAL_EXPIRED/PX
 *           ── attempts used up ──► REJECTED/XN
 *           ── payer gives up ────► REJECTED/?C, merchant cancels ──► REJECTED/MC
 *           ── expires, nothing pending at the network ──► REJECTED/EX
 *           ── a dispersion half approved ──► PARTIAL_EXPIRED/PX
 *
 * What falls due is dated by the moment at which it was due, not by the moment at which somebody noticed.
 */
import type { Verdict } from '../network/network.js';
import type { Kind } from '../wire/session-request.js';
import { advanceParts, nextPartDue, wholeOf } from './dispersion.rules.js';
import type { PartState } from './dispersion.rules.js';

export type SessionStatus =
  'PENDING' | 'APPROVED' | 'REJECTED' | 'APPROVED_PARTIAL' | 'PARTIAL_EXPIRED' | 'CANCELED';

export type TransactionStatus =
  | 'APPROVED'
  | 'REJECTED'
  | 'FAILED'
  | 'PENDING'
  | 'PENDING_VALIDATION'
  | 'PENDING_CONFIRMATION'
  | 'PENDING_PROCESS'
  | 'APPROVED_PARTIAL';

export interface Resolution {
  at: Date;
  status: 'APPROVED' | 'REJECTED';
  reason: string;
}

export interface AttemptState {
  status: TransactionStatus;
  reason: string;
  /** When it took this status. */
  at: Date;
  amountMinor: number;
  /** What the network will answer, and when; null once it has answered, and where it never will. */
  resolution: Resolution | null;
  /** The parts of a dispersed payment, in the order in which they reach the network. */
  children: PartState[];
  /** Of a captured payment: what the network says when the merchant confirms. */
  heldVerdict?: Verdict | null;
}

/** Readings of the protocol's open questions that bear on the life of a session (switches of the site). */
export interface StateRules {
  /** Attempts without approval after which it is rejected. */
  attemptLimit: number;
  expiredReason: 'EX' | 'XN';
  expiryWhilePending: 'wait' | 'reject';
  cancelledConfirmation: 'REJECTED' | 'CANCELED';
}

export interface SessionState<A extends AttemptState = AttemptState> {
  kind: Kind;
  status: SessionStatus;
  reason: string;
  /** The key of its status text, where that is not the reason's own. */
  message: string | null;
  /** When it became final; null while it is not. */
  finalAt: Date | null;
  expiresAt: Date;
  amountMinor: number;
  rules: StateRules;
  /** Oldest first. */
  attempts: A[];
  /** Tokenizations that came to nothing; they count among the tries. */
  failedTokenizations: number;
}

export const isFinal = (session: Pick<SessionState, 'status'>): boolean =>
  session.status !== 'PENDING' && session.status !== 'APPROVED_PARTIAL';

const LIVING: TransactionStatus[] = ['PENDING', 'PENDING_VALIDATION', 'PENDING_CONFIRMATION'];

export const isLiving = (attempt: Pick<AttemptState, 'status'>): boolean => LIVING.includes(attempt.status);

/** True while an attempt waits for the network, or for the merchant to confirm it. */
export const isWaiting = (session: SessionState): boolean => session.attempts.some(isLiving);

/** True when the payer may try (again), or give up: open, nothing pending, not expired. Call `advance` first. */
export const isPayable = (session: SessionState): boolean => !isFinal(session) && !isWaiting(session);

export function approvedMinor(session: Pick<SessionState, 'attempts'>): number {
  return session.attempts.reduce(
    (sum, attempt) => (attempt.status === 'APPROVED' ? sum + attempt.amountMinor : sum),
    0,
  );
}

/** What is still to be paid, in minor units. */
export const remainingMinor = (session: SessionState): number => session.amountMinor - approvedMinor(session);

/** How often somebody tried, approved or not; a page sends back the number that it knew. */
export const triesOf = (session: SessionState): number =>
  session.attempts.length + session.failedTokenizations;

export function triesLeft(session: SessionState): number {
  return session.rules.attemptLimit - failures(session);
}

// A technical failure counts like a rejection (house rule): something must bound the tries.
const failures = ({ attempts, failedTokenizations }: SessionState): number =>
  attempts.filter(({ status }) => status === 'REJECTED' || status === 'FAILED').length + failedTokenizations;

/** The next instant at which something happens by itself; null once final, and where the network never answers. */
export function nextDue(session: SessionState): Date | null {
  if (isFinal(session)) return null;
  if (!isWaiting(session)) return session.expiresAt;
  const answers = session.attempts.flatMap((attempt) => attemptDue(attempt) ?? []);
  // While the network has not answered, expiry waits for it (house rule).
  const dues = isCutShort(session) ? [...answers, session.expiresAt] : answers;
  return dues.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);
}

/** Under the switch, expiry declines what is pending at the network; a confirmation has a window of its own. */
const isCutShort = (session: SessionState): boolean =>
  session.rules.expiryWhilePending === 'reject' && session.kind !== 'confirmation';

function attemptDue(attempt: AttemptState): Date | null {
  if (!isLiving(attempt)) return null;
  return attempt.children.length > 0 ? nextPartDue(attempt.children) : (attempt.resolution?.at ?? null);
}

/** Applies everything that was due by `now`, in the order in which it was due. */
export function advance<A extends AttemptState>(session: SessionState<A>, now: Date): SessionState<A> {
  let current = session;
  // Each round resolves a part or an attempt, or ends the session, so there are few rounds.
  for (let due = nextDue(current); due !== null && due <= now; due = nextDue(current)) {
    current = isWaiting(current) ? resolveAt(current, due) : expire(current, due);
  }
  return current;
}

/** Adds an attempt that the network has answered or holds. The session must be payable. */
export function addAttempt<A extends AttemptState>(session: SessionState<A>, attempt: A): SessionState<A> {
  if (!isPayable(session)) throw new Error('an attempt was added to a session that is not payable');
  if (attempt.amountMinor > remainingMinor(session))
    throw new Error('an attempt is for more than what is left');
  return settle({ ...session, reason: 'PT', attempts: [...session.attempts, attempt] }, attempt.at);
}

/** A card was stored, or could not be. The session must be payable. */
export function addTokenization<A extends AttemptState>(
  session: SessionState<A>,
  isStored: boolean,
  at: Date,
): SessionState<A> {
  if (!isPayable(session)) throw new Error('a card was stored for a session that is not payable');
  if (isStored) return end(session, 'APPROVED', '00', at);
  return settle({ ...session, reason: 'PT', failedTokenizations: session.failedTokenizations + 1 }, at);
}

/** The payer gives up. The session must be payable. */
export function giveUp<A extends AttemptState>(session: SessionState<A>, now: Date): SessionState<A> {
  if (!isPayable(session)) throw new Error('a session that is not payable was given up');
  return endUnpaid(session, '?C', now);
}

/** The merchant may cancel what is pending and holds no payment, done or under way (protocol 3.3). */
export const isCancellable = (session: SessionState): boolean =>
  session.status === 'PENDING' && isPayable(session);

export function cancelByMerchant<A extends AttemptState>(
  session: SessionState<A>,
  now: Date,
): SessionState<A> {
  if (!isCancellable(session)) throw new Error('a session that is not pending was cancelled');
  return end(session, 'REJECTED', 'MC', now);
}

/** A charge that was refused as a repetition of an earlier one, without asking the network. */
export function refuseCollect<A extends AttemptState>(session: SessionState<A>, now: Date): SessionState<A> {
  return end(session, 'REJECTED', 'XN', now);
}

/** Gives the one attempt that awaits confirmation the answer of the network, or of the merchant who cancels it. */
export function answerConfirmation<A extends AttemptState>(
  session: SessionState<A>,
  answer: Pick<AttemptState, 'status' | 'reason' | 'resolution'>,
  at: Date,
): SessionState<A> {
  const attempts = session.attempts.map((attempt) =>
    attempt.status === 'PENDING_CONFIRMATION' ? { ...attempt, ...answer, at } : attempt,
  );
  return settle({ ...session, attempts }, at);
}

function resolveAt<A extends AttemptState>(session: SessionState<A>, due: Date): SessionState<A> {
  const attempts = session.attempts.map((attempt): A => {
    if (!isLiving(attempt)) return attempt;
    if (attempt.children.length > 0) {
      const children = advanceParts(attempt.children, due);
      return { ...attempt, children, ...wholeOf(children, due), resolution: null };
    }
    const { resolution } = attempt;
    if (!resolution || resolution.at > due) return attempt;
    return { ...attempt, ...resolution, resolution: null };
  });
  if (isCutShort(session) && session.expiresAt <= due) {
    return settle({ ...session, attempts: attempts.map((attempt) => cutShort(attempt, due)) }, due);
  }
  return settle({ ...session, attempts }, due);
}

function cutShort<A extends AttemptState>(attempt: A, at: Date): A {
  if (!isLiving(attempt)) return attempt;
  const over = { status: 'REJECTED', reason: 'EX', at, resolution: null } as const;
  if (attempt.children.length === 0) return { ...attempt, ...over };
  const isOver = (part: PartState): boolean => part.status === 'PENDING_PROCESS' || isLiving(part);
  const children = attempt.children.map((part) =>
    isOver(part) ? { ...part, ...over, startsAt: null } : part,
  );
  return { ...attempt, children, ...wholeOf(children, at), resolution: null };
}

/** Draws the session's state from its attempts at the moment one of them was answered. */
function settle<A extends AttemptState>(session: SessionState<A>, at: Date): SessionState<A> {
  const approved = approvedMinor(session);
  if (approved >= session.amountMinor && approved > 0) return end(session, 'APPROVED', '00', at);
  if (session.attempts.some(({ status }) => status === 'APPROVED_PARTIAL')) {
    return end(session, 'PARTIAL_EXPIRED', 'PX', at);
  }
  if (!isWaiting(session)) {
    const refused = session.attempts.find(({ heldVerdict }) => heldVerdict);
    if (refused) return endConfirmation(session, refused, at);
    if (triesLeft(session) <= 0) return endUnpaid(session, 'XN', at);
    if (session.expiresAt <= at) return expire(session, at);
  }
  return approved > 0 ? { ...session, status: 'APPROVED_PARTIAL', reason: 'P0' } : session;
}

/** What was captured has one answer, and after it there is no second try (house rule). */
function endConfirmation<A extends AttemptState>(
  session: SessionState<A>,
  { reason }: AttemptState,
  at: Date,
): SessionState<A> {
  if (reason === 'EX') return expire(session, at);
  if (reason === '?C') return end(session, session.rules.cancelledConfirmation, '?C', at);
  return end(session, 'REJECTED', 'XN', at);
}

function expire<A extends AttemptState>(session: SessionState<A>, at: Date): SessionState<A> {
  const ended = endUnpaid(session, session.rules.expiredReason, at);
  return ended.status === 'REJECTED' ? { ...ended, message: 'EX' } : ended;
}

/** What was paid in part stays paid. */
function endUnpaid<A extends AttemptState>(
  session: SessionState<A>,
  reason: string,
  at: Date,
): SessionState<A> {
  return approvedMinor(session) > 0
    ? end(session, 'PARTIAL_EXPIRED', 'PX', at)
    : end(session, 'REJECTED', reason, at);
}

function end<A extends AttemptState>(
  session: SessionState<A>,
  status: SessionStatus,
  reason: string,
  at: Date,
): SessionState<A> {
  return { ...session, status, reason, finalAt: at };
}
