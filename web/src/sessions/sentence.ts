import type { SessionView, TransactionView } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';
import { approvedParts, toConfirmParts } from './kinds/sentence-parts.js';
import { waitsForPerson, type SentenceSubject, type SentenceTools } from './sentence-subject.js';

/** An opening that takes longer than this is no longer "a moment": the gateway was silent. */
const OPENING_PATIENCE_MS = 60_000;
const BANK_PENDING = new Set(['?-', '?!', 'PT']);

/** Two or three short sentences: what happened, and what comes next. */
export function sessionSentence(session: SentenceSubject, tools: SentenceTools): string {
  return partsOf(session, tools).join(' ');
}

function partsOf(session: SentenceSubject, tools: SentenceTools): string[] {
  switch (session.state) {
    case 'opening':
      return opening(session, tools);
    case 'unknown':
      return chargeUnknown(session, tools);
    case 'pending':
      return pending(session, tools);
    case 'partial':
      return partial(session, tools);
    case 'approved':
      return approvedParts(session, tools);
    case 'partial_expired':
      return [incomplete(session, tools), afterIncomplete(session, tools)];
    default:
      return [unpaidEnd(session, tools), afterUnpaidEnd(session, tools)];
  }
}

/** A stored means of payment may have been charged: what finds out, and what must not be done meanwhile. */
function chargeUnknown({ collect }: SentenceSubject, { t, clock }: SentenceTools): string[] {
  const next = collect?.nextLookAt;
  return [
    t('sentence.charge_unknown'),
    next ? t('sentence.charge_found_out', { at: clock(next) }) : t('sentence.charge_left_to_people'),
  ];
}

function opening({ createdAt, collect }: SentenceSubject, { t, now }: SentenceTools): string[] {
  if (collect) return [t('sentence.charging'), t('sentence.do_not_repeat')];
  const slow = now - Date.parse(createdAt) > OPENING_PATIENCE_MS;
  return slow
    ? [t('sentence.opening_slow'), t('sentence.do_not_repeat')]
    : [t('sentence.opening'), t('sentence.opening_next')];
}

const NOT_YET = {
  preauthorization: 'sentence.not_held_yet',
  subscription: 'sentence.not_stored_yet',
} as const;

function pending(session: SentenceSubject, tools: SentenceTools): string[] {
  const { t, instant } = tools;
  if (session.confirmation) return toConfirmParts(session, session.confirmation, tools);
  if (session.cancelAskedAt)
    return [t('sentence.cancel_asked', { at: instant(session.cancelAskedAt) }), t('sentence.do_not_insist')];
  const silent = bankSilent(session, tools);
  if (silent) return silent;
  const late = pastItsTime(session, tools);
  if (late) return late;
  const { kind } = session;
  const stores = kind === 'subscription' || kind === 'preauthorization';
  const where = session.origin === 'gateway' ? 'elsewhere_until' : 'until';
  const expires = t(`sentence.${stores ? 'can_act' : 'can_pay'}_${where}`, {
    at: instant(session.expiresAt),
  });
  const last = latest(session.transactions);
  if (last?.state === 'rejected')
    return [t('sentence.attempt_rejected', { reason: reasonWords(last.reason, t) }), expires];
  return [t(stores ? NOT_YET[kind] : 'sentence.not_paid_yet'), expires];
}

/** While an attempt lies at the bank, nothing else is worth saying. */
function bankSilent(session: SentenceSubject, { t, instant }: SentenceTools): string[] | null {
  const last = latest(session.transactions);
  if (last && (last.state === 'pending' || last.state === 'unknown' || last.state === 'started')) {
    return [
      t(last.state === 'unknown' ? 'sentence.bank_unknown' : 'sentence.bank_pending', {
        at: instant(last.at),
      }),
      t('sentence.do_not_repeat'),
    ];
  }
  if (last === undefined && session.reason && BANK_PENDING.has(session.reason) && session.reason !== 'PT')
    return [t('sentence.bank_pending', { at: instant(session.createdAt) }), t('sentence.do_not_repeat')];
  return null;
}

function pastItsTime(session: SentenceSubject, { t, now, instant }: SentenceTools): string[] | null {
  if (Date.parse(session.expiresAt) > now) return null;
  const next =
    session.nextProbeAt && Date.parse(session.nextProbeAt) > now
      ? t('sentence.asked_again', { at: instant(session.nextProbeAt) })
      : t('sentence.asked_alone');
  return [t('sentence.late', { at: instant(session.expiresAt) }), next];
}

