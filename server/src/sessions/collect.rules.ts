import type { CollectPreview, CollectResult, Currency } from '@recaudo/shared';
import type { QueryAnswer, SessionSnapshot } from '../gateways/gateway.port.js';
import { ProblemError } from '../platform/problem.js';
import type { CollectRow } from './collect.entity.js';
import type { SessionRow } from './session.entity.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The gateway charges the same reference, total and currency of a site once in so long (protocol 8.7). */
export const SHIELD_MS = 24 * HOUR;
/** Money rules, section 5: not before the gateway must have ended the first, and well before its shield ends. */
const RESEND_AFTER_MS = 10 * MINUTE;
const RESEND_UNTIL_MS = 22 * HOUR;
const MOST_SENDS = 4;
/** The gateway tells seconds, by a clock of its own. Of two sends the earlier is ten minutes older, and answered in three. */
const CLOCKS_APART_MS = MINUTE;
const LATEST_QUESTION_MS = 6 * HOUR;
const MOST_SILENCE_MS = 7 * 24 * HOUR;

/** A charge of a stored means of payment as it left us. Minor units. */
export interface Sent {
  reference: string;
  amountMinor: number;
  currency: Currency;
  /** Counting the one that is answered. */
  sends: number;
  /** When this one left. */
  sentAt: Date;
}

/** Whose the number of an answer is already: of an earlier charge of the same order, of another order, or nobody's. */
export type Holder = 'nobody' | 'same_order' | 'another_order';

/**
 * `told`: the answer is this charge, and is applied. `refused`: nothing was charged. `shielded`: the gateway tells of an
 * earlier charge of the order, and this one charged nothing. `unknown`: it may have been charged; a `discrepancy` is for
 * people to see.
 */
export type CollectOutcome =
  | { kind: 'told'; snapshot: SessionSnapshot }
  | { kind: 'refused'; reason: string; message: string }
  | { kind: 'shielded'; number: string }
  | { kind: 'unknown'; why: string; discrepancy: boolean };

const unknown = (why: string, discrepancy = false): CollectOutcome => ({ kind: 'unknown', why, discrepancy });

/** What an answer to a charge proves (money rules, section 5). */
export function outcomeOf(sent: Sent, answer: QueryAnswer, holder: Holder): CollectOutcome {
  const again = sent.sends > 1;
  if (answer.kind === 'unknown') return unknown(answer.why);
  if (answer.kind === 'notFound') return unknown('not found');
  if (answer.kind === 'unsent')
    return again ? unknown(answer.why) : { kind: 'refused', reason: 'unsent', message: answer.why };
  if (answer.kind === 'refused') {
    const { reason, message } = answer;
    return again ? unknown(`${reason}: ${message}`) : { kind: 'refused', reason, message };
  }
  return outcomeTold(sent, answer.session, holder);
}

/** The same of what the gateway tells of a charge, by whatever road. */
export function outcomeTold(sent: Sent, snapshot: SessionSnapshot, holder: Holder): CollectOutcome {
  const { reference, askedMinor, askedCurrency, state, number, attempts } = snapshot;
  if (holder === 'another_order') return unknown(`session ${number} is another order’s`, true);
  if (holder === 'same_order') return { kind: 'shielded', number };
  if (reference !== sent.reference) return unknown('an answer about another charge', true);
  const same = askedMinor === sent.amountMinor && askedCurrency === sent.currency;
  // Money moved: it is recorded as the gateway says, and the difference is told where the payment enters.
  if (!same && state !== 'approved') return unknown('an answer about another amount', true);
  if (state === 'approved' || state === 'pending') return { kind: 'told', snapshot };
  // Sent again, it may be refused for being there already: only a try of its own is proof.
  const tried = triedSince(attempts, sent.sentAt);
  return sent.sends === 1 || tried
    ? { kind: 'told', snapshot }
    : unknown('refused without a payment of its own');
}

/** Whether one of the payments of a session was tried after the charge was sent, and not before it. */
export const triedSince = (attempts: readonly { at: Date }[], sentAt: Date): boolean =>
  attempts.some(({ at }) => at.getTime() >= sentAt.getTime() - CLOCKS_APART_MS);

/** What is known when a charge of unknown outcome is looked at again. */
export interface Unknown {
  /** How often it was sent so far. */
  sends: number;
  sentAt: Date;
  firstSentAt: Date;
}

/** Whether the identical request may go out once more, as far as time goes; what is due is looked at under the lock. */
export function mayResend({ sends, sentAt, firstSentAt }: Unknown, now: Date): boolean {
  return (
    sends < MOST_SENDS &&
    now.getTime() - sentAt.getTime() >= RESEND_AFTER_MS &&
    now.getTime() - firstSentAt.getTime() < RESEND_UNTIL_MS
  );
}

/** When to look again; null once only a person can find out. */
export function nextLook(collect: Unknown, now: Date): Date | null {
  const at = new Date(Math.max(now.getTime() + MINUTE, collect.sentAt.getTime() + RESEND_AFTER_MS));
  return mayResend(collect, at) ? at : null;
}

/** When to ask again about a charge whose number is known, ever more seldom; null after a week of silence. */
export function nextQuestion(firstSentAt: Date, now: Date): Date | null {
  const age = now.getTime() - firstSentAt.getTime();
  if (age > MOST_SILENCE_MS) return null;
  return new Date(now.getTime() + Math.min(Math.max(age / 4, RESEND_AFTER_MS), LATEST_QUESTION_MS));
}

/** The same charge that went out already, and until when the gateway takes another for it. */
export interface Shield {
  session: SessionRow;
  collect: CollectRow;
  until: Date;
}

/** As whoever is about to charge is told of it; `named`: the reader may know people of the house. */
export function shieldView({ session, collect, until }: Shield, named: boolean): CollectPreview['shield'] {
  return {
    ...{ sessionId: session.id, state: session.state },
    ...{ sentAt: collect.sentAt.toISOString(), until: until.toISOString() },
    by: named ? (collect.askedByName ?? '') : '',
  };
}

/** To whoever charges all the same: what went out, whose it is, and until when. */
export function chargedAlready({ session, collect, until }: Shield): ProblemError {
  const { id, state, amountMinor, currency } = session;
  return new ProblemError('charged_already', {
    detail: until.toISOString(),
    subject: { type: 'session', id },
    other: {
      ...{ kind: 'collect', state, amountMinor, currency },
      ...{ by: collect.askedByName, at: collect.sentAt.toISOString() },
    },
  });
}

/** What a charge truly came to, as whoever asked for it is told. */
export function collectResult({ id, state, reason, message }: SessionRow): CollectResult {
  const open = state === 'unknown' || state === 'opening';
  const result = state === 'approved' || state === 'pending' ? state : open ? 'unknown' : 'rejected';
  return { result, session: { id, state, reason, message }, approval: null };
}
