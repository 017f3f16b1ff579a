import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  afterCharge,
  type Calendar,
  dayOfStep,
  firstDay,
  hasMore,
  nextDay,
  type Planned,
} from './recurring.rules.js';

const calendarOf = (periodicity: Calendar['periodicity'], every: number, anchor: string): Calendar => ({
  periodicity,
  every,
  anchor,
});

function days(calendar: Calendar, monthEnd: 'anchor' | 'drift', count: number): string[] {
  let current: Planned = { step: 1, planned: dayOfStep(calendar, 1) };
  return Array.from({ length: count }, () => {
    const { planned } = current;
    current = nextDay(calendar, current, monthEnd);
    return planned;
  });
}

describe('the calendar of a recurrence', () => {
  test('returns to the last day after a short month, or stays on the short day under the switch', () => {
    const monthly = calendarOf('M', 1, '2026-01-31');
    expect([days(monthly, 'anchor', 3), days(monthly, 'drift', 3)]).toEqual([
      ['2026-02-28', '2026-03-31', '2026-04-30'],
      ['2026-02-28', '2026-03-28', '2026-04-28'],
    ]);
  });

  test('knows leap years', () => {
    expect([
      dayOfStep(calendarOf('Y', 1, '2024-02-29'), 1),
      dayOfStep(calendarOf('Y', 4, '2024-02-29'), 1),
      dayOfStep(calendarOf('M', 1, '2028-01-31'), 1),
    ]).toEqual(['2025-02-28', '2028-02-29', '2028-02-29']);
  });

  test('begins on the day that was named, or one step after the payment', () => {
    const rule = { periodicity: 'M' as const, every: 2 };
    expect([
      firstDay(rule, '2026-12-31', '2027-01-15'),
      firstDay(rule, '2026-12-31', undefined),
      firstDay(rule, '2027-01-15', '2027-01-10'),
    ]).toEqual([
      { anchor: '2027-01-15', step: 0, planned: '2027-01-15' },
      { anchor: '2026-12-31', step: 1, planned: '2027-02-28' },
      { anchor: '2027-01-10', step: 1, planned: '2027-03-10' },
    ]);
  });

  const dates = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const calendars = fc.record<Calendar>({
    periodicity: fc.constantFrom('D', 'M', 'Y'),
    every: fc.integer({ min: 1, max: 24 }),
    anchor: dates,
  });

  test('only ever goes forward, on both readings of the month’s end', () => {
    fc.assert(
      fc.property(calendars, fc.constantFrom('anchor' as const, 'drift' as const), (calendar, monthEnd) => {
        const list = [calendar.anchor, ...days(calendar, monthEnd, 20)];
        return list.every((day, index) => index === 0 || day > (list[index - 1] as string));
      }),
    );
  });

  test('keeps the anchor’s day in every month that has it, and the last one in every other', () => {
    fc.assert(
      fc.property(calendars, fc.integer({ min: 1, max: 60 }), (calendar, step) => {
        fc.pre(calendar.periodicity !== 'D');
        const [year, month, day] = dayOfStep(calendar, step).split('-').map(Number) as [
          number,
          number,
          number,
        ];
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        return day === Math.min(Number(calendar.anchor.slice(8)), last);
      }),
    );
  });

  test('ends after so many paid periods, or with its due date', () => {
    expect([
      hasMore({ maxPeriods: 2, dueDate: null }, 1, '2026-04-01'),
      hasMore({ maxPeriods: 2, dueDate: null }, 2, '2026-04-01'),
      hasMore({ maxPeriods: -1, dueDate: '2026-04-01' }, 99, '2026-04-01'),
      hasMore({ maxPeriods: -1, dueDate: '2026-04-01' }, 99, '2026-04-02'),
    ]).toEqual([true, false, true, false]);
  });
});

describe('after a charge', () => {
  /** What becomes of one period whose charges are answered with these reasons, as far as it goes. */
  function play(...reasons: string[]): string[] {
    let progress = { periodsDone: 0, triesMade: 0, technical: false };
    return reasons.map((reason) => {
      const after = afterCharge(progress, reason);
      progress = after.progress;
      return after.next;
    });
  }

  test.each([
    ['approval goes on to the next period', ['00'], ['paid']],
    [
      'lack of balance is tried again on three days',
      ['51', '51', 'XA', '51'],
      ['tomorrow', 'tomorrow', 'tomorrow', 'failed'],
    ],
    ['a retry may recover it', ['51', '00'], ['tomorrow', 'paid']],
    ['a hard decline stops at once', ['05'], ['failed']],
    ['a hard decline stops the retries too', ['51', '05'], ['tomorrow', 'failed']],
    ['a limit is no lack of balance', ['61'], ['failed']],
    ['an unknown code is a hard decline', ['ZZ'], ['failed']],
    ['a technical failure is tried again the same day, once', ['91', '96'], ['later', 'failed']],
    [
      'a technical failure counts as no try',
      ['91', '51', '51', '51', '51'],
      ['later', 'tomorrow', 'tomorrow', 'tomorrow', 'failed'],
    ],
  ])('%s', (_what, reasons, wanted) => {
    expect(play(...reasons)).toEqual(wanted);
  });

  test('no period takes more than four charges that say something, whatever is answered', () => {
    const reasons = fc.array(fc.constantFrom('51', 'XA', 'R01', '05', '91', 'XH', '00'), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(reasons, (list) => {
        const ended = play(...list).findIndex((next) => next === 'failed' || next === 'paid');
        const said = list.slice(0, ended + 1).filter((reason) => reason !== '91' && reason !== 'XH');
        return ended >= 0 && said.length <= 4;
      }),
    );
  });
});
