import { describe, expect, it } from '@jest/globals';
import type { Refundable } from '@recaudo/shared';
import fc from 'fast-check';
import { REFUNDS_BY_COUNTRY, routeOf, type Captured } from './refund-route.rules.js';

const refundable = (refundableMinor: number, capturedMinor = 100): Refundable => ({
  currency: 'USD',
  capturedMinor,
  returnedMinor: capturedMinor - refundableMinor,
  inFlightMinor: 0,
  chargedBackMinor: 0,
  refundableMinor,
});

/** Paid on Tuesday 10 March 2026 at 10 in the morning, Puerto Rico's time; the day ends at 22:00 there. */
const paid = (country: string, left = 100): Captured => ({
  country,
  zone: 'America/Puerto_Rico',
  cutOff: '22:00',
  capturedAt: new Date('2026-03-10T14:00:00Z'),
  settledAt: null,
  refundable: refundable(left),
});
const sameDay = new Date('2026-03-10T20:00:00Z');
const nextDay = new Date('2026-03-11T14:00:00Z');

describe('a refund', () => {
  it.each<[string, Captured, number, Date, string, string]>([
    ['of the whole before the cut-off, anywhere', paid('CO'), 100, sameDay, 'reverse', 'before_cut_off'],
    [
      'of the whole before the cut-off, in no known country',
      paid('XX'),
      100,
      sameDay,
      'reverse',
      'before_cut_off',
    ],
    ['of the whole later, where refunds exist', paid('PR'), 100, nextDay, 'reverse', 'first_whole'],
    ['of the whole later, in Colombia', paid('CO'), 100, nextDay, 'letter', 'letter_after_cut_off'],
    ['of the whole later, in Ecuador', paid('EC'), 100, nextDay, 'letter', 'letter_after_cut_off'],
    ['of the whole later, in no known country', paid('XX'), 100, nextDay, 'reverse', 'first_whole'],
    ['of a part before it is settled', paid('PR'), 40, sameDay, 'wait', 'waits_for_settlement'],
    ['of a part once it is settled', paid('PR'), 40, nextDay, 'partial', 'settled_partial'],
    ['of a part in Colombia', paid('CO'), 40, sameDay, 'letter', 'letter_partial'],
    ['of a part in no known country', paid('XX'), 40, nextDay, 'impossible', 'whole_only'],
    ['of the rest after another one', paid('PR', 60), 60, nextDay, 'partial', 'settled_partial'],
    ['of more than is left', paid('PR', 60), 61, nextDay, 'impossible', 'nothing_left'],
    ['of what was given back already', paid('PR', 0), 40, nextDay, 'impossible', 'nothing_left'],
    [
      'of what was never captured',
      { ...paid('PR'), refundable: refundable(0, 0) },
      40,
      nextDay,
      'impossible',
      'not_approved',
    ],
  ])('%s', (_case, captured, amountMinor, now, route, why) => {
    const found = routeOf(captured, amountMinor, now);
    expect([found.route, found.why]).toEqual([route, why]);
  });

  it('of a part waits for the hour at which its day is settled', () => {
    expect(routeOf(paid('PR'), 40, sameDay).plannedAt).toEqual(new Date('2026-03-11T02:00:00Z'));
  });

  it('of a part does not wait for a statement that has come already', () => {
    const settled = { ...paid('PR'), settledAt: new Date('2026-03-10T18:00:00Z') };
    expect(routeOf(settled, 40, sameDay).route).toBe('partial');
  });

  it('is never sent as a part before the settlement, nor for more than is left, whatever the country and hour', () => {
    const hour = fc.integer({ min: 0, max: 24 * 20 });
    const country = fc.constantFrom(...Object.keys(REFUNDS_BY_COUNTRY), 'CL', 'XX');
    const amount = fc.integer({ min: 1, max: 150 });
    fc.assert(
      fc.property(country, fc.integer({ min: 0, max: 100 }), amount, hour, (code, left, wanted, hours) => {
        const now = new Date(paid(code).capturedAt.getTime() + hours * 3_600_000);
        const { route, reverseUntil } = routeOf(paid(code, left), wanted, now);
        if (wanted > left) return route === 'impossible';
        return route !== 'partial' || now >= reverseUntil;
      }),
    );
  });

  it('names where each country’s rule comes from', () => {
    expect(Object.values(REFUNDS_BY_COUNTRY).every(({ source }) => source.length > 10)).toBe(true);
  });
});
