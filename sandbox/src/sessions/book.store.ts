/** The book: one line per approved movement of money, written with the approval, never changed. */
import type { Queryable } from '../platform/database.js';
import type { Attempt, Session } from './session.store.js';

export async function writeInBook(db: Queryable, session: Session, attempt: Attempt): Promise<void> {
  await db.query(
    `INSERT INTO book (site, internal_reference, kind, reference, parent, currency, amount_minor, at)
     VALUES ($1, $2, 'payment', $3, NULL, $4, $5, $6)`,
    [
      session.site,
      attempt.internalReference,
      session.reference,
      attempt.currency,
      attempt.amountMinor,
      attempt.at,
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
