import { describe, expect, it } from '@jest/globals';
import { sumByCurrency } from './sums.js';

describe('the sums under the list', () => {
  it('never add two currencies together', () => {
    const rows = [
      { currency: 'COP', amountMinor: 100 },
      { currency: 'USD', amountMinor: 5 },
      { currency: 'COP', amountMinor: 50 },
    ] as const;
    expect(sumByCurrency(rows)).toEqual([
      { currency: 'COP', amountMinor: 150 },
      { currency: 'USD', amountMinor: 5 },
    ]);
  });
});
