import { describe, expect, it } from '@jest/globals';
import { formatAmount, PREAUTHORIZATION_STATES, type Currency } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { TranslationMessages } from 'react-admin';
import { formatClock, formatDay, formatInstant } from '../fields/instant.js';
import { english } from '../i18n/en/index.js';
import { spanish } from '../i18n/es/index.js';
import { holdSentence, type HoldSubject } from './hold-sentence.js';

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
  };
}

function hold(change: Partial<HoldSubject> = {}): HoldSubject {
  return {
    state: 'active',
    heldMinor: { least: 10_000_000, most: 10_000_000 },
    capturedMinor: 0,
    currency: 'COP',
    expiresAt: '2026-03-14T15:00:00Z',
    methodName: 'Visa',
    lastFour: '1111',
    live: null,
    unclear: null,
    ...change,
  };
}

const say = (change: Partial<HoldSubject>) => holdSentence(hold(change), tools()).replaceAll('\u00a0', ' ');

describe('the sentence about a hold', () => {
  it('says how much is held, on what and until when', () => {
    expect(say({})).toBe(
      'Hay $ 100.000 COP retenidos en Visa ···· 1111; se sueltan solos 14 mar 10:00. Capture lo que vaya a cobrar o libérela antes.',
    );
  });

  it('presses when less than a day is left', () => {
    expect(say({ expiresAt: '2026-03-11T14:00:00Z' })).toContain('Quedan menos de 24 horas');
  });

  it('gives a range while the outcome of a change is unknown', () => {
    expect(say({ heldMinor: { least: 10_000_000, most: 15_000_000 } })).toContain(
      'entre $ 100.000 COP y $ 150.000 COP; capture a lo sumo $ 100.000 COP',
    );
  });

  it('asks nobody to repeat what is under way', () => {
    const live = {
      transactionId: 't',
      kind: 'checkout',
      state: 'unknown',
      by: 'Ana',
      at: '2026-03-10T14:00:00Z',
    } as const;
    expect(say({ live })).toContain('(captura). No lo repita.');
  });

  it.each(['es', 'en'] as const)('has words for every state (%s)', (language) => {
    const sentences = PREAUTHORIZATION_STATES.map((state) => holdSentence(hold({ state }), tools(language)));
    expect(sentences.filter((sentence) => sentence === '' || /holds\.|%\{/.test(sentence))).toEqual([]);
  });
});
