import { describe, expect, it } from '@jest/globals';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import { formatClock, formatDay } from '../fields/instant.js';
import { spanish } from '../i18n/es/index.js';
import { instrumentSentence, pileOf, type Told } from './instrument-words.js';

const NOW = Date.parse('2026-11-21T17:00:00Z');
const { translate } = polyglotI18nProvider(() => spanish, 'es');
const reader = {
  t: (key: string, options?: Record<string, unknown>) => translate(key, options),
  day: (text: string) => formatDay(text, 'es', text < '2026' || text >= '2027'),
  clock: (iso: string) => formatClock(iso, NOW, { language: 'es', zone: 'America/Bogota' }),
  now: NOW,
};
const card: Told = {
  ...{ state: 'active', type: 'token', expired: false, validUntil: '2030-12-31' },
  ...{ suspended: null, revoked: null, replacedById: null },
};
const deed = { at: '2026-11-20T15:00:00Z', by: 'Sofía', reason: 'Disputa' };

describe('the pile of a stored means of payment', () => {
  it.each([
    ['active', {}],
    ['active', { validUntil: null }],
    ['active', { validUntil: '2026-12-22' }],
    ['expiring', { validUntil: '2026-12-21' }],
    ['expired', { validUntil: '2026-11-01', expired: true }],
    ['suspended', { state: 'suspended', validUntil: '2026-12-01' }],
    ['revoked', { state: 'revoked', expired: true }],
  ] as const)('is %s', (pile, change) => {
    expect(pileOf({ ...card, ...change }, NOW)).toBe(pile);
  });
});

describe('the sentence of a stored means of payment', () => {
  it.each([
    ['can be charged', {}, 'Se puede cobrar con él hasta el 31 dic 2030.'],
    [
      'expires soon',
      { validUntil: '2026-11-30' },
      'Se puede cobrar con él hasta el 30 nov, que está cerca: pídale otro al pagador.',
    ],
    [
      'expired',
      { validUntil: '2026-10-31', expired: true },
      'Venció el 31 oct: ya no se puede cobrar con él. Pídale otro al pagador.',
    ],
    [
      'is suspended',
      { state: 'suspended' as const, suspended: deed },
      'Sofía lo suspendió 20 nov 10:00: no se cobra nada con él hasta que alguien lo reanude.',
    ],
    [
      'is revoked and replaced',
      { state: 'revoked' as const, revoked: deed, replacedById: 'x' },
      'Se revocó 20 nov 10:00: no se cobra más con él. El pagador ya guardó otro en su lugar.',
    ],
    [
      'is an account',
      { type: 'account' as const, validUntil: null },
      'Es una cuenta bancaria: queda guardada, pero no se cobra desde aquí.',
    ],
  ])('says that it %s', (_words, change, said) => {
    expect(instrumentSentence({ ...card, ...change }, reader)).toBe(said);
  });
});
