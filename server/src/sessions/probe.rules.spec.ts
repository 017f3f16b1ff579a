import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { needsAttention, nextProbe } from './probe.rules.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const opened = new Date('2026-03-02T15:00:00Z');
const inHalfAnHour = new Date(opened.getTime() + 30 * MINUTE);

const minutesFrom = (moment: Date | null): number | null =>
  moment && (moment.getTime() - opened.getTime()) / MINUTE;

function timetable(expiresAt: Date): number[] {
  const minutes: number[] = [];
  for (
    let at = nextProbe(opened, expiresAt, opened);
    at && minutes.length < 500;
    at = nextProbe(opened, expiresAt, at)
  ) {
    minutes.push(minutesFrom(at) ?? 0);
  }
  return minutes;
}

describe('the timetable of the probe', () => {
  it('asks 1, 2 and 5 minutes after opening, then every 5 minutes, then 2 minutes after the end', () => {
    expect(timetable(inHalfAnHour).slice(0, 9)).toEqual([1, 2, 5, 10, 15, 20, 25, 32, 45]);
  });

  it('slows down to hours, days and weeks, and stops after 90 days', () => {
    const days = timetable(inHalfAnHour).map((minute) => (minute - 30) / (24 * 60));
    expect(days.slice(8, 11)).toEqual([15 / 1440, 60 / 1440, 360 / 1440]);
    expect(days.slice(11, 14)).toEqual([1, 2, 3]);
    expect(days.slice(-9)).toEqual([30, 37, 44, 51, 58, 65, 72, 79, 86]);
  });

  it('always lies ahead and always ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 * 24 * 90 }),
        fc.integer({ min: 0, max: 60 * 24 * 200 }),
        (life, waited) => {
          const expiresAt = new Date(opened.getTime() + life * MINUTE);
          const now = new Date(opened.getTime() + waited * MINUTE);
          const next = nextProbe(opened, expiresAt, now);
          if (next) expect(next.getTime()).toBeGreaterThan(now.getTime());
          else expect(now.getTime() - expiresAt.getTime()).toBeGreaterThan(80 * DAY);
        },
      ),
    );
  });

  it('calls for a person at the fifth day without an end', () => {
    expect(needsAttention(inHalfAnHour, new Date(inHalfAnHour.getTime() + 5 * DAY - 1))).toBe(false);
    expect(needsAttention(inHalfAnHour, new Date(inHalfAnHour.getTime() + 5 * DAY))).toBe(true);
  });
});
