/** All SQL about transactions: attempts, the parts of dispersed ones, and what was done to them later. */
import { randomInt } from 'node:crypto';
import type { Verdict } from '../network/network.js';
import type { Queryable } from '../platform/database.js';
import type { AgreementType } from '../wire/dispersion.js';
import type { AttemptState, Resolution, TransactionStatus } from './session.states.js';

export type Role = 'attempt' | 'child' | 'reauthorization' | 'checkout' | 'release' | 'reverse' | 'recurring';

export interface Transaction {
  internalReference: number;
  requestId: number;
  role: Role;
  /** The whole that a child is a part of; what anything later acts on. */
  parent: number | null;
  status: TransactionStatus;
  reason: string;
  /** When it took this status. */
  at: Date;
  createdAt: Date;
  currency: string;
  amountMinor: number;
  /** Key of METHODS. */
  brand: string;
  issuer: string;
  bin: string;
  lastDigits: string;
  /** Empty where no card was used. */
  cardHash: string;
  installments: number;
  /** Six digits once approved, for PSE the bank's own number; `000000` before. */
  authorization: string;
  receipt: string;
  /** True once it was reversed in full or in part. */
  refunded: boolean;
  refundedMinor: number;
  /** What the network answers to a reversal where it declines it. */
  reversalReason: string | null;
  agreement: number | null;
  agreementType: AgreementType | null;
  startsAt: Date | null;
  resolution: Resolution | null;
  /** What the network will say when the merchant confirms. */
  heldVerdict: Verdict | null;
  /** False for the attempts of a session that may have several approved ones. */
  exclusive: boolean;
}

/** An attempt to pay, with its parts if it is dispersed. */
export type Attempt = Transaction & Omit<AttemptState, 'children'> & { children: Transaction[] };

interface TransactionRow {
  internal_reference: number;
  request_id: number;
  role: Role;
  parent: number | null;
  status: TransactionStatus;
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
  refunded_minor: string;
  reversal_reason: string | null;
  agreement: string | null;
  agreement_type: AgreementType | null;
  starts_at: Date | null;
  resolves_at: Date | null;
  resolves_to: Resolution['status'] | null;
  resolves_reason: string | null;
  held_verdict: Verdict | null;
  exclusive: boolean;
}

function toTransaction(row: TransactionRow): Transaction {
  const { resolves_at: at, resolves_to: status, resolves_reason: reason } = row;
  return {
    internalReference: row.internal_reference,
    requestId: row.request_id,
    role: row.role,
    parent: row.parent,
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
    refundedMinor: Number(row.refunded_minor),
    reversalReason: row.reversal_reason,
    agreement: row.agreement === null ? null : Number(row.agreement),
    agreementType: row.agreement_type,
    startsAt: row.starts_at,
    resolution: at && status && reason ? { at, status, reason } : null,
    heldVerdict: row.held_verdict,
    exclusive: row.exclusive,
  };
}

/** The attempts of a session, oldest first, each with its parts in the order in which they are charged. */
export async function loadAttempts(db: Queryable, requestId: number): Promise<Attempt[]> {
  const { rows } = await db.query<TransactionRow>(
    `SELECT * FROM transactions WHERE request_id = $1 AND role IN ('attempt', 'child') ORDER BY internal_reference`,
    [requestId],
  );
  const all = rows.map(toTransaction);
  return all
    .filter(({ role }) => role === 'attempt')
    .map((attempt) => ({
      ...attempt,
      children: all.filter(({ role, parent }) => role === 'child' && parent === attempt.internalReference),
    }));
}

export async function findTransaction(db: Queryable, internalReference: number): Promise<Transaction | null> {
  const { rows } = await db.query<TransactionRow>(
    'SELECT * FROM transactions WHERE internal_reference = $1',
    [internalReference],
  );
  return rows[0] ? toTransaction(rows[0]) : null;
}

