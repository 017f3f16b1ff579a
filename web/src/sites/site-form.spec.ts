import { describe, expect, it } from '@jest/globals';
import { NO_TERMS, termsOfForm } from './site-form.js';

const LIMITS = { operationMinor: '500.000', paymentMinor: '1.000.000', dayMinor: '0' };

describe('what is typed about a site’s limits', () => {
  it('without limits means that every refund and charge needs a second person', () => {
    expect(termsOfForm(NO_TERMS, 'COP', 'es')).toEqual({
      ...{ undoMinutes: 5, lateDays: 3, refundLimits: null, collectLimits: null },
    });
  });

  it('reads limits in minor units of the site’s currency, nothing included', () => {
    const typed = {
      ...{ undoMinutes: '0', lateDays: '7', hasLimits: true, refundLimits: LIMITS, hasCollectLimits: true },
      collectLimits: { operationMinor: '1.000', dayMinor: '2.000' },
    };
    expect(termsOfForm(typed, 'COP', 'es')).toEqual({
      undoMinutes: 0,
      lateDays: 7,
      refundLimits: { operationMinor: 50_000_000, paymentMinor: 100_000_000, dayMinor: 0 },
      collectLimits: { operationMinor: 100_000, dayMinor: 200_000 },
    });
  });

  it('leaves out what cannot be read, so that the field is refused', () => {
    const typed = { ...NO_TERMS, hasLimits: true, refundLimits: { ...LIMITS, dayMinor: 'x' } };
    expect(termsOfForm(typed, 'COP', 'es').refundLimits?.dayMinor).toBeUndefined();
  });
});
