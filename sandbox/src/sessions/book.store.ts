/** The book: one line per approved movement of money, written with the approval, never changed. */
import type { Queryable } from '../platform/database.js';

/**
 * `checkin` reserves, `reauthorization` is the new reserve, `release` lets go of it; `payment`, `collect`, `checkout` and
 * `recurring` take; `reverse` gives back.
 */
export type BookKind =
  'payment' | 'collect' | 'checkin' | 'reauthorization' | 'checkout' | 'release' | 'recurring' | 'reverse';

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
  const { rows } = await db.query<{ line: string; amount_minor: string; at: Date } & Record<string, unknown>>(
    `SELECT * FROM book WHERE line > $1 AND ($2::text IS NULL OR site = $2) ORDER BY line LIMIT $3`,
    [after, site, limit],
  );
  const lines = rows.map((row) => ({
    site: row.site as string,
    internalReference: row.internal_reference as number,
    kind: row.kind as string,
    reference: row.reference as string,
    parent: row.parent as number | null,
    currency: row.currency as string,
    amountMinor: Number(row.amount_minor),
    at: row.at.toISOString(),
  }));
  return { lines, last: Number(rows.at(-1)?.line ?? after) };
}
