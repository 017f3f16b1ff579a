import { describe, expect, it } from '@jest/globals';
import { statedDay } from './stated-day.rules.js';

const ZONE = 'America/Bogota';
/** Ten in the morning of the 17th in Bogotá. */
const placed = new Date('2026-10-17T15:00:00Z');
/** Seven in the morning of the 20th. */
const now = new Date('2026-10-20T12:00:00Z');
const stated = (day: string) => statedDay(day, ZONE, placed, now).toISOString();

describe('a day that somebody else states', () => {
  it.each([
    ['is its noon in the site’s zone', '2026-10-18', '2026-10-18T17:00:00.000Z'],
    ['is never later than now', '2026-10-20', '2026-10-20T12:00:00.000Z'],
    ['may be that of what it happened to', '2026-10-17', '2026-10-17T17:00:00.000Z'],
  ])('%s', (_what, day, instant) => {
    expect(stated(day)).toBe(instant);
  });

  it.each([
    ['before what it happened to', '2026-10-16', { day: ['before_payment'] }],
    ['to come', '2026-10-21', { day: ['in_the_future'] }],
  ])('is not %s', (_what, day, errors) => {
    expect(() => stated(day)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ errors }) }),
    );
  });

  it('is not before an evening payment of the same day', () => {
    const evening = new Date('2026-10-18T03:00:00Z');
    expect(statedDay('2026-10-17', ZONE, evening, now)).toEqual(evening);
  });
});
