import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextMrrFact, type MrrEvent, type MrrFact } from '../../schedules/mrr.rules.js';
import { band, cohortRows, estimate, monthsUpTo, mrrMonths, rateOf, startOf } from './revenue.rules.js';
import { effect, total, type Movement } from './revenue.rules.js';

const MONTHS = monthsUpTo('2026-06', 6);

/** What random schedules live through: in which month, and what. */
const histories = fc.array(
  fc.array(
    fc.record({
      month: fc.constantFrom(...MONTHS),
      event: fc.oneof(
        fc.nat(5_000).map((mrrMinor): MrrEvent => ({ kind: 'paid', mrrMinor })),
        fc.constantFrom('chosen', 'unpaid', 'finished').map((why): MrrEvent => ({
          kind: 'stopped',
          why: why as 'chosen',
        })),
      ),
    }),
    { maxLength: 12 },
  ),
  { maxLength: 15 },
);

type Told = MrrFact & { month: string };

function tell(events: readonly { month: string; event: MrrEvent }[]): Told[] {
  const facts: Told[] = [];
  for (const { month, event } of [...events].sort((left, right) => (left.month < right.month ? -1 : 1))) {
    const fact = nextMrrFact(facts.at(-1) ?? null, event);
    if (fact) facts.push({ ...fact, month });
  }
  return facts;
}

const movementOf = ({ month, kind, why, beforeMinor, mrrMinor }: Told): Movement => ({
  ...{ month, kind, why, count: 1, minor: mrrMinor - beforeMinor },
});

describe('monthly recurring revenue', () => {
  it('is start and movements in every month, and its end is what the schedules earn then', () => {
    fc.assert(
      fc.property(histories, (lives) => {
        const schedules = lives.map(tell);
        const movements = schedules.flat().map(movementOf);
        const nets = movements.map((each) => ({ siteId: 'a', month: each.month, ...effect(each) }));
        const books = MONTHS.map((month) => ({ month, sealedAt: null, start: startOf(month, nets, []) }));
        for (const { month, start, kinds, end, carried } of mrrMonths(books, movements, [])) {
          const there = schedules.flatMap((facts) => facts.findLast((fact) => fact.month <= month) ?? []);
          const earning = there.filter(({ kind }) => kind !== 'churn');
          expect(end).toEqual({
            count: earning.length,
            minor: earning.reduce((sum, { mrrMinor }) => sum + mrrMinor, 0),
          });
          const moved = Object.values(kinds).reduce((sum, { minor }) => sum + minor, 0);
          expect([start.minor + moved, carried.minor]).toEqual([end.minor, 0]);
        }
      }),
    );
  });

  it('shows news about a closed month beside it, and carries it into the month that is open', () => {
    const seals = [{ siteId: 'a', month: '2026-05', start: { count: 1, minor: 100 } }];
    const nets = [
      { siteId: 'a', month: '2026-04', count: 1, minor: 100 },
      { siteId: 'a', month: '2026-05', count: 2, minor: 70 },
    ];
    const books = ['2026-05', '2026-06'].map((month) => ({
      ...{ month, sealedAt: null, start: startOf(month, nets, seals) },
    }));
    const one = { month: '2026-05', kind: 'new', why: '', count: 1 } as const;
    const [may, june] = mrrMonths(books, [{ ...one, minor: 50 }], [{ ...one, minor: 20 }]);
    expect([may?.end.minor, may?.late?.minor, june?.carried.minor, june?.start.minor]).toEqual([
      150, 20, 20, 170,
    ]);
  });
});

describe('cohorts', () => {
  it('say who of those that came in a month was there at the end of each month since', () => {
    const delta = (month: string, count: number) => ({ cohort: '2026-04', month, count, minor: count * 10 });
    const deltas = [delta('2026-04', 3), delta('2026-05', -2), delta('2026-06', 1)];
    const [row] = cohortRows(deltas, new Map([['2026-04', 4]]), MONTHS);
    expect([row?.joined, row?.cells.map(({ count }) => count)]).toEqual([4, [3, 1, 2]]);
  });
});

describe('the approval rate', () => {
  it('is of judged charges alone: technical and unlisted ones stand apart', () => {
    const outcomes = ['approved', 'balance', 'limit', 'hard', 'technical', 'unlisted'] as const;
    const rate = rateOf(outcomes.map((outcome) => ({ outcome, count: 1, minor: 10 })));
    expect(Object.values(rate).map(({ count }) => count)).toEqual([1, 3, 1, 1]);
  });
});

describe('expected income', () => {
  const due = { count: 10, minor: 1_000, squares: 10 * 100 ** 2 };

  it('says nothing of a site with fewer than thirty settled periods', () => {
    expect([estimate(due, { paid: 29, settled: 29 }), band([], 1_000)]).toEqual([null, null]);
  });

  it('is what is due times the share that was paid, with nine cases of ten in its band', () => {
    const known = estimate(due, { paid: 90, settled: 100 });
    const p = 91 / 102;
    const width = 1.64 * Math.sqrt((100_000 + 1_000 ** 2 / 100) * p * (1 - p));
    expect(known && band([known], 1_000)).toEqual({
      ...{ minor: 900, lowMinor: Math.round(900 - width), highMinor: 1_000 },
    });
  });

  it('stays within nothing and all, and around its middle', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 30, max: 1_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (amounts, settled, share) => {
          const { minor } = total(amounts.map((amount) => ({ count: 1, minor: amount })));
          const squares = amounts.reduce((sum, amount) => sum + amount ** 2, 0);
          const paid = Math.round(settled * share);
          const known = estimate({ count: amounts.length, minor, squares }, { paid, settled });
          const found = known && band([known], minor);
          expect(found).not.toBeNull();
          if (!found) return;
          expect(found.lowMinor).toBeGreaterThanOrEqual(0);
          expect(found.highMinor).toBeLessThanOrEqual(minor);
          expect(found.lowMinor <= found.minor && found.minor <= found.highMinor).toBe(true);
        },
      ),
    );
  });
});