/** The parts of a dispersed transaction, or what of one role was done to a transaction, oldest first. */
export async function findByParent(db: Queryable, parent: number, role: Role): Promise<Transaction[]> {
  const { rows } = await db.query<TransactionRow>(
    'SELECT * FROM transactions WHERE parent = $1 AND role = $2 ORDER BY internal_reference',
    [parent, role],
  );
  return rows.map(toTransaction);
}

/** How many transactions of one session a page shows; a recurrence may have more charges than anyone reads. */
const MAX_SHOWN = 500;

/** Everything that was tried and done in a session, newest first. */
export async function listTransactions(db: Queryable, requestId: number): Promise<Transaction[]> {
  const { rows } = await db.query<TransactionRow>(
    `SELECT * FROM transactions WHERE request_id = $1 ORDER BY internal_reference DESC LIMIT ${MAX_SHOWN}`,
    [requestId],
  );
  return rows.map(toTransaction);
}

export async function nextInternalReference(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ next: number }>(`SELECT nextval('internal_references')::int AS next`);
  return (rows[0] as { next: number }).next;
}

export async function insertTransaction(db: Queryable, transaction: Transaction): Promise<void> {
  await db.query(
    `INSERT INTO transactions (internal_reference, request_id, role, parent, status, reason, status_at, created_at,
       currency, amount_minor, brand, issuer, bin, last_digits, card_hash, installments, authorization_code, receipt,
       reversal_reason, agreement, agreement_type, starts_at, resolves_at, resolves_to, resolves_reason, held_verdict,
       exclusive)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
       $24, $25, $26, $27)`,
    [
      transaction.internalReference,
      transaction.requestId,
      transaction.role,
      transaction.parent,
      transaction.status,
      transaction.reason,
      transaction.at,
      transaction.createdAt,
      transaction.currency,
      transaction.amountMinor,
      transaction.brand,
      transaction.issuer,
      transaction.bin,
      transaction.lastDigits,
      transaction.cardHash,
      transaction.installments,
      transaction.authorization,
      transaction.receipt,
      transaction.reversalReason,
      transaction.agreement,
      transaction.agreementType,
      transaction.startsAt,
      transaction.resolution?.at ?? null,
      transaction.resolution?.status ?? null,
      transaction.resolution?.reason ?? null,
      transaction.heldVerdict && JSON.stringify(transaction.heldVerdict),
      transaction.exclusive,
    ],
  );
}

export async function updateTransaction(db: Queryable, transaction: Transaction): Promise<void> {
  await db.query(
    `UPDATE transactions SET status = $2, reason = $3, status_at = $4, authorization_code = $5, reversal_reason = $6,
       starts_at = $7, resolves_at = $8, resolves_to = $9, resolves_reason = $10
     WHERE internal_reference = $1`,
    [
      transaction.internalReference,
      transaction.status,
      transaction.reason,
      transaction.at,
      transaction.authorization,
      transaction.reversalReason,
      transaction.startsAt,
      transaction.resolution?.at ?? null,
      transaction.resolution?.status ?? null,
      transaction.resolution?.reason ?? null,
    ],
  );
}

/** Writes down that so much of a transaction went back. */
export async function addRefund(
  db: Queryable,
  internalReference: number,
  amountMinor: number,
): Promise<void> {
  await db.query(
    `UPDATE transactions SET refunded = true, refunded_minor = refunded_minor + $2 WHERE internal_reference = $1`,
    [internalReference, amountMinor],
  );
}

/** What the network calls an approval: six digits, for PSE the bank's own number of the transfer. */
export const authorizationCode = (brand: string): string =>
  brand === 'pse'
    ? String(randomInt(1_000_000, 100_000_000))
    : String(randomInt(1, 1_000_000)).padStart(6, '0');

export const NO_AUTHORIZATION = '000000';

/** Twelve digits, as terminals print them: year, day of the year, and a number. */
export function receiptNumber(now: Date): string {
  const day = Math.floor((now.getTime() - Date.UTC(now.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
  const year = String(now.getUTCFullYear() % 100).padStart(2, '0');
  return `${year}${String(day).padStart(3, '0')}${String(randomInt(10_000_000)).padStart(7, '0')}`;
}
