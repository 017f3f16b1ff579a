import { describe, expect, it } from '@jest/globals';
import { clearOfLine, monthWords, percent, ratePercent, reach, stacked } from './figures.js';

describe('bars of a month', () => {
  it('stack gains upwards and losses downwards from zero, and leave out what is nothing', () => {
    const bars = stacked([
      { key: 'new', value: 10 },
      { key: 'expansion', value: 5 },
      { key: 'churn', value: -4 },
      { key: 'contraction', value: -1 },
      { key: 'reactivation', value: 0 },
    ]);
    expect(bars).toEqual([
      { key: 'new', from: 0, to: 10 },
      { key: 'expansion', from: 10, to: 15 },
      { key: 'churn', from: -4, to: 0 },
      { key: 'contraction', from: -5, to: -4 },
    ]);
  });

  it('share a scale that holds zero, also where there is nothing', () => {
    expect([reach([[{ key: 'a', from: -5, to: 0 }], [{ key: 'b', from: 0, to: 3 }]]), reach([[]])]).toEqual([
      { high: 3, low: -5 },
      { high: 1, low: 0 },
    ]);
  });
});

describe('a share', () => {
  it('is of judged charges, and of nothing it is nothing', () => {
    const sum = (count: number) => ({ count, minor: 0 });
    const rate = { approved: sum(3), declined: sum(1), technical: sum(6), unlisted: sum(2) };
    expect([ratePercent(rate), percent(1, 0)]).toEqual([75, null]);
  });
});

describe('a month', () => {
  it('is told shortly in both languages', () => {
    expect([monthWords('2026-11', 'es'), monthWords('2026-11', 'en')]).toEqual(['nov 26', 'Nov 26']);
  });
});

describe('the words at the end of a line', () => {
  const between = (at: number, heights: number[]) =>
    heights.every((height) => height > at) || heights.every((height) => height < at - 11);

  it.each([
    ['rises', [120, 40, 30]],
    ['falls', [40, 120, 130]],
    ['lies flat', [60, 60, 60]],
    ['turns', [80, 30, 110]],
  ])('are clear of one that %s', (_case, heights) => {
    expect(between(clearOfLine(heights, 3), heights)).toBe(true);
  });

  it('stand as near to their point as they can', () => {
    expect([clearOfLine([120, 40], 2), clearOfLine([40, 120], 2), clearOfLine([60], 2)]).toEqual([
      138, 31, 51,
    ]);
  });
});
