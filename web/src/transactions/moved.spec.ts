import { describe, expect, it } from '@jest/globals';
import { movedMinor } from './moved.js';

const row = (kind: Parameters<typeof movedMinor>[0]['kind'], state: 'approved' | 'unknown' = 'approved') => ({
  kind,
  state,
  amountMinor: 100,
});

describe('what a transaction moved', () => {
  it.each(['payment', 'recurring', 'checkout', 'chargeback_reversal'] as const)(
    '%s brings money in',
    (kind) => {
      expect(movedMinor(row(kind))).toBe(100);
    },
  );

  it.each(['reverse', 'chargeback'] as const)('%s takes money out', (kind) => {
    expect(movedMinor(row(kind))).toBe(-100);
  });

  it.each(['checkin', 'dispersion', 'confirm', 'cancel', 'reauthorization', 'release'] as const)(
    '%s moves none',
    (kind) => {
      expect(movedMinor(row(kind))).toBe(0);
    },
  );

  it('is nothing until it is approved', () => {
    expect(movedMinor(row('reverse', 'unknown'))).toBe(0);
  });
});
