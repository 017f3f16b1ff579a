import { describe, expect, it } from '@jest/globals';
import { readMoney } from './money-reading.js';
import { minorToTyped } from './typed-amount.js';

describe('an amount typed by a person', () => {
  it('is read by the person’s language and repeated with its currency', () => {
    expect(readMoney('84.500', 'COP', 'es')).toMatchObject({
      reading: { ok: true, amountMinor: 8_450_000 },
      repeated: '$\u00a084.500\u00a0COP',
    });
    expect(readMoney('84,500', 'COP', 'en')).toMatchObject({
      reading: { ok: true, amountMinor: 8_450_000 },
      repeated: '$\u00a084,500\u00a0COP',
    });
  });

  it('keeps its decimals', () => {
    expect(readMoney('84.500,5', 'COP', 'es').reading).toEqual({ ok: true, amountMinor: 8_450_050 });
  });

  it('is not repeated and says why when it cannot be understood', () => {
    const money = readMoney('84,500.5', 'COP', 'es');
    expect(money).toMatchObject({ repeated: null, problem: 'ambiguous' });
    expect(money.examples).toContain('84.500,50');
  });

  it('of zero or less is refused', () => {
    expect(readMoney('0', 'COP', 'es').problem).toBe('not_positive');
    expect(readMoney('-5', 'COP', 'es').problem).toBe('not_positive');
  });

  it('has no decimals in a currency without any', () => {
    expect(readMoney('1.000,5', 'CLP', 'es').problem).toBe('too_many_decimals');
  });

  it.each([
    [8_450_050, 'COP', 'es', '84500,50'],
    [8_450_000, 'COP', 'es', '84500'],
    [8_450_050, 'COP', 'en', '84500.50'],
    [990, 'CLP', 'es', '990'],
  ] as const)(
    'that we write ourselves, %i %s in %s, is read back as the same',
    (minor, currency, language, typed) => {
      expect(minorToTyped(minor, currency, language)).toBe(typed);
      expect(readMoney(typed, currency, language).reading).toEqual({ ok: true, amountMinor: minor });
    },
  );
});