function partial(session: SentenceSubject, tools: SentenceTools): string[] {
  const { t, clock } = tools;
  const soFar = t('sentence.partial', figures(session, tools));
  const next = bankSilent(session, tools) ?? pastItsTime(session, tools);
  return [soFar, ...(next ?? [t('sentence.partial_next', { at: clock(session.expiresAt) })])];
}

/** What is paid, of how much, and what is missing, in words. */
function figures(session: SentenceSubject, { amount }: SentenceTools) {
  const { amountMinor, approvedMinor, currency } = session;
  return {
    paid: amount(approvedMinor, currency),
    amount: amount(amountMinor, currency),
    rest: amount(Math.max(amountMinor - approvedMinor, 0), currency),
  };
}

function incomplete(session: SentenceSubject, tools: SentenceTools): string {
  const { t, instant } = tools;
  const parts = session.transactions.filter(({ groupId }) => groupId !== null);
  if (session.kind === 'dispersion' && parts.length > 0) {
    const done = parts.filter(({ state }) => state === 'approved').length;
    return t('sentence.dispersion_partial', { ...figures(session, tools), done, all: parts.length });
  }
  const at = instant(session.endedAt ?? session.expiresAt);
  return t('sentence.incomplete', { ...figures(session, tools), at });
}

function afterIncomplete(session: SentenceSubject, { t }: SentenceTools): string {
  const { agreed } = session.order;
  if (agreed) return t('sentence.rest_agreed', { by: agreed.by, reason: agreed.reason });
  if (session.orderState === 'overpaid') return t('sentence.order_overpaid');
  if (session.orderState === 'paid') return t('sentence.rest_paid');
  if (hasOtherLive(session)) return t('sentence.rest_live');
  if (waitsForPerson(session)) return t('sentence.person_should_look');
  return t('sentence.incomplete_next');
}

function unpaidEnd(session: SentenceSubject, { t, instant }: SentenceTools): string {
  const at = instant(session.endedAt ?? session.expiresAt);
  const last = latest(session.transactions);
  switch (session.state) {
    case 'rejected':
      return t('sentence.rejected', { at, reason: reasonWords(last?.reason ?? session.reason, t) });
    case 'cancelled':
      if (session.transactions.some(({ kind, state }) => kind === 'cancel' && state === 'approved'))
        return t('sentence.confirmation_cancelled', { at });
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

function afterUnpaidEnd(session: SentenceSubject, { t, clock }: SentenceTools): string {
  const { agreed } = session.order;
  if (session.orderState === 'overpaid') return t('sentence.order_overpaid');
  if (waitsForPerson(session)) return t('sentence.person_should_look');
  if (session.orderState === 'paid') return t('sentence.order_paid');
  if (agreed) return t('sentence.rest_agreed', { by: agreed.by, reason: agreed.reason });
  if (hasOtherLive(session)) return t('sentence.other_live');
  const link = session.availableActions.find(({ action }) => action === 'copyLink');
  if (link?.allowed) return t('sentence.link_opens_again', { at: clock(session.order.linkExpiresAt) });
  const again = t(session.kind === 'subscription' ? 'sentence.open_again_stored' : 'sentence.open_again');
  return link?.why === 'closed_by_us' ? `${t('sentence.link_closed')} ${again}` : again;
}

const LIVE = new Set<SessionView['state']>(['opening', 'pending', 'partial']);

function hasOtherLive({ order }: SentenceSubject): boolean {
  return order.sessions.some((other) => LIVE.has(other.state));
}

/** The gateway's reason code in plain words; a code nobody has named is shown as it is. */
export function reasonWords(reason: string | null, t: Translate): string {
  if (reason === null || reason === '') return t('reasons.none');
  // Our own refusals are named like problems.
  const other = t(`problems.title.${reason}`, { _: t('reasons.other', { code: reason }) });
  return t(`reasons.${reason}`, { _: other });
}

/** The payer's last attempt by the gateway's own time; neither a part of one nor what was done to it. */
function latest(transactions: TransactionView[]): TransactionView | undefined {
  return transactions
    .filter(({ kind, groupId }) => groupId === null && kind !== 'confirm' && kind !== 'cancel')
    .reduce<TransactionView | undefined>(
      (found, candidate) => (!found || Date.parse(candidate.at) >= Date.parse(found.at) ? candidate : found),
      undefined,
    );
}
