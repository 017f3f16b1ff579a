import { describe, expect, it } from '@jest/globals';
import { isUnread, readRowAmount, refusesEdited, rowsOf, withAmount } from './row-amounts.js';

const LEFT = { currency: 'COP', mostMinor: 8_450_000, most: '$ 84.500 COP' } as const;

describe('the amount of a row', () => {
  it('is read as the person writes it', () => {
    expect(readRowAmount('40.000,50', LEFT, 'es')).toEqual({ amountMinor: 4_000_050, problem: null });
  });

  it.each([
    ['84.501', 'money.above'],
    ['', 'fields.money.empty'],
    ['0', 'fields.money.not_positive'],
    ['mucho', 'fields.money.not_a_number'],
  ])('cannot be "%s", and says why', (text, key) => {
    const { amountMinor, problem } = readRowAmount(text, LEFT, 'es');
    expect([amountMinor, problem?.key]).toEqual([null, key]);
  });

  it('goes with its row, and rows that nobody touched go with none', () => {
    const edited = withAmount({}, 'b', 4_000_000, 8_450_000);
    expect(rowsOf(['a', 'b'], edited)).toEqual([
      { transactionId: 'a' },
      { transactionId: 'b', amountMinor: 4_000_000 },
    ]);
  });

  it('is all that is left again once that is typed', () => {
    expect(withAmount({ b: 4_000_000 }, 'b', 8_450_000, 8_450_000)).toEqual({});
  });

  it('holds everything back while it cannot be read', () => {
    expect([isUnread(withAmount({}, 'b', null, 10)), isUnread({ b: 10 })]).toEqual([true, false]);
  });

  it('holds everything back while it cannot be given back so', () => {
    const row = {
      siteId: null,
      reference: null,
      payerName: null,
      amountMinor: 1,
      currency: null,
      by: null,
      later: null,
    };
    const rows = [{ ...row, transactionId: 'b', why: 'whole_only' }];
    expect([refusesEdited({ rows }, { b: 1 }), refusesEdited({ rows }, {})]).toEqual([true, false]);
  });
});
