import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CURRENCIES,
  decimalToMinor,
  formatAmount,
  MAX_AMOUNT_MINOR,
  minorToDecimal,
  parseAmount,
} from './money.js';

const currency = fc.constantFrom(...CURRENCIES);
const amount = fc.integer({ min: 1, max: MAX_AMOUNT_MINOR });

describe('money', () => {
  it('survives the way to text and back, in every currency', () => {
    fc.assert(
      fc.property(
        amount,
        currency,
        (minor, code) => decimalToMinor(minorToDecimal(minor, code), code) === minor,
      ),
    );
  });

  it('reads back what it shows a person, in both languages', () => {
    fc.assert(
      fc.property(
        amount,
        currency,
        fc.constantFrom('es' as const, 'en' as const),
        (minor, code, language) => {
          const shown = formatAmount(minor, code, language).replace(/[^\d.,]/g, '');
          expect(parseAmount(shown, code, language)).toEqual({ ok: true, amountMinor: minor });
        },
      ),
    );
  });

  it.each([
    ['84.500', 'COP', 'es', 8_450_000],
    ['84,500', 'COP', 'en', 8_450_000],
    ['84.500,5', 'COP', 'es', 8_450_050],
    ['84,500.5', 'COP', 'en', 8_450_050],
    ['84500.5', 'COP', 'es', 8_450_050],
    ['84500,5', 'COP', 'en', 8_450_050],
    ['$ 1.250.000', 'COP', 'es', 125_000_000],
    ['84.500', 'CLP', 'es', 84_500],
    ['0,01', 'USD', 'es', 1],
  ] as const)('reads "%s" %s in %s as %i minor units', (text, code, language, amountMinor) => {
    expect(parseAmount(text, code, language)).toEqual({ ok: true, amountMinor });
  });

  it.each([
    ['', 'COP', 'es', 'empty'],
    ['0', 'COP', 'es', 'not_positive'],
    ['-5', 'COP', 'es', 'not_positive'],
    ['abc', 'COP', 'es', 'not_a_number'],
    ['84,500.5', 'COP', 'es', 'ambiguous'],
    ['84.500,5', 'COP', 'en', 'ambiguous'],
    ['84.50.0', 'COP', 'es', 'ambiguous'],
    ['84,500', 'COP', 'es', 'ambiguous'],
    ['84.500', 'COP', 'en', 'ambiguous'],
    ['84.000', 'CLP', 'en', 'ambiguous'],
    ['1,2345', 'COP', 'es', 'too_many_decimals'],
    ['84,00', 'CLP', 'es', 'too_many_decimals'],
    ['84.5', 'CLP', 'es', 'too_many_decimals'],
    ['10,005', 'USD', 'es', 'ambiguous'],
    ['999999999999999', 'COP', 'es', 'too_large'],
  ] as const)('refuses "%s" %s in %s as %s', (text, code, language, problem) => {
    expect(parseAmount(text, code, language)).toEqual({ ok: false, problem });
  });

  it('never rounds a decimal text that the currency cannot hold', () => {
    expect(decimalToMinor('10.005', 'USD')).toBeNull();
    expect(decimalToMinor('10.5', 'CLP')).toBeNull();
    expect(decimalToMinor('10.500', 'USD')).toBe(1_050);
    expect(decimalToMinor('1e5', 'USD')).toBeNull();
  });
});
