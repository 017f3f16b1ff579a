import { describe, expect, it } from '@jest/globals';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { TranslationMessages } from 'react-admin';
import { formatDay } from '../fields/instant.js';
import { english } from '../i18n/en/index.js';
import { spanish } from '../i18n/es/index.js';
import { limitWords, rhythmWords, type Rhythm } from './rhythm.js';

function tools(language: 'es' | 'en') {
  const messages = (language === 'es' ? spanish : english) as unknown as TranslationMessages;
  return {
    language,
    t: polyglotI18nProvider(() => messages, language).translate,
    day: (day: string) => formatDay(day, language, true),
  };
}

const rhythm = (change: Partial<Rhythm>): Rhythm => ({
  unit: 'month',
  interval: 1,
  startOn: '2026-03-15',
  trialDays: 0,
  anchorDay: null,
  ...change,
});

describe('how often it is charged, in words', () => {
  it.each<[Partial<Rhythm>, string, string]>([
    [{ unit: 'day' }, 'cada día', 'every day'],
    [{ unit: 'day', interval: 10 }, 'cada 10 días', 'every 10 days'],
    [{ unit: 'week' }, 'cada semana, el domingo', 'every week, on Sunday'],
    [{ unit: 'week', interval: 2 }, 'cada 2 semanas, el domingo', 'every 2 weeks, on Sunday'],
    [{ unit: 'week', trialDays: 1 }, 'cada semana, el lunes', 'every week, on Monday'],
    [{}, 'cada mes, el 15', 'every month, on day 15'],
    [{ interval: 3, anchorDay: 5 }, 'cada 3 meses, el 5', 'every 3 months, on day 5'],
    [{ trialDays: 14 }, 'cada mes, el 29 o el último día', 'every month, on day 29 or the last day'],
    [{ anchorDay: 31 }, 'cada mes, el 31 o el último día', 'every month, on day 31 or the last day'],
    [{ unit: 'year' }, 'cada año, el 15 de marzo', 'every year, on March 15'],
    [{ unit: 'year', anchorDay: 10 }, 'cada año, el 10 de abril', 'every year, on April 10'],
    [{ unit: 'year', anchorDay: 31 }, 'cada año, el 31 de marzo', 'every year, on March 31'],
    [
      { unit: 'year', startOn: '2028-02-29' },
      'cada año, el 29 de febrero o el último día',
      'every year, on February 29 or the last day',
    ],
  ])('%j', (change, spanishWords, englishWords) => {
    const said = [rhythmWords(rhythm(change), tools('es')), rhythmWords(rhythm(change), tools('en'))];
    expect(said).toEqual([spanishWords, englishWords]);
  });
});

describe('what bounds it', () => {
  it('is nothing where nothing was said', () => {
    expect(limitWords({ trialDays: 0, maxPeriods: null, endOn: null }, tools('es'))).toEqual([]);
  });

  it('is its trial, its number of charges and its last day', () => {
    const bounded = { trialDays: 14, maxPeriods: 12, endOn: '2027-11-30' };
    expect([limitWords(bounded, tools('es')), limitWords(bounded, tools('en'))]).toEqual([
      ['14 días de prueba', '12 cobros en total', 'hasta el 30 nov 2027'],
      ['14 trial days', '12 charges in all', 'until Nov 30, 2027'],
    ]);
  });
});
