import { describe, expect, it } from '@jest/globals';
import { formatAmount, TRANSACTION_KINDS, TRANSACTION_STATES, type Currency } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { TranslationMessages } from 'react-admin';
import { formatClock, formatDay, formatInstant } from '../fields/instant.js';
import { english } from '../i18n/en/index.js';
import { spanish } from '../i18n/es/index.js';
import { transactionSentence, type TransactionSubject } from './sentence.js';

const NOW = Date.parse('2026-03-10T15:00:00Z');

function tools(language: 'es' | 'en' = 'es') {
  const messages = (language === 'es' ? spanish : english) as unknown as TranslationMessages;
  const reader = { language, zone: 'America/Bogota' };
  return {
    t: polyglotI18nProvider(() => messages, language).translate,
    now: NOW,
    amount: (minor: number, currency: Currency) => formatAmount(minor, currency, language),
    instant: (iso: string) => formatInstant(iso, NOW, reader),
    clock: (iso: string) => formatClock(iso, NOW, reader),
    day: (day: string) => formatDay(day, language),
    dayOf: (iso: string) => formatDay(iso.slice(0, 10), language),
  };
}

function subject(change: Partial<TransactionSubject> = {}): TransactionSubject {
  return {
    kind: 'payment',
    state: 'approved',
    origin: 'us',
    grade: null,
    amountMinor: 8_450_000,
    amountKnown: true,
    currency: 'COP',
    reason: '00',
    issuer: null,
    route: null,
    plannedAt: null,
    at: '2026-03-10T14:48:00Z',
    refundable: null,
    hold: null,
    ...change,
  };
}

function money(change: Partial<NonNullable<TransactionSubject['refundable']>> = {}) {
  const untouched = { returnedMinor: 0, inFlightMinor: 0, chargedBackMinor: 0, refundableMinor: 8_450_000 };
  return { currency: 'COP' as const, capturedMinor: 8_450_000, ...untouched, ...change };
}

const say = (change: Partial<TransactionSubject>) =>
  transactionSentence(subject(change), tools()).replaceAll('\u00a0', ' ');

describe('the sentence about a transaction', () => {
  it.each([
    ['captured', 'De lo retenido se cobraron $\u00a050.000\u00a0COP; la retención terminó.'],
    ['released', 'Después se liberó: no se cobró nada.'],
  ] as const)('of a hold that was %s says what became of it', (state, words) => {
    const held = subject({ kind: 'checkin', hold: { state, capturedMinor: 5_000_000 } });
    expect(transactionSentence(held, tools())).toContain(words);
  });

  it('says of a payment who approved it and how much can be given back', () => {
    expect(say({ issuer: 'Bancolombia', refundable: money() })).toBe(
      'El banco Bancolombia aprobó el pago de $ 84.500 COP hace 12 min. Se puede devolver hasta $ 84.500 COP.',
    );
  });

  it('says how much went back and how much is left', () => {
    expect(say({ refundable: money({ returnedMinor: 4_000_000, refundableMinor: 4_450_000 }) })).toContain(
      'Se devolvieron $ 40.000 COP; quedan $ 44.500 COP por devolver.',
    );
  });

  it('says when all of it went back', () => {
    expect(say({ refundable: money({ returnedMinor: 8_450_000, refundableMinor: 0 }) })).toContain(
      'Se devolvió todo.',
    );
  });

  it('tells money on its way back from money given back', () => {
    expect(say({ refundable: money({ inFlightMinor: 8_450_000, refundableMinor: 0 }) })).toContain(
      'Hay $ 84.500 COP en camino de vuelta al pagador.',
    );
  });

  it('says when a planned refund will be sent and that it can still be withdrawn', () => {
    expect(say({ kind: 'reverse', state: 'waiting', plannedAt: '2026-03-11T12:00:00Z' })).toBe(
      'Se enviará a la pasarela 11 mar 07:00: el reembolso de $ 84.500 COP. Hasta entonces se puede retirar.',
    );
  });

  it('asks nobody to repeat what is not known', () => {
    expect(say({ kind: 'checkout', state: 'unknown' })).toBe(
      'La pasarela no respondió sobre la captura de $ 84.500 COP; no sabemos si se hizo y lo averiguamos solos. No lo repita mientras tanto.',
    );
  });

  it('says why a refund was rejected and where the money is', () => {
    expect(say({ kind: 'reverse', state: 'rejected', reason: '05' })).toBe(
      'La pasarela rechazó el reembolso de $ 84.500 COP hace 12 min: el banco no autorizó el pago. El pagador no recibió nada; el dinero sigue cobrado.',
    );
  });

  it('asks for the amount of a refund made elsewhere', () => {
    expect(say({ kind: 'reverse', state: 'unknown', origin: 'gateway', amountKnown: false })).toContain(
      'Diga cuánto fue',
    );
  });

  it('names the day of a chargeback and no hour: nobody knows one', () => {
    expect(say({ kind: 'chargeback', origin: 'person', at: '2026-03-04T17:00:00Z' })).toContain('(4 mar)');
  });

  it('says what to do with a letter', () => {
    expect(say({ kind: 'reverse', state: 'pending', route: 'letter' })).toContain('descárguela');
  });

  it('says how an inferred refund is known', () => {
    expect(say({ kind: 'reverse', grade: 'inferred' })).toContain(
      'la pasarela muestra el pago como devuelto',
    );
  });

  const all = TRANSACTION_KINDS.flatMap((kind) => TRANSACTION_STATES.map((state) => ({ kind, state })));
  it.each(['es', 'en'] as const)('has words for every kind in every state (%s)', (language) => {
    const unsaid = all.filter(({ kind, state }) => {
      const sentence = transactionSentence(subject({ kind, state, refundable: money() }), tools(language));
      return sentence === '' || /txs\.|what\.|reasons\.|undefined|%\{/.test(sentence);
    });
    expect(unsaid).toEqual([]);
  });
});
