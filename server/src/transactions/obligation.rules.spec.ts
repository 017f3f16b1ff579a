import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orderState, remainderMinor } from './obligation.rules.js';

const owed = (dueMinor: number, settledMinor: number, heldMinor = 0, returnedMinor = 0) => ({
  dueMinor,
  settledMinor,
  heldMinor,
  returnedMinor,
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
    ['all paid and all given back', owed(100, 100, 0, 100), false, 'returned'],
    ['all paid and some given back', owed(100, 100, 0, 30), false, 'part_returned'],
    ['paid twice and given back once', owed(100, 200, 0, 100), false, 'paid'],
    ['paid twice and a part of it given back', owed(100, 200, 0, 40), false, 'overpaid'],
    ['something paid and given back', owed(100, 40, 0, 40), false, 'returned'],
    ['something paid and a part of it given back', owed(100, 40, 0, 10), false, 'part_paid'],
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
