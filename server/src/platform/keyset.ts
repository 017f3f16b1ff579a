import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { ProblemError } from './problem.js';

/** A place in a list ordered by (instant, id): what a cursor says, and which way to read from it. */
export interface Place {
  at: Date;
  id: string;
  direction: 'next' | 'previous';
}

export function writeCursor(place: Place): string {
  const mark = place.direction === 'next' ? 'n' : 'p';
  return Buffer.from(`${mark}${place.at.toISOString()}_${place.id}`).toString('base64url');
}

export function readCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const match = /^([np])([^_]{20,30})_([0-9a-f-]{36})$/.exec(
    Buffer.from(cursor, 'base64url').toString('utf8'),
  );
  const at = new Date(match?.[2] ?? Number.NaN);
  if (!match || Number.isNaN(at.getTime()))
    throw new ProblemError('validation', { errors: { cursor: ['invalid_format'] } });
  return { at, id: match[3] ?? '', direction: match[1] === 'n' ? 'next' : 'previous' };
}

export interface KeysetPage<Row> {
  items: Row[];
  next: string | null;
  previous: string | null;
}

/**
 * Shapes one page out of `limit + 1` rows read from `place` on. Rows read backwards come in reverse.
 * Timestamps are kept to the millisecond by every writer of ours, so a cursor names its row exactly.
 */
export function keysetPage<Row>(
  rows: Row[],
  limit: number,
  place: Place | null,
  key: (row: Row) => { at: Date; id: string },
): KeysetPage<Row> {
  const more = rows.length > limit;
  const backwards = place?.direction === 'previous';
  const kept = rows.slice(0, limit);
  const items = backwards ? kept.reverse() : kept;
  const first = items[0];
  const last = items.at(-1);
  const hasNext = backwards ? true : more;
  const hasPrevious = backwards ? more : place !== null;
  return {
    items,
    next: hasNext && last ? writeCursor({ ...key(last), direction: 'next' }) : null,
    previous: hasPrevious && first ? writeCursor({ ...key(first), direction: 'previous' }) : null,
  };
}

/** SQL of the place: `(at, id) < ($n, $n+1)` in the reading direction, with its order. */
export function keysetSql(
  place: Place | null,
  newestFirst: boolean,
  columns: { at: string; id: string },
  firstParameter: number,
): { where: string | null; order: string; parameters: unknown[] } {
  const descending = newestFirst !== (place?.direction === 'previous');
  const word = descending ? 'DESC' : 'ASC';
  const order = `${columns.at} ${word}, ${columns.id} ${word}`;
  if (!place) return { where: null, order, parameters: [] };
  const sign = descending ? '<' : '>';
  return {
    where: `(${columns.at}, ${columns.id}) ${sign} ($${firstParameter}, $${firstParameter + 1})`,
    order,
    parameters: [place.at, place.id],
  };
}

/** The same for a query builder, whose columns are properties of its alias. */
export function placed<Row extends ObjectLiteral>(
  builder: SelectQueryBuilder<Row>,
  place: Place | null,
  newestFirst: boolean,
  columns: { at: string; id: string },
): SelectQueryBuilder<Row> {
  const keyset = keysetSql(place, newestFirst, columns, 1);
  if (place && keyset.where) {
    const where = keyset.where.replace('$1', ':placeAt').replace('$2', ':placeId');
    builder.andWhere(where, { placeAt: place.at, placeId: place.id });
  }
  const word = keyset.order.includes('DESC') ? 'DESC' : 'ASC';
  return builder.orderBy(columns.at, word).addOrderBy(columns.id, word);
}
