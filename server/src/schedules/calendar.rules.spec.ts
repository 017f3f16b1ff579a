import { describe, expect, it } from '@jest/globals';
import { addDays } from '@recaudo/shared';
import fc from 'fast-check';
import { PERIOD_UNITS } from '@recaudo/shared';
import { accessEndsOn, chargeDay, instantOf, type Plan } from './calendar.rules.js';

const plan = (about: Partial<Plan>): Plan => ({
  ...{ unit: 'month', interval: 1, startOn: '2026-01-31', trialDays: 0, anchorDay: null },
  ...{ maxPeriods: null, endOn: null, zone: 'America/Bogota', chargeHour: 9 },
  ...about,
});
const days = (about: Partial<Plan>, many: number): (string | null)[] =>
  Array.from({ length: many }, (_, period) => chargeDay(plan(about), period));

describe('the days on which a schedule charges', () => {
  it.each<[string, Partial<Plan>, (string | null)[]]>([
    ['every month on the 31st', {}, ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
    [
      'every year on the 29th of February',
      { unit: 'year', startOn: '2028-02-29' },
      ['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29'],
    ],
    [
      'every fortnight over a year’s end',
      { unit: 'week', interval: 2, startOn: '2026-12-21' },
      ['2026-12-21', '2027-01-04'],
    ],
    ['every third day', { unit: 'day', interval: 3, startOn: '2026-02-27' }, ['2026-02-27', '2026-03-02']],
    ['after its trial', { startOn: '2026-01-10', trialDays: 30 }, ['2026-02-09', '2026-03-09']],
    [
      'on the anchor’s day, from the first one after the start',
      { startOn: '2026-01-10', anchorDay: 5 },
      ['2026-02-05', '2026-03-05'],
    ],
    [
      'on the anchor’s day of the same month',
      { startOn: '2026-02-10', anchorDay: 30 },
      ['2026-02-28', '2026-03-30'],
    ],
    ['so many times and no more', { maxPeriods: 2 }, ['2026-01-31', '2026-02-28', null]],
    ['up to the end', { endOn: '2026-02-28' }, ['2026-01-31', '2026-02-28', null]],
  ])('%s', (_case, about, expected) => {
    expect(days(about, expected.length)).toEqual(expected);
  });

  it('come one after the other, whatever the plan', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PERIOD_UNITS),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 20_000 }).map((day) => addDays('2000-01-01', day)),
        fc.integer({ min: 0, max: 90 }),
        fc.option(fc.integer({ min: 1, max: 31 })),
        fc.integer({ min: 0, max: 60 }),
        (unit, interval, startOn, trialDays, anchorDay, period) => {
          const each = plan({ unit, interval, startOn, trialDays, anchorDay });
          const [first, day] = [chargeDay(each, 0) ?? '', chargeDay(each, period) ?? ''];
          expect(day < (chargeDay(each, period + 1) ?? '')).toBe(true);
          expect(first >= addDays(startOn, trialDays)).toBe(true);
        },
      ),
    );
  });

  it('what a period paid for lasts until the next would begin, also of the last one', () => {
    expect(accessEndsOn(plan({ maxPeriods: 1 }), 0)).toBe('2026-02-28');
  });
});

describe('the instant of a charge', () => {
  it.each([
    ['in Bogotá, which changes no clock', '2026-03-08', 9, 'America/Bogota', '2026-03-08T14:00:00.000Z'],
    ['in New York in winter', '2026-03-07', 9, 'America/New_York', '2026-03-07T14:00:00.000Z'],
    ['in New York in summer', '2026-03-08', 9, 'America/New_York', '2026-03-08T13:00:00.000Z'],
    ['in an hour that New York leaves out', '2026-03-08', 2, 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['in an hour that New York has twice', '2026-11-01', 1, 'America/New_York', '2026-11-01T05:00:00.000Z'],
    [
      'at a midnight that Santiago leaves out',
      '2026-09-06',
      0,
      'America/Santiago',
      '2026-09-06T04:00:00.000Z',
    ],
    ['in an hour that Santiago has twice', '2026-04-04', 23, 'America/Santiago', '2026-04-05T02:00:00.000Z'],
    ['in Santiago after the change', '2026-04-05', 9, 'America/Santiago', '2026-04-05T13:00:00.000Z'],
  ])('%s', (_case, day, hour, zone, instant) => {
    expect(instantOf(day, hour, zone).toISOString()).toBe(instant);
  });
});
