import { describe, expect, it } from '@jest/globals';
import {
  checkSchedule,
  EMPTY_SCHEDULE,
  previewBody,
  toScheduleBody,
  type ScheduleForm,
} from './new-schedule.js';

const SITE = '0199a0b0-0000-7000-8000-000000000001';
const METHOD = '0199a0b0-0000-7000-8000-000000000002';

const form = (change: Partial<ScheduleForm> = {}): ScheduleForm => ({
  ...EMPTY_SCHEDULE,
  siteId: SITE,
  instrumentId: METHOD,
  plan: 'Plan mensual',
  reference: 'SUS-1',
  amountMinor: '40.000',
  startOn: '2026-12-31',
  zone: 'America/Bogota',
  ...change,
});

const errors = (change: Partial<ScheduleForm>) => checkSchedule(form(change), 'COP', 'es');

describe('the form of a schedule', () => {
  it('sends numbers as numbers and leaves out what has no limit', () => {
    const body = toScheduleBody(form({ interval: '2', trialDays: '14', maxPeriods: '12' }), 'COP', 'es');
    expect(body).toMatchObject({
      ...{ amountMinor: 4_000_000, currency: 'COP', interval: 2, trialDays: 14, maxPeriods: 12 },
      ...{ anchorDay: null, endOn: null, chargeHour: 9, taxes: [] },
    });
  });

  it('accepts what is filled in rightly', () => {
    expect(errors({})).toEqual({});
  });

  it('names every field that is missing', () => {
    expect(Object.keys(checkSchedule(EMPTY_SCHEDULE, null, 'es')).sort()).toEqual(
      ['amountMinor', 'instrumentId', 'plan', 'reference', 'siteId', 'startOn'].sort(),
    );
  });

  it.each([
    ['interval', '0'],
    ['interval', '1000'],
    ['interval', 'dos'],
    ['anchorDay', '32'],
    ['trialDays', '-1'],
    ['maxPeriods', '0'],
    ['reference', 'Número ñ'],
  ] as const)('refuses %s of %j at its own field', (field, text) => {
    expect(Object.keys(errors({ [field]: text }))).toEqual([field]);
  });

  it('refuses an end before the start', () => {
    expect(errors({ endOn: '2026-12-01' })).toEqual({ endOn: 'problems.field.before_start' });
  });

  it('forgets the day of the month where days and weeks are counted', () => {
    expect(toScheduleBody(form({ unit: 'week', anchorDay: '31' }), 'COP', 'es').anchorDay).toBeNull();
  });

  it('refuses taxes above the amount', () => {
    const taxes = [{ kind: 'valueAddedTax', amountMinor: '50.000', baseMinor: '' }];
    expect(errors({ taxes })).toEqual({ taxes: 'problems.field.taxes_above_amount' });
  });
});

describe('the preview', () => {
  it('does not wait for the names', () => {
    expect(previewBody(form({ plan: '', reference: '' }), 'COP', 'es')).not.toBeNull();
  });

  it('waits until it can be counted', () => {
    expect(previewBody(form({ startOn: '' }), 'COP', 'es')).toBeNull();
  });
});
