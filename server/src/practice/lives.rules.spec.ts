import { describe, expect, it } from '@jest/globals';
import { lifeOf, livesOf } from './lives.rules.js';

const anchor = new Date('2026-11-20T18:00:00Z');
const zoneOf = () => 'America/Bogota';
const all = Array.from({ length: 200 }, (_, number) => lifeOf('recaudo', number, anchor, zoneOf));
const DAY = 86_400_000;

describe('the schedules of the demo history', () => {
  it('are the same on every machine', () => {
    expect(all[77]).toEqual(lifeOf('recaudo', 77, anchor, zoneOf));
  });

  it('never share a reference', () => {
    expect(new Set(all.map(({ reference }) => reference)).size).toBe(all.length);
  });

  it('begin within its ninety days, and not in the future', () => {
    const ages = all.map(({ begins }) => (anchor.getTime() - begins.getTime()) / DAY);
    expect([Math.max(...ages) < 92, Math.min(...ages) > 1]).toEqual([true, true]);
  });

  it('are of another site each, four in a row', () => {
    const fours = Array.from({ length: 50 }, (_, at) => all.slice(4 * at, 4 * at + 4));
    expect(fours.every((four) => new Set(four.map(({ siteCode }) => siteCode)).size === 4)).toBe(true);
  });

  it('are charged on cards that outlive the history', () => {
    const lasting = all.filter(({ card }) => {
      const [month = 0, year = 0] = card.expiry.split('/').map(Number);
      return Date.UTC(2000 + year, month, 1) > anchor.getTime();
    });
    expect(lasting.length).toBe(all.length);
  });

  it.each([
    [0, 0],
    [24, 0],
    [30, 2],
    [96, 24],
    [1_500, 50],
  ])('are, of %i payments, %i', (payments, schedules) => {
    expect(livesOf(payments)).toBe(schedules);
  });
});
