/** All SQL about sessions, their attempts and the book. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Queryable } from '../platform/database.js';
import type { Person } from '../wire/person.js';
import type { SessionRequest } from '../wire/session-request.js';
import { writeInBook } from './book.store.js';
import { isFinal, nextDue } from './session.states.js';
import type {
  AttemptState,
  AttemptStatus,
  Resolution,
  SessionState,
  SessionStatus,
} from './session.states.js';

export interface Attempt extends AttemptState {
  internalReference: number;
  createdAt: Date;
  currency: string;
  amountMinor: number;
  brand: string;
  issuer: string;
  bin: string;
  lastDigits: string;
  cardHash: string;
  installments: number;
  authorization: string;
  receipt: string;
  refunded: boolean;
}

export interface Session extends SessionState<Attempt> {
  requestId: number;
  site: string;
  hash: string;
  processUrl: string;
  locale: string;
  reference: string;
  currency: string;
  amountMinor: number;
  request: SessionRequest;
  payer: Person | null;
  createdAt: Date;
}

interface SessionRow {
  request_id: number;
  site: string;
  hash: string;
  process_url: string;
  locale: string;
  reference: string;
  currency: string;
  amount_minor: string;
  request: SessionRequest;
  payer: Person | null;
  status: SessionStatus;
  reason: string;
  final_at: Date | null;
  expires_at: Date;
  created_at: Date;
  attempt_limit: number;
}

interface AttemptRow {
  internal_reference: number;
  status: AttemptStatus;
  reason: string;
  status_at: Date;
  created_at: Date;
  currency: string;
  amount_minor: string;
  brand: string;
  issuer: string;
  bin: string;
  last_digits: string;
  card_hash: string;
  installments: number;
  authorization_code: string;
  receipt: string;
  refunded: boolean;
  resolves_at: Date | null;
  resolves_to: Resolution['status'] | null;
  resolves_reason: string | null;
}

/** `wait`: queue for the row lock; `skip`: answer null when somebody else holds it. */
export type Locking = 'none' | 'wait' | 'skip';

const LOCK_CLAUSE: Record<Locking, string> = {
  none: '',
  wait: 'FOR UPDATE OF s',
  skip: 'FOR UPDATE OF s SKIP LOCKED',
};

export async function loadSession(
  db: Queryable,
  requestId: number,
  locking: Locking,
): Promise<Session | null> {
  const { rows } = await db.query<SessionRow>(
    `SELECT s.*, sites.attempts AS attempt_limit FROM sessions s JOIN sites USING (site)
     WHERE s.request_id = $1 ${LOCK_CLAUSE[locking]}`,
    [requestId],
  );
  const row = rows[0];
  if (!row) return null;
  const attempts = await db.query<AttemptRow>(
    'SELECT * FROM attempts WHERE request_id = $1 ORDER BY internal_reference',
    [requestId],
  );
  return {
    requestId: row.request_id,
    site: row.site,
    hash: row.hash,
    processUrl: row.process_url,
    locale: row.locale,
    reference: row.reference,
    currency: row.currency,
    amountMinor: Number(row.amount_minor),
    request: row.request,
    payer: row.payer,
    status: row.status,
    reason: row.reason,
    finalAt: row.final_at,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    attemptLimit: row.attempt_limit,
    attempts: attempts.rows.map(toAttempt),
  };
}

function toAttempt(row: AttemptRow): Attempt {
  const { resolves_at: at, resolves_to: status, resolves_reason: reason } = row;
  return {
    internalReference: row.internal_reference,
    status: row.status,
    reason: row.reason,
    at: row.status_at,
    createdAt: row.created_at,
    currency: row.currency,
    amountMinor: Number(row.amount_minor),
    brand: row.brand,
    issuer: row.issuer,
    bin: row.bin,
    lastDigits: row.last_digits,
    cardHash: row.card_hash,
    installments: row.installments,
    authorization: row.authorization_code,
    receipt: row.receipt,
    refunded: row.refunded,
    resolution: at && status && reason ? { at, status, reason } : null,
  };
}

export interface SessionToOpen {
  site: string;
  /** Address that the hosted pages hang from, without a trailing slash. */
  publicUrl: string;
  locale: string;
  reference: string;
  currency: string;
  amountMinor: number;
  request: SessionRequest;
  expiresAt: Date;
  createdAt: Date;
  wakeAt: Date;
}

