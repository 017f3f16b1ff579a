import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeRefund, type Refundable, settledAt } from './refund.rules.js';

const of = (more: Partial<Refundable> = {}): Refundable => ({
  takenMinor: 1000,
  refundedMinor: 0,
  isSettled: true,
  isDispersed: false,
  ...more,
});

describe('a refund', () => {
  test.each<[string, Refundable, number | null, object]>([
    ['of everything', of(), null, { amountMinor: 1000 }],
    ['of what is left', of({ refundedMinor: 300 }), null, { amountMinor: 700 }],
    ['of a part', of(), 400, { amountMinor: 400 }],
    ['of exactly what is left', of({ refundedMinor: 600 }), 400, { amountMinor: 400 }],
    ['of more than is left', of({ refundedMinor: 601 }), 400, { refusal: 'overRefund' }],
    ['after all went back', of({ refundedMinor: 1000 }), null, { refusal: 'alreadyRefunded' }],
    ['of a part before settlement', of({ isSettled: false }), 400, { refusal: 'notSettled' }],
    ['of everything before settlement', of({ isSettled: false }), 1000, { amountMinor: 1000 }],
    ['of a part of a dispersed payment', of({ isDispersed: true }), 400, { refusal: 'wholeOnly' }],
  ])('%s is judged as documented', (_what, refundable, wanted, judged) => {
    expect(judgeRefund(refundable, wanted, 'refused')).toEqual(judged);
  });

  test('of a part before settlement voids the whole under the switch', () => {
    expect(judgeRefund(of({ isSettled: false }), 400, 'voids_whole')).toEqual({ amountMinor: 1000 });
  });

  test('never gives back more than was taken, in whatever parts it is asked for', () => {
    const asked = fc.array(fc.option(fc.integer({ min: 1, max: 1500 }), { nil: null }), { maxLength: 20 });
    const early = fc.constantFrom('refused' as const, 'voids_whole' as const);
    fc.assert(
      fc.property(asked, early, fc.boolean(), (list, reading, isSettled) => {
        const given = list.reduce<number>((sum, wanted) => {
          const judged = judgeRefund(of({ refundedMinor: sum, isSettled }), wanted, reading);
          return 'amountMinor' in judged ? sum + judged.amountMinor : sum;
        }, 0);
        return given <= 1000 && (given === 1000 || !list.includes(null));
      }),
    );
  });
});

test.each([
  ['2026-03-02T21:59:59-05:00', '2026-03-02T22:00:00-05:00'],
  ['2026-03-02T22:00:00-05:00', '2026-03-03T22:00:00-05:00'],
  ['2026-02-28T23:30:00-05:00', '2026-03-01T22:00:00-05:00'],
])('what is approved at %s is settled at %s', (at, settled) => {
  expect(settledAt(new Date(at), 22, 'America/Bogota')).toEqual(new Date(settled));
});
