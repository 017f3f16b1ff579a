import { describe, expect, it } from '@jest/globals';
import { NO_TERMS, termsOfForm } from './site-form.js';

const LIMITS = { operationMinor: '500.000', paymentMinor: '1.000.000', dayMinor: '0' };

describe('what is typed about a site’s refunds', () => {
  it('without limits means that every refund needs a second person', () => {
    expect(termsOfForm(NO_TERMS, 'COP', 'es')).toEqual({ undoMinutes: 5, refundLimits: null });
  });

  it('reads limits in minor units of the site’s currency, nothing included', () => {
    const typed = { undoMinutes: '0', hasLimits: true, refundLimits: LIMITS };
    expect(termsOfForm(typed, 'COP', 'es')).toEqual({
      undoMinutes: 0,
      refundLimits: { operationMinor: 50_000_000, paymentMinor: 100_000_000, dayMinor: 0 },
    });
  });

  it('leaves out what cannot be read, so that the field is refused', () => {
    const typed = { ...NO_TERMS, hasLimits: true, refundLimits: { ...LIMITS, dayMinor: 'x' } };
    expect(termsOfForm(typed, 'COP', 'es').refundLimits?.dayMinor).toBeUndefined();
  });
});
