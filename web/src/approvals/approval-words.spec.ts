import { describe, expect, it } from '@jest/globals';
import { formatAmount, type Currency } from '@recaudo/shared';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import { spanish } from '../i18n/es/index.js';
import { approvalFacts, approvalStanding, approvalSums, approvalTitle } from './approval-words.js';

const tools = {
  t: polyglotI18nProvider(() => spanish, 'es').translate,
  amount: (minor: number, currency: Currency) => formatAmount(minor, currency, 'es'),
  day: (day: string) => day,
};
const REFUND = {
  kind: 'reverse' as const,
  targetType: 'transaction' as const,
  amountMinor: 4_000_000,
  currency: 'COP' as const,
  data: { limit: 'day' },
};
const BATCH = {
  kind: 'batch' as const,
  targetType: 'batch' as const,
  amountMinor: null,
  currency: null,
  data: {
    batchKind: 'checkout',
    limit: 'no_limit_set',
    rows: 3,
    totals: [
      { currency: 'COP', amountMinor: 100, count: 2 },
      { currency: 'USD', amountMinor: 5, count: 1 },
    ],
  },
};

describe('what a second person is told', () => {
  it('names the limit that a refund exceeds', () => {
    expect(approvalFacts(REFUND, tools)).toEqual([['Por qué', 'Supera el límite del día de quien lo pidió']]);
  });

  it('names what is held where more of it is asked for', () => {
    const raise = {
      ...REFUND,
      kind: 'reauthorization' as const,
      data: { limit: 'above_raise', heldMinor: 8_450_000 },
    };
    expect(approvalFacts(raise, tools)).toEqual([
      ['Por qué', 'Supera lo que una sola persona puede aumentar'],
      ['Retenido', formatAmount(8_450_000, 'COP', 'es')],
    ]);
  });

  it('names what a batch does, its rows and one sum per currency', () => {
    expect(approvalTitle(BATCH, tools.t)).toBe('Lote de capturas');
    expect(approvalFacts(BATCH, tools).at(-1)).toEqual(['Filas', '3']);
    expect(approvalSums(BATCH).map(({ currency }) => currency)).toEqual(['COP', 'USD']);
  });

  it('shows what is stated of an operation and what shows it', () => {
    const settle = {
      ...REFUND,
      kind: 'settle' as const,
      data: { state: 'approved', evidence: 'Extracto 12' },
    };
    expect(approvalFacts(settle, tools)).toEqual([
      ['Dice que', 'sí se hizo'],
      ['Prueba', 'Extracto 12'],
    ]);
  });

  it('has words for a limit nobody has named', () => {
    expect(approvalFacts({ ...REFUND, data: { limit: 'new_one' } }, tools)).toEqual([
      ['Por qué', 'Necesita una segunda persona'],
    ]);
  });

  it.each([
    ['waiting', false, 'planned'],
    ['pending', true, 'letter'],
    ['pending', false, 'sent'],
    ['started', false, 'sent'],
    ['unknown', false, 'unknown'],
    ['rejected', false, 'refused'],
    ['approved', false, 'done'],
  ] as const)('does not call done what is %s (by letter: %s)', (state, letter, standing) => {
    const operation = { state, letter, plannedAt: null };
    expect(approvalStanding({ kind: 'reverse', state: 'done', operation })).toBe(standing);
  });

  it('does not call a batch done because it was approved', () => {
    expect(approvalStanding({ kind: 'batch', state: 'done', operation: null })).toBe('approved');
  });

  it('has words for however it stands', () => {
    const standings = ['planned', 'letter', 'sent', 'unknown', 'refused'];
    expect(standings.map((each) => tools.t(`approvals.said.${each}`, { at: '' }))).not.toContainEqual(
      expect.stringContaining('approvals.'),
    );
  });
});
