/** The fault menu: what goes wrong at the next calls of an operation. Rows, so that a crash forgets none. */
import type { Queryable } from './database.js';

const CALL_FAULTS = ['drop_before', 'drop_after', 'slow', 'error_500', 'malformed'] as const;

/** Which faults each operation can suffer. */
export const FAULT_MENU = {
  'session.create': CALL_FAULTS,
  'session.query': CALL_FAULTS,
  'session.cancel': CALL_FAULTS,
  collect: CALL_FAULTS,
  'transaction.checkout': CALL_FAULTS,
  'transaction.reauthorization': CALL_FAULTS,
  'transaction.reverse': CALL_FAULTS,
  'transaction.confirm': CALL_FAULTS,
  'transaction.cancel': CALL_FAULTS,
  'instrument.invalidate': CALL_FAULTS,
  'gateway.information': CALL_FAULTS,
  'gateway.token': CALL_FAULTS,
  notification: ['lose', 'duplicate', 'delay', 'forge'],
  /** The network's answer to whatever it is asked next. */
  payment: ['decline', 'pending_for_ever', 'technical'],
} as const;

export type Operation = keyof typeof FAULT_MENU;
export type CallOperation = Exclude<Operation, 'notification' | 'payment'>;
export type CallFaultKind = (typeof CALL_FAULTS)[number];
export type NotificationFaultKind = (typeof FAULT_MENU)['notification'][number];

export type PaymentFaultKind = (typeof FAULT_MENU)['payment'][number];

export interface Fault {
  id: number;
  operation: Operation;
  kind: CallFaultKind | NotificationFaultKind | PaymentFaultKind;
  /** Only this site's calls; null means any site's. */
  site: string | null;
  /** For `slow` and `delay`, in real milliseconds. */
  delayMs: number;
  /** What the network declines with, for `decline`; 05 without one. */
  reason: string | null;
  remaining: number;
}

const COLUMNS = 'id::int, operation, kind, site, delay_ms AS "delayMs", reason, remaining';

/** More faults than this are neither listed nor needed. */
const MAX_FAULTS = 200;

/** Takes the oldest fault that fits, one use of it; null when there is none. */
export async function drawFault(db: Queryable, operation: Operation, site: string): Promise<Fault | null> {
  const { rows } = await db.query<Fault>(
    `UPDATE faults SET remaining = remaining - 1
     WHERE id = (SELECT id FROM faults WHERE operation = $1 AND remaining > 0 AND (site IS NULL OR site = $2)
                 ORDER BY id LIMIT 1 FOR UPDATE)
     RETURNING ${COLUMNS}`,
    [operation, site],
  );
  return rows[0] ?? null;
}

/** Faults with uses left, oldest first. */
export async function listFaults(db: Queryable): Promise<Fault[]> {
  const { rows } = await db.query<Fault>(
    `SELECT ${COLUMNS} FROM faults WHERE remaining > 0 ORDER BY faults.id LIMIT ${MAX_FAULTS}`,
  );
  return rows;
}

export async function addFault(db: Queryable, fault: Omit<Fault, 'id'>): Promise<Fault> {
  const { rows } = await db.query<Fault>(
    `INSERT INTO faults (operation, kind, site, delay_ms, reason, remaining) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING ${COLUMNS}`,
    [fault.operation, fault.kind, fault.site, fault.delayMs, fault.reason, fault.remaining],
  );
  return rows[0] as Fault;
}

export async function clearFaults(db: Queryable): Promise<void> {
  await db.query('DELETE FROM faults');
}
