import type { SessionView, TransactionView } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

/** What the sentence needs beside the payment: words, a clock, and the reader's way of writing. */
export interface SentenceTools {
  t: Translate;
  now: number;
  amount: (minor: number, currency: SessionView['currency']) => string;
  instant: (iso: string) => string;
}

export type SentenceSubject = Pick<
  SessionView,
  | 'state'
  | 'reason'
  | 'message'
  | 'amountMinor'
  | 'currency'
  | 'orderState'
  | 'createdAt'
  | 'expiresAt'
  | 'endedAt'
  | 'nextProbeAt'
  | 'transactions'
  | 'order'
  | 'reviews'
>;

/** An opening that takes longer than this is no longer "a moment": the gateway was silent. */
const OPENING_PATIENCE_MS = 60_000;
const BANK_PENDING = new Set(['?-', '?!', 'PT']);

/** Two short sentences: what happened, and what comes next. */
export function sessionSentence(session: SentenceSubject, tools: SentenceTools): string {
  const [happened, next] = partsOf(session, tools);
  return next ? `${happened} ${next}` : happened;
}

function partsOf(session: SentenceSubject, tools: SentenceTools): [string, string?] {
  switch (session.state) {
    case 'opening':
      return opening(session, tools);
    case 'pending':
      return pending(session, tools);
    case 'approved':
      return approved(session, tools);
    default:
      return [unpaidEnd(session, tools), afterUnpaidEnd(session, tools)];
  }
}

function opening({ createdAt }: SentenceSubject, { t, now }: SentenceTools): [string, string] {
  const slow = now - Date.parse(createdAt) > OPENING_PATIENCE_MS;
  return slow
    ? [t('sentence.opening_slow'), t('sentence.do_not_repeat')]
    : [t('sentence.opening'), t('sentence.opening_next')];
}

function pending(session: SentenceSubject, { t, now, instant }: SentenceTools): [string, string] {
  const last = latest(session.transactions);
  if (last && (last.state === 'pending' || last.state === 'unknown' || last.state === 'started')) {
    return [
      t(last.state === 'unknown' ? 'sentence.bank_unknown' : 'sentence.bank_pending', {
        at: instant(last.at),
      }),
      t('sentence.do_not_repeat'),
    ];
  }
  if (last === undefined && session.reason && BANK_PENDING.has(session.reason) && session.reason !== 'PT') {
    return [t('sentence.bank_pending', { at: instant(session.createdAt) }), t('sentence.do_not_repeat')];
  }
  if (Date.parse(session.expiresAt) <= now) {
    const next =
      session.nextProbeAt && Date.parse(session.nextProbeAt) > now
        ? t('sentence.asked_again', { at: instant(session.nextProbeAt) })
        : t('sentence.asked_alone');
    return [t('sentence.late', { at: instant(session.expiresAt) }), next];
  }
  const expires = t('sentence.can_pay_until', { at: instant(session.expiresAt) });
  if (last?.state === 'rejected')
    return [t('sentence.attempt_rejected', { reason: reasonWords(last.reason, t) }), expires];
  return [t('sentence.not_paid_yet'), expires];
}

function approved(session: SentenceSubject, { t, amount, instant }: SentenceTools): [string, string] {
  const paid = session.transactions.find((transaction) => transaction.state === 'approved');
  const at = instant(paid?.at ?? session.endedAt ?? session.createdAt);
  const happened = paid?.issuer
    ? t('sentence.approved_by', { at, issuer: paid.issuer })
    : t('sentence.approved', { at });
  const extra = session.order.settledMinor - session.order.dueMinor;
  if (session.orderState === 'overpaid') {
    return [happened, t('sentence.overpaid', { amount: amount(Math.max(extra, 0), session.currency) })];
  }
  if (waitsForPerson(session)) return [happened, t('sentence.person_should_look')];
  if (extra < 0) return [happened, t('sentence.still_missing', { amount: amount(-extra, session.currency) })];
  return [happened, t('sentence.nothing_left')];
}

function unpaidEnd(session: SentenceSubject, { t, instant }: SentenceTools): string {
  const at = instant(session.endedAt ?? session.expiresAt);
  const last = latest(session.transactions);
  switch (session.state) {
    case 'rejected':
      return t('sentence.rejected', { at, reason: reasonWords(last?.reason ?? session.reason, t) });
    case 'cancelled':
      return t(session.reason === 'MC' ? 'sentence.cancelled_by_us' : 'sentence.cancelled', { at });
    case 'expired':
      return last
        ? t('sentence.expired_after_attempts', { at, reason: reasonWords(last.reason, t) })
        : t('sentence.expired', { at });
    default:
      // A silent gateway says nothing worth quoting; a refusal does.
      return session.message && session.reason !== 'gateway_unreachable'
        ? t('sentence.failed_because', { message: session.message })
        : t('sentence.failed');
  }
}

function afterUnpaidEnd(session: SentenceSubject, { t, now, instant }: SentenceTools): string {
  if (session.orderState === 'overpaid') return t('sentence.order_overpaid');
  if (waitsForPerson(session)) return t('sentence.person_should_look');
  if (session.orderState === 'paid') return t('sentence.order_paid');
  const live = session.order.sessions.some((other) => other.state === 'pending' || other.state === 'opening');
  if (live) return t('sentence.other_live');
  if (Date.parse(session.order.linkExpiresAt) > now)
    return t('sentence.link_opens_again', { at: instant(session.order.linkExpiresAt) });
  return t('sentence.open_again');
}

/** While something open contradicts the state, neither "nothing to do" nor "charge again" is good advice. */
function waitsForPerson({ reviews }: SentenceSubject): boolean {
  return reviews.some((review) => review.resolvedAt === null);
}

/** The gateway's reason code in plain words; a code nobody has named is shown as it is. */
export function reasonWords(reason: string | null, t: Translate): string {
  if (reason === null || reason === '') return t('reasons.none');
  return t(`reasons.${reason}`, { _: t('reasons.other', { code: reason }) });
}

/** The last attempt by the gateway's own time. */
function latest(transactions: TransactionView[]): TransactionView | undefined {
  return transactions.reduce<TransactionView | undefined>(
    (found, candidate) => (!found || Date.parse(candidate.at) >= Date.parse(found.at) ? candidate : found),
    undefined,
  );
}
