import { describe, expect, it } from '@jest/globals';
import type { TransactionState } from '@recaudo/shared';
import fc from 'fast-check';
import {
  amountWhy,
  heldRange,
  holdWhy,
  nextDue,
  raisedAlone,
  warningHours,
  type Change,
} from './preauthorization.rules.js';

const change = (state: TransactionState, askedMinor: number): Change => ({
  state,
  askedMinor,
  fromMinor: null,
});

describe('what a hold holds', () => {
  it.each<[string, Change[], number, number]>([
    ['is what was placed', [], 100, 100],
    ['is the last amount that was granted', [change('approved', 150), change('approved', 120)], 120, 120],
    ['is not changed by a refusal', [change('rejected', 150)], 100, 100],
    ['is a range while nobody knows', [change('unknown', 150)], 100, 150],
    ['is a range downwards too', [change('unknown', 70)], 70, 100],
    [
      'is certain again with the next granted amount',
      [change('unknown', 150), change('approved', 130)],
      130,
      130,
    ],
    ['is a range from the last certain amount', [change('approved', 120), change('unknown', 90)], 90, 120],
  ])('%s', (_case, changes, leastMinor, mostMinor) => {
    expect(heldRange(100, changes)).toEqual({ leastMinor, mostMinor });
  });

  it('contains what it really is, whichever of the unknown changes were granted', () => {
    const made = fc.array(
      fc.record({
        state: fc.constantFrom<TransactionState>('approved', 'rejected', 'unknown'),
        askedMinor: fc.integer({ min: 1, max: 500 }),
        granted: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(made, (changes) => {
        const truth = changes.reduce(
          (held, { state, askedMinor, granted }) =>
            state === 'approved' || (state === 'unknown' && granted) ? askedMinor : held,
          100,
        );
        const { leastMinor, mostMinor } = heldRange(
          100,
          changes.map(({ state, askedMinor }) => change(state, askedMinor)),
        );
        return leastMinor <= truth && truth <= mostMinor;
      }),
    );
  });
});

describe('a capture', () => {
  const hold = { leastMinor: 100, mostMinor: 150, overCapture: false, increaseOnly: false };

  it('is within the lower end of what is held, unless the contract says otherwise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.boolean(), (amount, overCapture) => {
        const allowed = amountWhy('checkout', amount, { ...hold, overCapture }) === null;
        return allowed === (overCapture || amount <= hold.leastMinor);
      }),
    );
  });
});

describe('how far one person raises a hold', () => {
  const limits = (operationMinor: number) => ({ operationMinor, paymentMinor: 0, dayMinor: 0 });

  it.each([
    ['as far as the limit of an operation above what the payer agreed to', 'COP', limits(50), 150],
    ['no further than that where the site has no limits', 'COP', null, 100],
    ['no further than that in another currency than the limits are in', 'USD', limits(50), 100],
  ] as const)('is %s', (_what, currency, refundLimits, alone) => {
    const site = { currency: 'COP' as const, refundLimits };
    expect(raisedAlone({ placedMinor: 100, currency }, site)).toBe(alone);
  });
});

describe('what may be done to a hold', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const expiresAt = new Date('2026-03-31T12:00:00Z');
  const active = { state: 'active' as const, expiresAt, country: 'CO', live: false };

  it.each([
    ['a capture of an active one', 'checkout', active, null],
    ['a capture of one whose days are over', 'checkout', { ...active, expiresAt: now }, 'hold_over'],
    ['a capture while something else is under way', 'checkout', { ...active, live: true }, 'operation_live'],
    ['a capture of a captured one', 'checkout', { ...active, state: 'captured' }, 'hold_over'],
    ['a release of one that nobody understands', 'release', { ...active, state: 'unclear' }, null],
    [
      'a change of one that nobody understands',
      'reauthorization',
      { ...active, state: 'unclear' },
      'hold_over',
    ],
    [
      'a change in Puerto Rico',
      'reauthorization',
      { ...active, country: 'PR' },
      'country_without_reauthorization',
    ],
    ['a release of one that ran out', 'release', { ...active, state: 'presumed_released' }, 'hold_over'],
  ] as const)('%s', (_case, action, hold, why) => {
    expect(holdWhy(action, hold, now)).toBe(why);
  });
});

describe('a hold that runs out', () => {
  const end = new Date('2026-03-31T12:00:00Z');
  const before = (hours: number) => new Date(end.getTime() - hours * 3_600_000);

  it.each([
    [100, null, 72],
    [72, 72, 24],
    [30, 72, 24],
    [23, 24, 6],
    [5, 6, 0],
  ])('with %s hours left is warned of at %s, and next at %s', (left, warned, next) => {
    expect([warningHours(end, before(left)), nextDue(end, before(left))]).toEqual([warned, before(next)]);
  });
});
