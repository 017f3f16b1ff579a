import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { limitExceeded } from './limit.rules.js';

const limits = { operationMinor: 100, paymentMinor: 250, dayMinor: 1_000 };
const spending = { amountMinor: 50, currency: 'COP' as const, paymentMinor: 0, dayMinor: 0 };

describe('a refund', () => {
  it.each([
    ['within every limit needs nobody', {}, null],
    ['exactly at a limit needs nobody', { amountMinor: 100 }, null],
    ['above what one operation may be', { amountMinor: 101 }, 'operation'],
    ['that brings its payment above its limit', { amountMinor: 60, paymentMinor: 200 }, 'payment'],
    ['that brings its person above the day’s limit', { dayMinor: 951 }, 'day'],
    ['in another currency than the site’s', { currency: 'USD' as const }, 'other_currency'],
  ])('%s', (_case, change, exceeded) => {
    expect(limitExceeded(limits, 'COP', { ...spending, ...change })).toBe(exceeded);
  });

  it('of a site without limits always needs a second person', () => {
    expect(limitExceeded(null, 'COP', { ...spending, amountMinor: 1 })).toBe('no_limit_set');
  });

  it('split into pieces never passes what it would not pass as a whole', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(pieces, (amounts) => {
        let passed = 0;
        for (const amountMinor of amounts) {
          const spent = { ...spending, amountMinor, paymentMinor: passed, dayMinor: passed };
          if (limitExceeded(limits, 'COP', spent) === null) passed += amountMinor;
        }
        return passed <= limits.paymentMinor;
      }),
    );
  });
});
