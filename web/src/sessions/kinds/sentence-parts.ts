import type { SessionView } from '@recaudo/shared';
import { everyWords } from '../../fields/every.js';
import { instrumentWords } from '../../fields/instrument-words.js';
import { waitsForPerson, type SentenceSubject, type SentenceTools } from '../sentence-subject.js';

type Confirmation = NonNullable<SessionView['confirmation']>;

/** A payment whose payer is done and which waits for somebody's word. */
export function toConfirmParts(
  session: SentenceSubject,
  { deadline, operation }: Confirmation,
  { t, now, amount, instant, clock }: SentenceTools,
): string[] {
  if (operation && operation.state !== 'rejected' && operation.state !== 'approved') {
    const unknown = operation.state === 'unknown';
    const what =
      operation.kind === 'confirm'
        ? t(unknown ? 'sentence.confirm_unknown' : 'sentence.confirm_asked')
        : t(unknown ? 'sentence.cancel_of_confirm_unknown' : 'sentence.cancel_of_confirm_asked');
    return [what, t('sentence.do_not_insist')];
  }
  if (Date.parse(deadline) <= now)
    return [t('sentence.confirm_over', { at: instant(deadline) }), t('sentence.asked_alone')];
  return [
    t('sentence.to_confirm', { amount: amount(session.amountMinor, session.currency) }),
    t('sentence.to_confirm_until', { at: clock(deadline) }),
  ];
}

/** A payment that went well: what that means depends on its kind, unless the order's money is not as it should be. */
export function approvedParts(session: SentenceSubject, tools: SentenceTools): string[] {
  const { t, amount } = tools;
  const happened = approvedWords(session, tools);
  const extra = session.order.settledMinor - session.order.dueMinor;
  if (session.orderState === 'overpaid')
    return [happened, t('sentence.overpaid', { amount: amount(Math.max(extra, 0), session.currency) })];
  const missed = missedCharge(session);
  if (missed) return [happened, t('sentence.recurs_missing', { day: tools.day(missed) })];
  if (waitsForPerson(session)) return [happened, t('sentence.person_should_look')];
  return [happened, ...afterApproval(session, tools)];
}

function approvedWords(session: SentenceSubject, { t, amount, instant }: SentenceTools): string {
  const paid = session.transactions.find(({ state, kind }) => state === 'approved' && kind !== 'recurring');
  const at = instant(paid?.at ?? session.endedAt ?? session.createdAt);
  switch (session.kind) {
    case 'preauthorization':
      return t('sentence.held', { amount: amount(session.amountMinor, session.currency), at });
    case 'subscription':
      return session.instrument
        ? t('sentence.stored', { at, instrument: instrumentWords(session.instrument, t) })
        : t('sentence.approved', { at });
    case 'recurring':
      return t('sentence.first_payment', { at });
    default:
      return paid?.issuer
        ? t('sentence.approved_by', { at, issuer: paid.issuer })
        : t('sentence.approved', { at });
  }
}

function afterApproval(session: SentenceSubject, tools: SentenceTools): string[] {
  const { t, amount, instant, clock } = tools;
  const { hold, order, currency, terms, instrument } = session;
  switch (session.kind) {
    case 'preauthorization':
      if (!hold) return [];
      if (hold.state === 'active') return [t('sentence.hold_until', { at: clock(hold.expiresAt) })];
      return hold.state === 'presumed_released'
        ? [t('sentence.hold_over', { at: instant(hold.expiresAt) })]
        : [t(`sentence.hold_${hold.state}`)];
    case 'subscription':
      return [t('sentence.stored_no_charge')];
    case 'recurring':
      return recurrenceWords(session, tools);
    default:
      break;
  }
  const missing = order.dueMinor - order.settledMinor;
  if (order.returnedMinor > 0)
    return [t('sentence.returned', { amount: amount(order.returnedMinor, currency) })];
  const money =
    missing > 0 && session.orderState !== 'agreed'
      ? t('sentence.still_missing', { amount: amount(missing, currency) })
      : t('sentence.nothing_left');
  if (!terms.subscribe) return [money];
  const stored = instrument
    ? t('sentence.stored_too', { instrument: instrumentWords(instrument, t) })
    : t('sentence.not_stored');
  return [money, stored];
}

function recurrenceWords({ recurrence }: SentenceSubject, { t, amount, day }: SentenceTools): string[] {
  if (!recurrence) return [];
  if (recurrence.state === 'stopped') return [t('sentence.recurs_stopped')];
  if (recurrence.state === 'finished') return [t('sentence.recurs_finished')];
  const sum = amount(recurrence.amountMinor, recurrence.currency);
  const every = everyWords(recurrence, t);
  const next = recurrence.calendar.find(({ state }) => state === 'expected');
  return [
    next
      ? t('sentence.recurs', { amount: sum, every, day: day(next.day) })
      : t('sentence.recurs_open', { amount: sum, every }),
  ];
}

/** The last day on which a charge was due and nothing was heard of it. */
function missedCharge({ recurrence }: SentenceSubject): string | undefined {
  return recurrence?.calendar.findLast(({ state }) => state === 'missing')?.day;
}
