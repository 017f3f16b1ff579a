/** All SQL about sessions. */
import { randomBytes } from 'node:crypto';
import type { Queryable } from '../platform/database.js';
import type { Person } from '../wire/person.js';
import type { Kind, SessionRequest } from '../wire/session-request.js';
import { writeInBook } from './book.store.js';
import type { BookKind } from './book.store.js';
import { isFinal, nextDue } from './session.states.js';
import type { SessionState, SessionStatus, StateRules } from './session.states.js';
import { findTokenOf } from './token.store.js';
import type { Token } from './token.store.js';
import {
  authorizationCode,
  insertTransaction,
  loadAttempts,
  updateTransaction,
} from './transaction.store.js';
import type { Attempt, Transaction } from './transaction.store.js';

export interface Session extends SessionState<Attempt> {
  requestId: number;
  site: string;
  hash: string;
  processUrl: string;
  /** Opened for a payer's page, or by charging a token. */
  origin: 'session' | 'collect';
  locale: string;
  reference: string;
  currency: string;
  request: SessionRequest;
  payer: Person | null;
  /** The instrument that was stored with it. */
  token: Token | null;
  createdAt: Date;
}

interface SessionRow {
  request_id: number;
  site: string;
  hash: string;
  process_url: string;
  kind: Kind;
  origin: 'session' | 'collect';
  locale: string;
  reference: string;
  currency: string;
  amount_minor: string;
  request: SessionRequest;
  payer: Person | null;
  status: SessionStatus;
  reason: string;
  message: string | null;
  failed_tokenizations: number;
  final_at: Date | null;
  expires_at: Date;
  created_at: Date;
  rules: StateRules;
}

/** `wait`: queue for the row lock; `skip`: answer null when somebody else holds it. */
export type Locking = 'none' | 'wait' | 'skip';

const LOCK_CLAUSE: Record<Locking, string> = {
  none: '',
  wait: 'FOR UPDATE OF s',
  skip: 'FOR UPDATE OF s SKIP LOCKED',
};

/** A charge of a token is one attempt: nobody stands by to try again. What a site does not say is at its default. */
const RULES = `jsonb_build_object(
  'attemptLimit', CASE s.origin WHEN 'collect' THEN 1 ELSE sites.attempts END,
  'expiredReason', coalesce(sites.switches ->> 'expiredReason', 'EX'),
  'expiryWhilePending', coalesce(sites.switches ->> 'expiryWhilePending', 'wait'),
  'cancelledConfirmation', coalesce(sites.switches ->> 'cancelledConfirmation', 'REJECTED'))`;

export async function loadSession(
  db: Queryable,
  requestId: number,
  locking: Locking,
): Promise<Session | null> {
  const { rows } = await db.query<SessionRow>(
    `SELECT s.*, ${RULES} AS rules FROM sessions s JOIN sites USING (site)
     WHERE s.request_id = $1 ${LOCK_CLAUSE[locking]}`,
    [requestId],
  );
  const row = rows[0];
  if (!row) return null;
  const mayStore = row.kind === 'subscription' || row.request.payment?.subscribe;
  return {
    requestId: row.request_id,
    site: row.site,
    hash: row.hash,
    processUrl: row.process_url,
    kind: row.kind,
    origin: row.origin,
    locale: row.locale,
    reference: row.reference,
    currency: row.currency,
    amountMinor: Number(row.amount_minor),
    request: row.request,
    payer: row.payer,
    status: row.status,
    reason: row.reason,
    message: row.message,
    failedTokenizations: row.failed_tokenizations,
    finalAt: row.final_at,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    rules: row.rules,
    attempts: await loadAttempts(db, requestId),
    token: mayStore ? await findTokenOf(db, requestId) : null,
  };
}

export interface SessionToOpen {
  site: string;
  /** Address that the hosted pages hang from, without a trailing slash. */
  publicUrl: string;
  kind: Kind;
  origin: 'session' | 'collect';
  locale: string;
  reference: string;
  currency: string;
  amountMinor: number;
  request: SessionRequest;
  payer: Person | null;
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
                           status, reason, expires_at, created_at, wake_at, kind, origin, payer)
     SELECT id, $1, $2, $3 || '/session/' || id || '/' || $2, $4, $5, $6, $7, $8, 'PENDING', 'PC', $9, $10, $11,
            $12, $13, $14
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
      session.kind,
      session.origin,
      session.payer && JSON.stringify(session.payer),
    ],
  );
  const row = rows[0] as { request_id: number; process_url: string };
  return { requestId: row.request_id, processUrl: row.process_url };
}

