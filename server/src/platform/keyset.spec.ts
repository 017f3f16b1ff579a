import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keysetPage, readCursor, writeCursor, type Place } from './keyset.js';

interface Row {
  at: Date;
  id: string;
}
const id = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const compare = (left: Row, right: Row): number =>
  left.at.getTime() - right.at.getTime() || Number(left.id > right.id) - Number(left.id < right.id);

/** What SQL does with a place, over an array that is sorted newest first. */
function read(rows: Row[], place: Place | null, count: number): Row[] {
  if (!place) return rows.slice(0, count);
  if (place.direction === 'next') return rows.filter((row) => compare(row, place) < 0).slice(0, count);
  return rows
    .filter((row) => compare(row, place) > 0)
    .reverse()
    .slice(0, count);
}

describe('keyset paging', () => {
  it('walks every row once and comes back the same way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        (seconds, limit) => {
          const rows = seconds
            .map((second, index) => ({ at: new Date(second * 1000), id: id(index) }))
            .sort((a, b) => compare(b, a));
          const forth: Row[][] = [];
          let place: Place | null = null;
          let page = keysetPage(read(rows, place, limit + 1), limit, place, (row) => row);
          for (;;) {
            forth.push(page.items);
            if (!page.next) break;
            place = readCursor(page.next);
            page = keysetPage(read(rows, place, limit + 1), limit, place, (row) => row);
          }
          expect(forth.flat()).toEqual(rows);
          for (let index = forth.length - 2; index >= 0; index -= 1) {
            place = readCursor(page.previous ?? undefined);
            page = keysetPage(read(rows, place, limit + 1), limit, place, (row) => row);
            expect(page.items).toEqual(forth[index]);
          }
          expect(page.previous).toBeNull();
        },
      ),
    );
  });

  it.each(['', 'x', 'bm9wZQ', writeCursor({ at: new Date(0), id: 'short', direction: 'next' })])(
    'refuses a made-up cursor: "%s"',
    (cursor) => {
      expect(() => readCursor(cursor)).toThrow('validation');
    },
  );
});
