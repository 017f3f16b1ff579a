import { addDays } from '@recaudo/shared';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, firstDay, isWithin, periodOf } from './recurrence.rules.js';

const monthly = (firstOn: string) => ({ periodicity: 'M' as const, interval: 1, firstOn });

describe('the days of a recurrence', () => {
  it('are clamped to the end of a month and come back to the 31st', () => {
    const days = [0, 1, 2, 3].map((period) => dayOf(monthly('2026-01-31'), period));
    expect(days).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
  });

  it('keep the 29th of February in leap years alone', () => {
    const yearly = { periodicity: 'Y' as const, interval: 1, firstOn: '2028-02-29' };
    expect([1, 2, 3, 4].map((period) => dayOf(yearly, period))).toEqual([
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
  });

  it('begin one interval after the session’s own payment unless told', () => {
    const recurring = { periodicity: 'M' as const, interval: 2, maxPeriods: -1 };
    expect(firstDay(recurring, '2026-12-31')).toBe('2027-02-28');
    expect(firstDay({ ...recurring, nextPayment: '2027-01-05' }, '2026-12-31')).toBe('2027-01-05');
  });

  it('end with the last period or the due day, whichever comes first', () => {
    const rule = { ...monthly('2026-01-31'), maxPeriods: 3, dueOn: '2026-02-28' };
    expect([0, 1, 2, 3].map((period) => isWithin(rule, period))).toEqual([true, true, false, false]);
    expect(isWithin({ ...rule, dueOn: null }, 2)).toBe(true);
    expect(isWithin({ ...rule, dueOn: null }, 3)).toBe(false);
    expect(isWithin({ ...rule, dueOn: null, maxPeriods: -1 }, 400)).toBe(true);
  });

  const rule = fc.record({
    periodicity: fc.constantFrom('D' as const, 'M' as const, 'Y' as const),
    interval: fc.integer({ min: 4, max: 40 }),
    firstOn: fc.integer({ min: 0, max: 20_000 }).map((day) => addDays('2000-01-01', day)),
  });

  it('only ever go forward', () => {
    fc.assert(
      fc.property(rule, fc.nat(100), (each, period) => {
        expect(dayOf(each, period + 1) > dayOf(each, period)).toBe(true);
      }),
    );
  });

  it('own the retries of the three days after them', () => {
    fc.assert(
      fc.property(rule, fc.nat(100), fc.nat(3), (each, period, late) => {
        const charged = addDays(dayOf(each, period), late);
        expect(periodOf({ ...each, maxPeriods: -1, dueOn: null }, charged)).toBe(period);
      }),
    );
  });
});
