import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimalsOf, readDecimal, toMinor, toWire } from './money.js';

const stored = (value: unknown, currency: string): number | null => {
  const amount = readDecimal(value);
  return amount && toWire(toMinor(amount, currency), currency);
};

describe('an amount', () => {
  test.each([
    [576.12345, 'USD', 576.12],
    [576.9875, 'USD', 576.99],
    [576.12345, 'COP', 576.12],
    [576.9875, 'CLP', 577],
    [576.12345, 'CLP', 576],
    ['500', 'COP', 500],
    ['1076.30', 'USD', 1076.3],
    [1.005, 'USD', 1.01],
    [0.5, 'CLP', 1],
    [2.5, 'CLP', 3],
    ['84500.10', 'COP', 84500.1],
  ])('of %j %s is stored as %d', (value, currency, wanted) => {
    expect(stored(value, currency)).toBe(wanted);
  });

  test.each(['84.500,5', '1,5', '1e3', '', ' ', 'NaN', '0x10', null, true, {}, [], NaN])(
    'is not %j',
    (value) => {
      expect(readDecimal(value)).toBeNull();
    },
  );

  test('of any whole number of minor units survives the wire', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 13 }),
        fc.constantFrom('COP', 'USD', 'CLP', 'BHD'),
        (minor, currency) => {
          const amount = readDecimal(JSON.parse(JSON.stringify(toWire(minor, currency))));
          return amount !== null && toMinor(amount, currency) === minor;
        },
      ),
    );
  });
});

test('currencies have the decimals of ISO 4217, not of local custom', () => {
  expect(['COP', 'USD', 'CLP', 'BHD', 'CLF', 'XXX'].map(decimalsOf)).toEqual([2, 2, 0, 3, 4, null]);
});
