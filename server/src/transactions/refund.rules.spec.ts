import { describe, expect, it } from '@jest/globals';
import { TRANSACTION_STATES, type TransactionKind, type TransactionState } from '@recaudo/shared';
import fc from 'fast-check';
import { refundableOf, type Summed } from './refund.rules.js';

const row = (
  kind: TransactionKind,
  state: TransactionState,
  askedMinor: number,
  fromMinor: number | null = null,
): Summed => ({ kind, state, askedMinor, fromMinor });
const captured = row('payment', 'approved', 100, 100);
const left = (...operations: Summed[]) => refundableOf(captured, 'COP', operations).refundableMinor;

describe('what may still be refunded', () => {
  it.each<[string, Summed[], number]>([
    ['is all of it at first', [], 100],
    ['is less by what was refunded', [row('reverse', 'approved', 40, 40)], 60],
    [
      'is less by what the gateway says it refunded, not by what was asked',
      [row('reverse', 'approved', 40, 50)],
      50,
    ],
    ['is less by what is on its way', [row('reverse', 'started', 40)], 60],
    ['is less by what waits for its hour', [row('reverse', 'waiting', 40)], 60],
    ['is less by what nobody knows about', [row('reverse', 'unknown', 40)], 60],
    ['is not less by what was rejected', [row('reverse', 'rejected', 40)], 100],
    ['is less by a chargeback', [row('chargeback', 'approved', 30)], 70],
    [
      'is whole again once the chargeback is won',
      [row('chargeback', 'approved', 30), row('chargeback_reversal', 'approved', 30)],
      100,
    ],
    [
      'is never less than nothing',
      [row('reverse', 'approved', 80, 80), row('chargeback', 'approved', 80)],
      0,
    ],
  ])('%s', (_case, operations, expected) => {
    expect(left(...operations)).toBe(expected);
  });

  it('is nothing of a payment that was not approved', () => {
    expect(refundableOf(row('payment', 'rejected', 100), 'COP', []).refundableMinor).toBe(0);
  });

  it('is never so much that refunds within it exceed what was captured', () => {
    const state = fc.constantFrom(...TRANSACTION_STATES);
    const wish = fc.record({ amount: fc.integer({ min: 1, max: 120 }), state });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 20 }), (wishes) => {
        const made: Summed[] = [];
        for (const { amount, state: outcome } of wishes)
          if (amount <= left(...made)) made.push(row('reverse', outcome, amount));
        const given = made
          .filter(({ state: outcome }) => outcome === 'approved')
          .reduce((sum, { askedMinor }) => sum + askedMinor, 0);
        return given <= 100;
      }),
    );
  });
});
