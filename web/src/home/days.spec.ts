import { describe, expect, it } from '@jest/globals';
import { byCurrency } from './days.js';

const day = (date: string, currency: 'COP' | 'USD', approvedMinor: number, approved = 1) => ({
  day: date,
  currency,
  approvedMinor,
  approved,
  rejected: 0,
});

describe('the days of the chart', () => {
  const series = byCurrency(
    [day('2026-03-01', 'USD', 10), day('2026-03-10', 'COP', 500, 3), day('2026-03-02', 'USD', 30)],
    '2026-03-10',
  );

  it('are fourteen for each currency, empty ones too, and end today', () => {
    expect(series.map((one) => one.days.length)).toEqual([14, 14]);
    expect(series[0]?.days.at(-1)?.day).toBe('2026-03-10');
    expect(series[0]?.days[0]).toEqual({ day: '2026-02-25', approvedMinor: 0, approved: 0, rejected: 0 });
  });

  it('put the currency used most first, and keep currencies apart', () => {
    expect(series.map(({ currency, totalMinor }) => [currency, totalMinor])).toEqual([
      ['COP', 500],
      ['USD', 40],
    ]);
  });

  it('never divide by zero', () => {
    expect(byCurrency([day('2026-03-10', 'COP', 0, 0)], '2026-03-10')[0]?.highestMinor).toBe(1);
  });
});
