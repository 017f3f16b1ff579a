import { describe, expect, it } from '@jest/globals';
import { episode, HISTORY_DAYS } from './history.rules.js';

const anchor = new Date('2026-11-20T18:00:00Z');
const all = Array.from({ length: 1_500 }, (_, number) => episode('recaudo', number, 1_500, anchor));
const DAY = 86_400_000;

describe('the demo history', () => {
  it('is the same on every machine', () => {
    expect(all[700]).toEqual(episode('recaudo', 700, 1_500, anchor));
  });

  it('never repeats a reference', () => {
    expect(new Set(all.map((each) => each.reference)).size).toBe(all.length);
  });

  it('makes the last seven days first, but for what the desk needs time for', () => {
    const recent = all.slice(36, 200).every((each) => anchor.getTime() - each.at.getTime() < 9 * DAY);
    expect(recent).toBe(true);
  });

  it('reaches back ninety days and never into the future', () => {
    const ages = all.map((each) => anchor.getTime() - each.at.getTime());
    expect(Math.min(...ages)).toBeGreaterThan(0);
    expect(Math.max(...ages) / DAY).toBeGreaterThan(HISTORY_DAYS - 3);
  });

  it('leaves nothing to happen after the present', () => {
    const late = all.filter(
      (each) =>
        each.plot === 'neverCame' && each.at.getTime() + (each.lifeMinutes + 1) * 60_000 > anchor.getTime(),
    );
    expect(late).toEqual([]);
  });

  it('tells every plot at least once in its first three dozen episodes', () => {
    const told = new Set(all.map((each) => each.plot));
    expect(new Set(all.slice(0, 36).map((each) => each.plot))).toEqual(told);
  });

  it('lets four countries pay in three currencies', () => {
    expect([
      new Set(all.map((each) => each.siteCode)).size,
      new Set(all.map((each) => each.currency)).size,
    ]).toEqual([4, 3]);
  });
});
