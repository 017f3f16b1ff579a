import { describe, expect, it } from '@jest/globals';
import { formatAmount, REVIEW_KINDS, type ReviewView } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { TranslationMessages } from 'react-admin';
import { english } from '../i18n/en/index.js';
import { spanish } from '../i18n/es/index.js';
import { reviewSentence } from './review-sentence.js';

type Subject = Pick<ReviewView, 'kind' | 'amountMinor' | 'currency' | 'data'>;

function say(change: Pick<Subject, 'kind'> & Partial<Subject>, language: 'es' | 'en' = 'es'): string {
  const messages = (language === 'es' ? spanish : english) as unknown as TranslationMessages;
  return reviewSentence(
    { amountMinor: 5_000_000, currency: 'COP', data: {}, ...change },
    {
      t: polyglotI18nProvider(() => messages, language).translate,
      amount: (minor, currency) => formatAmount(minor, currency, language).replaceAll('\u00a0', ' '),
    },
  );
}

describe('what waits for a person', () => {
  it.each(REVIEW_KINDS)('has words of its own in both languages: %s', (kind) => {
    expect(say({ kind })).not.toContain('reviews.');
    expect(say({ kind }, 'en')).not.toContain('reviews.');
  });

  it.each(['ended', 'period', 'limit', 'date'])('says why a charge was not expected: %s', (why) => {
    const told = say({ kind: 'charge_unexpected', data: { why, internalReference: '1548' } });
    expect(told).toMatch(/cobro automático (después|cuando|con) .* \$ 50\.000 COP\. .* 1548 /);
  });

  it('names what an overpaid order owed and received, not the payment that was too much', () => {
    const data = { dueMinor: 8_450_000, settledMinor: 17_450_000 };
    expect(say({ kind: 'overpaid', amountMinor: 9_000_000, data })).toContain(
      'debía $ 84.500 COP y ha recibido $ 174.500 COP',
    );
  });

  it('names what was asked for and what the gateway said', () => {
    const data = { amountMinor: 8_000, currency: 'USD' };
    expect(say({ kind: 'amount_differs', amountMinor: 10_000, currency: 'USD', data })).toContain(
      'informó $ 80 USD y aquí se pidió $ 100 USD',
    );
  });

  it('asks to cancel the open link of a paid order', () => {
    expect(say({ kind: 'live_link', data: { sessionId: 's' } })).toContain('Cancele este pago');
  });
});
