import { describe, expect, it } from '@jest/globals';
import type { LabResult } from '@recaudo/shared';
import { basisWords, differenceWords, labFigures, rangeWords, type Figure } from './lab-figures.js';

const t = (key: string, values: Record<string, unknown> = {}) =>
  [key.replace('policies.lab.', ''), ...Object.values(values)].join(' ');
const words = { t, amount: (minor: number, currency: string) => `${minor} ${currency}` };

const figure = (made: number, least: number, most: number): Figure => ({
  ...{ key: 'tries', label: 'tries', currency: null, made, would: { least, most }, count: null },
});

describe('what the lab says', () => {
  it('has a line for each currency, and never a sum of two', () => {
    const amount = { count: 1, amountMinor: 100 };
    const would = { count: { least: 1, most: 2 }, amountMinor: { least: 100, most: 200 } };
    const result: LabResult = {
      periods: { balance: 2, limit: 0, hard: 0, other: 1 },
      tries: { made: 3, would: { least: 1, most: 2 } },
      recovered: [
        { currency: 'COP', made: amount, would },
        { currency: 'USD', made: amount, would },
      ],
      ended: { made: 0, would: { least: 0, most: 0 } },
    };
    expect([labFigures(result, t).map(({ key }) => key), basisWords(result, { t })]).toEqual([
      ['tries', 'recovered COP', 'recovered USD', 'ended'],
      ['part.balance 2', 'part.other 1'],
    ]);
  });

  it.each([
    [figure(3, 2, 2), '2', 'fewer 1'],
    [figure(3, 3, 3), '3', 'same'],
    [figure(3, 2, 5), 'between 2 5', 'from_to fewer 1 more 2'],
    [figure(3, 3, 5), 'between 3 5', 'up_to more 2'],
    [figure(3, 1, 3), 'between 1 3', 'up_to fewer 2'],
    [figure(3, 0, 2), 'between 0 2', 'fewer from_to 1 3'],
  ])('tells a range and what it changes, of %j', (one, range, difference) => {
    expect([rangeWords(one, words), differenceWords(one, words)]).toEqual([range, difference]);
  });
});
