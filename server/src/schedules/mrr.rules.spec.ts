import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { monthlyMinor, nextMrrFact, type MrrEvent, type MrrFact } from './mrr.rules.js';

describe('what a charge comes to in a month', () => {
  it.each([
    ['a month’s charge is itself', 4_000_000, 'month', 1, 4_000_000],
    ['every three months it is a third', 100, 'month', 3, 33],
    ['a half rounds away from zero', 5, 'month', 2, 3],
    ['a year’s is a twelfth', 1_200_000, 'year', 1, 100_000],
    ['every two years it is a 24th', 2_400, 'year', 2, 100],
    ['a week’s is 365.25 / 84 of it', 8_400, 'week', 1, 36_525],
    ['a fortnight’s is half of that', 8_400, 'week', 2, 18_263],
    ['a day’s is 365.25 / 12 of it', 1_200, 'day', 1, 36_525],
    ['every thirty days it is a little more than itself', 3_000, 'day', 30, 3_044],
    ['the largest amount is exact', 10_000_000_000_000, 'day', 1, 304_375_000_000_000],
  ] as const)('%s', (_case, amountMinor, unit, interval, mrrMinor) => {
    expect(monthlyMinor(amountMinor, unit, interval)).toBe(mrrMinor);
  });
});

const paid = (mrrMinor: number): MrrEvent => ({ kind: 'paid', mrrMinor });
const stopped: MrrEvent = { kind: 'stopped', why: 'unpaid' };

function live(events: readonly MrrEvent[]): MrrFact[] {
  const facts: MrrFact[] = [];
  for (const event of events) {
    const fact = nextMrrFact(facts.at(-1) ?? null, event);
    if (fact) facts.push(fact);
  }
  return facts;
}

describe('the facts of a schedule', () => {
  it.each([
    ['begin with its first paid period', [paid(10), paid(10)], ['new']],
    ['have nothing to lose before one was paid', [stopped, paid(10)], ['new']],
    [
      'tell a higher price from a lower one',
      [paid(10), paid(12), paid(9)],
      ['new', 'expansion', 'contraction'],
    ],
    ['lose it once', [paid(10), stopped, stopped], ['new', 'churn']],
    ['have it back when it is paid again', [paid(10), stopped, paid(12)], ['new', 'churn', 'reactivation']],
    ['keep one that rounds to nothing', [paid(0), stopped, paid(0)], ['new', 'churn', 'reactivation']],
  ] as const)('%s', (_case, events, kinds) => {
    expect(live(events).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('always add up to what it earns now', () => {
    const event = fc.oneof(fc.nat(1_000).map(paid), fc.constant(stopped));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const facts = live(events);
        const sum = facts.reduce((before, fact) => before + fact.mrrMinor - fact.beforeMinor, 0);
        expect(sum).toBe(facts.at(-1)?.mrrMinor ?? 0);
      }),
    );
  });
});
