import { isCurrency, type Currency, type SessionKind, type TimelineEntry } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';
import { reasonWords } from './sentence.js';

/**
 * One line for one event. A kind nobody has named shows its own key, so that no event is ever invisible. What was
 * approved depends on what was asked for: a hold and a stored method are no payments.
 */
export function timelineWords(
  entry: Pick<TimelineEntry, 'kind' | 'data'>,
  t: Translate,
  amount: (minor: number, currency: Currency) => string,
  of?: SessionKind,
): string {
  if (entry.kind === 'session.approved' && (of === 'preauthorization' || of === 'subscription'))
    return t(`timeline.approved_of.${of}`);
  if (entry.kind === 'session.asked') {
    const source = text(entry.data.source);
    const answer = text(entry.data.answer);
    const asked = t(`timeline.asked_by.${source}`, { _: t('timeline.asked_by.other') });
    return answer ? `${asked}: ${t(`timeline.answers.${answer.toLowerCase()}`, { _: answer })}` : asked;
  }
  if (entry.kind === 'session.adopted')
    return t(`timeline.adopted_from.${text(entry.data.from)}`, { _: t('timeline.kinds.session.adopted') });
  if (entry.kind === 'operation.started') return startedWords(entry.data, t, amount);
  if (entry.kind === 'schedule.instrument_changed' && entry.data.anotherPayer === true)
    return t('timeline.kinds.schedule.instrument_changed_another');
  if (entry.kind === 'hold.warned') return t('timeline.hold_warned', { hours: number(entry.data.hours) });
  if (entry.kind === 'note.added') return t('timeline.note', { note: text(entry.data.note) });
  if (entry.kind === 'receipt.sent') return t('timeline.receipt_sent', { email: text(entry.data.email) });
  if (entry.kind === 'mail.failed') return t('timeline.mail_failed', { email: text(entry.data.recipient) });
  if (entry.kind === 'mail.again') return t('timeline.mail_again', { email: text(entry.data.recipient) });
  return (
    withAmount(entry, t, amount) ??
    t(`timeline.kinds.${entry.kind}`, { _: entry.kind, number: number(entry.data.number) })
  );
}

/** The sentence that names what it was and how much, where the event carries both; null where there is none. */
function withAmount(
  { kind, data }: Pick<TimelineEntry, 'kind' | 'data'>,
  t: Translate,
  amount: (minor: number, currency: Currency) => string,
): string | null {
  const { amountMinor, currency } = data;
  if (typeof amountMinor !== 'number' || typeof currency !== 'string' || !isCurrency(currency)) return null;
  const sum = amount(amountMinor, currency);
  // Nothing went to the gateway: a letter carries it.
  const letter = kind === 'operation.pending' && data.route === 'letter';
  const planned = kind === 'approval.done' && data.state === 'waiting';
  // Nobody was late: what was asked for cannot be done any more.
  const moot = kind === 'approval.expired' && text(data.note) !== '';
  const event = letter ? 'refund.letter' : planned ? 'approval.planned' : moot ? 'approval.moot' : kind;
  const words = t(`timeline.with.${event}`, {
    amount: sum,
    what: t(`what.${text(data.kind)}`, { amount: sum, _: t('what.other', { amount: sum }) }),
    reason: reasonWords(text(data.reason), t),
    _: '',
  });
  return words === '' ? null : words;
}

/** What was asked of the gateway, and for how much. */
function startedWords(
  { kind, amountMinor, currency }: TimelineEntry['data'],
  t: Translate,
  amount: (minor: number, currency: Currency) => string,
): string {
  const known = typeof amountMinor === 'number' && typeof currency === 'string' && isCurrency(currency);
  if (!known) return t('timeline.kinds.operation.started');
  return t(`timeline.kinds.operation.started_${text(kind)}`, {
    amount: amount(amountMinor, currency),
    _: t('timeline.kinds.operation.started'),
  });
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
