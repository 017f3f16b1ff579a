/** The book: one line per approved movement of money, written with the approval, never changed. */
import type { Queryable } from '../platform/database.js';

/**
 * `checkin` reserves, `reauthorization` is the new reserve, `release` lets go of it; `payment`, `collect`, `checkout` and
 * `recurring` take; `reverse` gives back.
 */
export const BOOK_KINDS = [
  'payment',
  'collect',
  'checkin',
  'reauthorization',
  'checkout',
  'release',
  'recurring',
  'reverse',
] as const;
export type BookKind = (typeof BOOK_KINDS)[number];

export interface BookEntry {
  site: string;
  /** The transaction that moved it. */
  transaction: number;
  /** The number that the merchant was told. */
  internalReference: number;
  kind: BookKind;
  reference: string;
  /** The `internalReference` acted on, or of the whole that this is a part of. */
  parent: number | null;
  currency: string;
  amountMinor: number;
  at: Date;
}

export async function writeInBook(db: Queryable, entry: BookEntry): Promise<void> {
  await db.query(
    `INSERT INTO book (site, transaction, internal_reference, kind, reference, parent, currency, amount_minor, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      entry.site,
      entry.transaction,
      entry.internalReference,
      entry.kind,
      entry.reference,
      entry.parent,
      entry.currency,
      entry.amountMinor,
      entry.at,
    ],
  );
}

/** One approved movement of money, as `GET /control/book` writes it. */
export interface BookLine {
  site: string;
  internalReference: number;
  kind: string;
  reference: string;
  parent: number | null;
  currency: string;
  amountMinor: number;
  at: string;
}

/** Lines of the book after line `after`, oldest first, and the number of the last one. */
export async function readBook(
  db: Queryable,
  { site, after, limit }: { site: string | null; after: number; limit: number },
): Promise<{ lines: BookLine[]; last: number }> {
  const { rows } = await db.query<BookRow>(
    `SELECT * FROM book WHERE line > $1 AND ($2::text IS NULL OR site = $2) ORDER BY line LIMIT $3`,
    [after, site, limit],
  );
  return { lines: rows.map(toLine), last: Number(rows.at(-1)?.line ?? after) };
}

/** A line as the console shows it: with its own number, and that of the transaction that moved the money. */
export type NumberedLine = BookLine & { line: number; transaction: number };

/** The newest lines before line `before`, newest first. */
export async function readBookBackwards(
  db: Queryable,
  filter: {
    site: string | null;
    kind: string | null;
    reference: string | null;
    before: number | null;
    limit: number;
  },
): Promise<NumberedLine[]> {
  const { rows } = await db.query<BookRow>(
    `SELECT * FROM book WHERE ($1::text IS NULL OR site = $1) AND ($2::text IS NULL OR kind = $2)
       AND ($3::text IS NULL OR reference = $3) AND ($4::bigint IS NULL OR line < $4)
     ORDER BY line DESC LIMIT $5`,
    [filter.site, filter.kind, filter.reference, filter.before, filter.limit],
  );
  return rows.map((row) => ({ ...toLine(row), line: Number(row.line), transaction: row.transaction }));
}

interface BookRow {
  line: string;
  site: string;
  transaction: number;
  internal_reference: number;
  kind: string;
  reference: string;
  parent: number | null;
  currency: string;
  amount_minor: string;
  at: Date;
}

function toLine(row: BookRow): BookLine {
  return {
    site: row.site,
    internalReference: row.internal_reference,
    kind: row.kind,
    reference: row.reference,
    parent: row.parent,
    currency: row.currency,
    amountMinor: Number(row.amount_minor),
    at: row.at.toISOString(),
  };
}
