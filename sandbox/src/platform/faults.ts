/**
 * The fault menu: what goes wrong at the calls of an operation, the next so many of them or by chance. Rows, so that a
 * crash forgets none.
 */
import { createHash } from 'node:crypto';
import type { Queryable } from './database.js';

const CALL_FAULTS = [
  'drop_before',
  'drop_after',
  'slow',
  'error_500',
  'error_500_after',
  'rate_limited',
  'malformed',
  'not_json',
] as const;

/** Only where the answer names a reference or an amount. */
const PAYMENT_CALL_FAULTS = [...CALL_FAULTS, 'other_reference', 'other_amount', 'less_amount'] as const;

/** Which faults each operation can suffer. */
export const FAULT_MENU = {
  'session.create': CALL_FAULTS,
  'session.query': [...PAYMENT_CALL_FAULTS, 'frozen_refunded'],
  'session.cancel': PAYMENT_CALL_FAULTS,
  collect: PAYMENT_CALL_FAULTS,
  'transaction.checkout': PAYMENT_CALL_FAULTS,
  'transaction.reauthorization': PAYMENT_CALL_FAULTS,
  'transaction.reverse': PAYMENT_CALL_FAULTS,
  'transaction.confirm': PAYMENT_CALL_FAULTS,
  'transaction.cancel': PAYMENT_CALL_FAULTS,
  'instrument.invalidate': CALL_FAULTS,
  'gateway.information': CALL_FAULTS,
  'gateway.token': CALL_FAULTS,
  notification: ['lose', 'duplicate', 'delay', 'reorder', 'forge'],
  /** The network's answer to whatever it is asked next. */
  payment: ['decline', 'pending_for_ever', 'technical'],
} as const;

export type Operation = keyof typeof FAULT_MENU;
export type CallOperation = Exclude<Operation, 'notification' | 'payment'>;
export type CallFaultKind = (typeof FAULT_MENU)['session.query'][number];
export type NotificationFaultKind = (typeof FAULT_MENU)['notification'][number];
export type PaymentFaultKind = (typeof FAULT_MENU)['payment'][number];

export interface NewFault {
  operation: Operation;
  kind: CallFaultKind | NotificationFaultKind | PaymentFaultKind;
  /** Only this site's calls; null means any site's. */
  site: string | null;
  /** For `slow` and `delay`, in real milliseconds. */
  delayMs: number;
  /** What the network declines with, for `decline`; 05 without one. */
  reason: string | null;
  /** How many calls it still strikes; null for one that strikes by chance until it is cleared. */
  remaining: number | null;
  /** Of each call, 0 to 1, drawn by a generator that begins with `seed`; both null for one that strikes by number. */
  probability: number | null;
  seed: number | null;
}

export interface Fault extends NewFault {
  id: number;
  /** How many calls have been drawn for; the generator goes on from here after a restart. */
  draws: number;
}

const COLUMNS = `id::int, operation, kind, site, delay_ms AS "delayMs", reason, remaining, probability, seed::float8 AS seed,
  draws::float8 AS draws`;

/** More faults than this are neither listed nor needed. */
const MAX_FAULTS = 200;

/** Takes the oldest fault that fits and strikes, one use of it; null when there is none. */
export async function drawFault(db: Queryable, operation: Operation, site: string): Promise<Fault | null> {
  const { rows } = await db.query<Pick<Fault, 'id' | 'probability'>>(
    `SELECT id::int, probability FROM faults
     WHERE operation = $1 AND (remaining > 0 OR probability IS NOT NULL) AND (site IS NULL OR site = $2)
     ORDER BY faults.id LIMIT ${MAX_FAULTS}`,
    [operation, site],
  );
  for (const { id, probability } of rows) {
    const fault = probability === null ? await useOnce(db, id) : await drawOnce(db, id);
    if (fault) return fault;
  }
  return null;
}

/** Null when somebody else had the last use. */
async function useOnce(db: Queryable, id: number): Promise<Fault | null> {
  const { rows } = await db.query<Fault>(
    `UPDATE faults SET remaining = remaining - 1 WHERE id = $1 AND remaining > 0 RETURNING ${COLUMNS}`,
    [id],
  );
  return rows[0] ?? null;
}

/** Null when the draw says no. The position is counted on either way, so that no two calls share a draw. */
async function drawOnce(db: Queryable, id: number): Promise<Fault | null> {
  const { rows } = await db.query<Fault>(
    `UPDATE faults SET draws = draws + 1 WHERE id = $1 RETURNING ${COLUMNS}`,
    [id],
  );
  const [fault] = rows;
  return fault && drawNumber(fault.seed ?? 0, fault.draws) < (fault.probability ?? 0) ? fault : null;
}

/** The `position`-th number of a seed, 0 to below 1: the same on every machine and after every restart. */
export function drawNumber(seed: number, position: number): number {
  return createHash('sha256').update(`${seed}/${position}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** Faults that still strike, oldest first. */
export async function listFaults(db: Queryable): Promise<Fault[]> {
  const { rows } = await db.query<Fault>(
    `SELECT ${COLUMNS} FROM faults WHERE remaining > 0 OR probability IS NOT NULL
     ORDER BY faults.id LIMIT ${MAX_FAULTS}`,
  );
  return rows;
}

export async function addFault(db: Queryable, fault: NewFault): Promise<Fault> {
  const { rows } = await db.query<Fault>(
    `INSERT INTO faults (operation, kind, site, delay_ms, reason, remaining, probability, seed)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
    [
      fault.operation,
      fault.kind,
      fault.site,
      fault.delayMs,
      fault.reason,
      fault.remaining,
      fault.probability,
      fault.seed,
    ],
  );
  return rows[0] as Fault;
}

/** Clears those of an operation, of a site, of both, or all; what is null does not narrow. */
export async function clearFaults(
  db: Queryable,
  { operation, site }: { operation: Operation | null; site: string | null },
): Promise<void> {
  await db.query(
    'DELETE FROM faults WHERE ($1::text IS NULL OR operation = $1) AND ($2::text IS NULL OR site = $2)',
    [operation, site],
  );
}
