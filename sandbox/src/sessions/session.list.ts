import type { Queryable } from '../platform/database.js';

/** Sessions as `GET /control/sessions` writes them, newest first; a tester finds the ones nobody heard of. */
export interface ListedSession {
  requestId: number;
  site: string;
  reference: string;
  status: string;
  reason: string;
  processUrl: string;
  createdAt: string;
}

interface ListedRow {
  request_id: number;
  site: string;
  reference: string;
  status: string;
  reason: string;
  process_url: string;
  created_at: Date;
}

export async function listSessions(
  db: Queryable,
  filter: {
    site: string | null;
    reference: string | null;
    /** Older ones than this number. */
    before?: number | null;
    limit: number;
  },
): Promise<ListedSession[]> {
  const { rows } = await db.query<ListedRow>(
    `SELECT * FROM sessions WHERE ($1::text IS NULL OR site = $1) AND ($2::text IS NULL OR reference = $2)
       AND ($3::int IS NULL OR request_id < $3)
     ORDER BY request_id DESC LIMIT $4`,
    [filter.site, filter.reference, filter.before ?? null, filter.limit],
  );
  return rows.map((row) => ({
    requestId: row.request_id,
    site: row.site,
    reference: row.reference,
    status: row.status,
    reason: row.reason,
    processUrl: row.process_url,
    createdAt: row.created_at.toISOString(),
  }));
}