export async function insertSession(
  db: Queryable,
  session: SessionToOpen,
): Promise<{ requestId: number; processUrl: string }> {
  const { rows } = await db.query<{ request_id: number; process_url: string }>(
    `INSERT INTO sessions (request_id, site, hash, process_url, locale, reference, currency, amount_minor, request,
                           status, reason, expires_at, created_at, wake_at)
     SELECT id, $1, $2, $3 || '/session/' || id || '/' || $2, $4, $5, $6, $7, $8, 'PENDING', 'PC', $9, $10, $11
     FROM nextval('request_ids') AS id
     RETURNING request_id, process_url`,
    [
      session.site,
      randomBytes(16).toString('hex'),
      session.publicUrl,
      session.locale,
      session.reference,
      session.currency,
      session.amountMinor,
      JSON.stringify(session.request),
      session.expiresAt,
      session.createdAt,
      session.wakeAt,
    ],
  );
  const row = rows[0] as { request_id: number; process_url: string };
  return { requestId: row.request_id, processUrl: row.process_url };
}

/**
 * Writes what changed between two states of a locked session: attempts, its own state, and one line in the book for each
 * attempt that became approved. Answers the state as written. `due` gives the ticker's time for a planned instant.
 */
export async function saveSession(
  db: Queryable,
  before: Session,
  after: Session,
  due: (planned: Date) => Date,
): Promise<Session> {
  const attempts: Attempt[] = [];
  for (const [index, wanted] of after.attempts.entries()) {
    const known = before.attempts[index];
    const becameApproved = wanted.status === 'APPROVED' && known?.status !== 'APPROVED';
    const attempt = becameApproved ? { ...wanted, authorization: sixDigits() } : wanted;
    if (!known) await insertAttempt(db, after.requestId, attempt);
    else if (known.status !== attempt.status) await updateAttempt(db, attempt);
    if (becameApproved) await writeInBook(db, after, attempt);
    attempts.push(attempt);
  }
  const next = nextDue(after);
  await db.query(
    `UPDATE sessions SET status = $2, reason = $3, final_at = $4, payer = $5, wake_at = $6 WHERE request_id = $1`,
    [
      after.requestId,
      after.status,
      after.reason,
      after.finalAt,
      after.payer ? JSON.stringify(after.payer) : null,
      next && !isFinal(after) ? due(next) : null,
    ],
  );
  return { ...after, attempts };
}

const sixDigits = (): string => String(randomInt(1, 1_000_000)).padStart(6, '0');

export async function nextInternalReference(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ next: number }>(`SELECT nextval('internal_references')::int AS next`);
  return (rows[0] as { next: number }).next;
}

async function insertAttempt(db: Queryable, requestId: number, attempt: Attempt): Promise<void> {
  await db.query(
    `INSERT INTO attempts (internal_reference, request_id, status, reason, status_at, created_at, currency,
       amount_minor, brand, issuer, bin, last_digits, card_hash, installments, authorization_code, receipt,
       resolves_at, resolves_to, resolves_reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      attempt.internalReference,
      requestId,
      attempt.status,
      attempt.reason,
      attempt.at,
      attempt.createdAt,
      attempt.currency,
      attempt.amountMinor,
      attempt.brand,
      attempt.issuer,
      attempt.bin,
      attempt.lastDigits,
      attempt.cardHash,
      attempt.installments,
      attempt.authorization,
      attempt.receipt,
      attempt.resolution?.at ?? null,
      attempt.resolution?.status ?? null,
      attempt.resolution?.reason ?? null,
    ],
  );
}

async function updateAttempt(db: Queryable, attempt: Attempt): Promise<void> {
  await db.query(
    `UPDATE attempts SET status = $2, reason = $3, status_at = $4, authorization_code = $5,
       resolves_at = NULL, resolves_to = NULL, resolves_reason = NULL
     WHERE internal_reference = $1`,
    [attempt.internalReference, attempt.status, attempt.reason, attempt.at, attempt.authorization],
  );
}

/** Sessions in which something is due, longest overdue first. */
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

export async function listSessions(
  db: Queryable,
  filter: { site: string | null; reference: string | null; limit: number },
): Promise<ListedSession[]> {
  const { rows } = await db.query<SessionRow>(
    `SELECT * FROM sessions WHERE ($1::text IS NULL OR site = $1) AND ($2::text IS NULL OR reference = $2)
     ORDER BY request_id DESC LIMIT $3`,
    [filter.site, filter.reference, filter.limit],
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

export async function findDueSessions(db: Queryable, now: Date, limit: number): Promise<number[]> {
  const { rows } = await db.query<{ request_id: number }>(
    'SELECT request_id FROM sessions WHERE wake_at <= $1 ORDER BY wake_at LIMIT $2',
    [now, limit],
  );
  return rows.map((row) => row.request_id);
}
