import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orderState, remainderMinor } from './obligation.rules.js';

const owed = (dueMinor: number, settledMinor: number, heldMinor = 0) => ({
  dueMinor,
  settledMinor,
  heldMinor,
});

describe('what an order owes', () => {
  it.each([
    ['nothing yet paid', owed(100, 0), false, 'due'],
    ['something paid', owed(100, 40), false, 'part_paid'],
    ['something paid and the rest given up', owed(100, 40), true, 'agreed'],
    ['a hold on all of it', owed(100, 0, 100), false, 'held'],
    ['all paid', owed(100, 100), false, 'paid'],
    ['all paid after the rest was given up', owed(100, 100), true, 'paid'],
    ['more than all paid', owed(100, 101), true, 'overpaid'],
    ['nothing to pay', owed(0, 0), false, 'nothing'],
  ])('with %s', (_case, obligation, agreed, expected) => {
    expect(orderState(obligation, agreed)).toBe(expected);
  });

  it('never leaves more to ask for than is due, nor less than nothing', () => {
    const amount = fc.integer({ min: 0, max: 10 ** 13 });
    fc.assert(
      fc.property(amount, amount, amount, (due, settled, held) => {
        const left = remainderMinor(owed(due, settled, held));
        expect(left >= 0 && left <= due).toBe(true);
      }),
    );
  });
});
