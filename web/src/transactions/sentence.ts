import type { TransactionDetail } from '@recaudo/shared';
import type { SentenceTools as Tools } from '../sessions/sentence-subject.js';
import { reasonWords } from '../sessions/sentence.js';

/** `dayOf`: the day of an instant, where its hour means nothing. */
type SentenceTools = Tools & { dayOf: (iso: string) => string };

export type TransactionSubject = Pick<
  TransactionDetail,
  | 'kind'
  | 'state'
  | 'origin'
  | 'grade'
  | 'amountMinor'
  | 'amountKnown'
  | 'currency'
  | 'reason'
  | 'issuer'
  | 'route'
  | 'plannedAt'
  | 'at'
  | 'refundable'
  | 'hold'
>;

/** What happened to it and what comes next, in two or three short sentences. */
export function transactionSentence(subject: TransactionSubject, tools: SentenceTools): string {
  return partsOf(subject, tools).join(' ');
}

/** Money refunded in the gateway's own console, and nobody has said yet how much. */
export function isUnstated({ kind, origin, amountKnown }: TransactionSubject): boolean {
  return kind === 'reverse' && origin === 'gateway' && !amountKnown;
}

function partsOf(subject: TransactionSubject, tools: SentenceTools): string[] {
  const { t, amount, clock } = tools;
  const sum = amount(subject.amountMinor, subject.currency);
  const what = t(`what.${subject.kind}`, { amount: sum });
  if (isUnstated(subject)) return [t('txs.external', { amount: sum }), t('txs.external_next')];
  const open = subject.state !== 'approved' && subject.state !== 'rejected' && subject.state !== 'started';
  if (subject.route === 'letter' && open) return [t('txs.letter')];
  switch (subject.state) {
    case 'waiting':
      return [t('txs.waiting', { at: clock(subject.plannedAt ?? subject.at), what }), t('txs.waiting_next')];
    case 'started':
      return [t('txs.started', { what }), t('txs.started_next')];
    case 'to_confirm':
      return [t('txs.to_confirm', { what })];
    case 'partial':
      return [t('txs.partial', { what }), t('txs.partial_next')];
    case 'approved':
      return [approvedWords(subject, what, tools), ...gradeWords(subject, tools), ...next(subject, tools)];
    case 'rejected':
      return rejectedParts(subject, what, tools);
    default:
      return [t(`txs.${subject.state}`, { what }), t('txs.do_not_repeat')];
  }
}

function approvedWords(
  subject: TransactionSubject,
  what: string,
  { t, amount, instant, dayOf }: SentenceTools,
) {
  const { kind, amountMinor, currency, issuer, reason, at } = subject;
  if (kind === 'chargeback' || kind === 'chargeback_reversal')
    return t(`txs.${kind}`, { amount: amount(amountMinor, currency), day: dayOf(at) });
  if (reason === 'settled_by_hand') return t('txs.approved_by_hand', { what, day: dayOf(at) });
  return kind === 'payment' && issuer
    ? t('txs.approved_by', { what, at: instant(at), issuer })
    : t('txs.approved', { what, at: instant(at) });
}

/** How much that is worth, where the gateway did not answer itself. */
function gradeWords({ grade, kind, origin }: TransactionSubject, { t }: SentenceTools): string[] {
  if (grade === 'inferred') return [t('txs.inferred')];
  if (grade === 'reported') return [t('txs.reported')];
  return grade === 'confirmed' && kind === 'reverse' && origin !== 'us' ? [t('txs.stated')] : [];
}

function next(subject: TransactionSubject, tools: SentenceTools): string[] {
  if (subject.kind === 'checkin') return [heldWords(subject, tools)];
  if (subject.kind === 'reverse') return [tools.t('txs.reverse_approved')];
  return subject.refundable ? moneySince(subject.refundable, tools) : [];
}

/** What became of what a check-in holds. */
function heldWords({ hold, currency }: TransactionSubject, { t, amount }: SentenceTools): string {
  const { state, capturedMinor } = hold ?? { state: 'active', capturedMinor: 0 };
  return t(`txs.held.${state}`, { captured: amount(capturedMinor, currency) });
}

/** What became of captured money since. */
function moneySince(
  {
    currency,
    returnedMinor,
    inFlightMinor,
    chargedBackMinor,
    refundableMinor,
  }: NonNullable<TransactionSubject['refundable']>,
  { t, amount }: SentenceTools,
): string[] {
  const left = amount(refundableMinor, currency);
  const words: string[] = [];
  if (inFlightMinor > 0) words.push(t('txs.in_flight', { amount: amount(inFlightMinor, currency) }));
  if (chargedBackMinor > 0) words.push(t('txs.charged_back', { amount: amount(chargedBackMinor, currency) }));
  if (returnedMinor > 0 && refundableMinor === 0 && words.length === 0) return [t('txs.all_returned')];
  if (returnedMinor > 0)
    return [...words, t('txs.part_returned', { returned: amount(returnedMinor, currency), left })];
  return refundableMinor > 0 ? [...words, t('txs.nothing_returned', { left })] : words;
}

const OF_A_HOLD = new Set(['checkout', 'reauthorization', 'release']);

function rejectedParts(subject: TransactionSubject, what: string, { t, instant }: SentenceTools): string[] {
  if (subject.reason === 'withdrawn') return [t('txs.withdrawn', { what })];
  const after =
    subject.kind === 'reverse'
      ? 'reverse'
      : OF_A_HOLD.has(subject.kind)
        ? 'hold'
        : ['payment', 'dispersion', 'recurring', 'checkin'].includes(subject.kind)
          ? 'payment'
          : 'other';
  return [
    t('txs.rejected', { what, at: instant(subject.at), reason: reasonWords(subject.reason, t) }),
    t(`txs.rejected_${after}`),
  ];
}
