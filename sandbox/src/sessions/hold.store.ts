/** All SQL about the holds of preauthorizations (protocol 5.3). A hold is changed only under its session's row lock. */
import type { Moment } from '../platform/clock.js';
import type { Queryable } from '../platform/database.js';
import type { Site } from '../sites/sites.js';
import type { Session } from './session.store.js';
import type { Attempt } from './transaction.store.js';

export interface Hold {
  /** Of the check-in. */
  internalReference: number;
  requestId: number;
  site: string;
  /** What is reserved now, or was when it ended. */
  amountMinor: number;
  state: 'active' | 'completed' | 'released';
  /** When the provider lets go of it by itself. */
  releaseAt: Date;
}

const COLUMNS = `internal_reference AS "internalReference", request_id AS "requestId", site,
  amount_minor::float8 AS "amountMinor", state, release_at AS "releaseAt"`;

const DAY_MS = 86_400_000;

/** Opens the hold of a check-in that has just been approved, in the commit that approves it. */
export async function openHold(db: Queryable, session: Session, site: Site, moment: Moment): Promise<void> {
  const checkin = session.attempts.find(({ status }) => status === 'APPROVED') as Attempt;
  const releaseAt = new Date(checkin.at.getTime() + site.holdDays * DAY_MS);
  await db.query(
    `INSERT INTO holds (internal_reference, request_id, site, amount_minor, state, release_at, wake_at)
     VALUES ($1, $2, $3, $4, 'active', $5, $6)`,
    [
      checkin.internalReference,
      session.requestId,
      session.site,
      checkin.amountMinor,
      releaseAt,
      moment.due(releaseAt),
    ],
  );
}

export async function findHold(db: Queryable, requestId: number): Promise<Hold | null> {
  const { rows } = await db.query<Hold>(`SELECT ${COLUMNS} FROM holds WHERE request_id = $1`, [requestId]);
  return rows[0] ?? null;
}

export async function changeHold(db: Queryable, requestId: number, amountMinor: number): Promise<void> {
  await db.query('UPDATE holds SET amount_minor = $2 WHERE request_id = $1', [requestId, amountMinor]);
}

export async function endHold(
  db: Queryable,
  requestId: number,
  state: 'completed' | 'released',
): Promise<void> {
  await db.query('UPDATE holds SET state = $2, wake_at = NULL WHERE request_id = $1', [requestId, state]);
}

/** Sessions whose hold is to be released, longest overdue first. */
export async function findDueHolds(db: Queryable, now: Date, limit: number): Promise<number[]> {
  const { rows } = await db.query<{ request_id: number }>(
    'SELECT request_id FROM holds WHERE wake_at <= $1 ORDER BY wake_at LIMIT $2',
    [now, limit],
  );
  return rows.map((row) => row.request_id);
}

/** A hold as `GET /control/holds` writes it. */
export interface ListedHold extends Hold {
  reference: string;
  currency: string;
  checkinMinor: number;
  at: Date;
}

/** Newest first. */
export async function listHolds(
  db: Queryable,
  { site, limit }: { site: string | null; limit: number },
): Promise<ListedHold[]> {
  const { rows } = await db.query<ListedHold>(
    `SELECT h.internal_reference AS "internalReference", h.site, h.request_id AS "requestId", s.reference, h.state,
            s.currency, h.amount_minor::float8 AS "amountMinor", t.amount_minor::float8 AS "checkinMinor",
            t.status_at AS "at", h.release_at AS "releaseAt"
     FROM holds h JOIN sessions s USING (request_id) JOIN transactions t USING (internal_reference)
     WHERE ($1::text IS NULL OR h.site = $1) ORDER BY h.internal_reference DESC LIMIT $2`,
    [site, limit],
  );
  return rows;
}