/**
 * Writes what changed between two states of a locked session: attempts and their parts, its own state, and one line in the
 * book for each that became approved. Answers the state as written. `due` gives the ticker's time for a planned instant.
 */
export async function saveSession(
  db: Queryable,
  before: Session,
  after: Session,
  due: (planned: Date) => Date,
): Promise<Session> {
  const attempts: Attempt[] = [];
  for (const [index, wanted] of after.attempts.entries()) {
    attempts.push(await saveAttempt(db, after, before.attempts[index], wanted));
  }
  const next = nextDue(after);
  await db.query(
    `UPDATE sessions SET status = $2, reason = $3, message = $4, failed_tokenizations = $5, final_at = $6, payer = $7,
       wake_at = $8 WHERE request_id = $1`,
    [
      after.requestId,
      after.status,
      after.reason,
      after.message,
      after.failedTokenizations,
      after.finalAt,
      after.payer ? JSON.stringify(after.payer) : null,
      next && !isFinal(after) ? due(next) : null,
    ],
  );
  return { ...after, attempts };
}

async function saveAttempt(
  db: Queryable,
  session: Session,
  known: Attempt | undefined,
  wanted: Attempt,
): Promise<Attempt> {
  const children = wanted.children.map((child, index) => authorized(known?.children[index], child));
  const [first] = children;
  // A dispersed payment shows the codes of the part that was processed first (protocol 8.4).
  const attempt = first
    ? { ...wanted, children, authorization: first.authorization, receipt: first.receipt }
    : { ...authorized(known, wanted), children };
  await save(db, known, attempt);
  if (!first) await enter(db, session, known, attempt);
  for (const [index, child] of children.entries()) {
    await save(db, known?.children[index], child);
    await enter(db, session, known?.children[index], child);
  }
  return attempt;
}

const becomesApproved = (known: Transaction | undefined, wanted: Transaction): boolean =>
  wanted.status === 'APPROVED' && known?.status !== 'APPROVED';

function authorized<T extends Transaction>(known: Transaction | undefined, wanted: T): T {
  return becomesApproved(known, wanted)
    ? { ...wanted, authorization: authorizationCode(wanted.brand) }
    : wanted;
}

async function save(db: Queryable, known: Transaction | undefined, wanted: Transaction): Promise<void> {
  if (!known) await insertTransaction(db, wanted);
  else if (known.status !== wanted.status || known.at !== wanted.at) await updateTransaction(db, wanted);
}

async function enter(
  db: Queryable,
  session: Session,
  known: Transaction | undefined,
  wanted: Transaction,
): Promise<void> {
  if (!becomesApproved(known, wanted)) return;
  await writeInBook(db, {
    site: session.site,
    transaction: wanted.internalReference,
    internalReference: wanted.internalReference,
    kind: bookKind(session),
    reference: session.reference,
    parent: wanted.parent,
    currency: wanted.currency,
    amountMinor: wanted.amountMinor,
    at: wanted.at,
  });
}

function bookKind(session: Session): BookKind {
  if (session.kind === 'checkin') return 'checkin';
  return session.origin === 'collect' ? 'collect' : 'payment';
}

/** Queues for a key until the transaction ends; whoever comes second sees what the first has written. */
export async function lockKey(db: Queryable, key: string): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
}

/** More equal charges than this within a day are looked through by none. */
const MAX_COLLECTS = 50;

/** The numbers of equal collects since then, newest first. */
export async function findCollects(
  db: Queryable,
  site: string,
  reference: string,
  currency: string,
  amountMinor: number,
  since: Date,
): Promise<number[]> {
  const { rows } = await db.query<{ request_id: number }>(
    `SELECT request_id FROM sessions WHERE origin = 'collect' AND site = $1 AND reference = $2 AND currency = $3
       AND amount_minor = $4 AND created_at > $5 ORDER BY request_id DESC LIMIT ${MAX_COLLECTS}`,
    [site, reference, currency, amountMinor, since],
  );
  return rows.map((row) => row.request_id);
}

/** Sessions in which something is due, longest overdue first. */
export async function findDueSessions(db: Queryable, now: Date, limit: number): Promise<number[]> {
  const { rows } = await db.query<{ request_id: number }>(
    'SELECT request_id FROM sessions WHERE wake_at <= $1 ORDER BY wake_at LIMIT $2',
    [now, limit],
  );
  return rows.map((row) => row.request_id);
}
