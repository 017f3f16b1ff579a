import { isCurrency, type Currency, type ReviewView } from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

interface SentenceTools {
  t: Translate;
  amount: (minor: number, currency: Currency) => string;
}

/** What is wrong and what a person should find out, in one or two plain sentences. */
export function reviewSentence(
  review: Pick<ReviewView, 'kind' | 'amountMinor' | 'currency' | 'data'>,
  { t, amount }: SentenceTools,
): string {
  const known = review.amountMinor !== null && review.currency !== null;
  const sum = known
    ? amount(review.amountMinor as number, review.currency as Currency)
    : t('reviews.an_amount');
  const seen = amountIn(review.data, amount);
  const { held, said } = review.data;
  if (review.kind === 'contradiction' && typeof held === 'string' && typeof said === 'string') {
    const state = (name: string) => t(`states.session.${name}`, { _: name });
    return t('reviews.explained.contradiction_states', { amount: sum, held: state(held), said: state(said) });
  }
  if (review.kind === 'charge_unexpected') {
    const { why, internalReference } = review.data;
    const what = t(`reviews.charge_why.${textOf(why)}`, { _: t('reviews.charge_why.other') });
    return t('reviews.explained.charge_unexpected', { amount: sum, what, number: textOf(internalReference) });
  }
  if (review.kind === 'overpaid') return overpaidWords(review, t, amount);
  return t(`reviews.explained.${review.kind}`, { amount: sum, seen: seen ?? t('reviews.another_amount') });
}

/** What the order owed and what it has received; not the one payment that made it too much. */
function overpaidWords(
  { currency, data: { dueMinor, settledMinor } }: Pick<ReviewView, 'currency' | 'data'>,
  t: Translate,
  amount: SentenceTools['amount'],
): string {
  if (currency === null || typeof dueMinor !== 'number' || typeof settledMinor !== 'number')
    return t('reviews.explained.overpaid');
  return t('reviews.explained.overpaid_sums', {
    due: amount(dueMinor, currency),
    received: amount(settledMinor, currency),
  });
}

/** The gateway's own figure, where the review carries one beside ours. */
function amountIn(data: ReviewView['data'], amount: SentenceTools['amount']): string | null {
  const { amountMinor, currency } = data;
  return typeof amountMinor === 'number' && typeof currency === 'string' && isCurrency(currency)
    ? amount(amountMinor, currency)
    : null;
}

function textOf(value: ReviewView['data'][string] | undefined): string {
  return typeof value === 'string' ? value : '–';
}
