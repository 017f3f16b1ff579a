import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { one } from './database.js';
import { ProblemError } from './problem.js';

/**
 * Claims a caller's key for a request inside the caller's transaction: the id that the key stands for already, or
 * null when it is new. A second request with it waits here until the first has committed. The same key with
 * another body is idempotency_key_reused. Bind the key with `bindKey` before the commit.
 */
export async function claimKey(
  manager: EntityManager,
  actorId: string,
  key: string,
  body: unknown,
  now: Date,
): Promise<string | null> {
  const hash = hashOf(body);
  const placeholder = uuidv7();
  const row = await one<{ request_hash: string; subject_id: string }>(
    manager,
    `INSERT INTO idempotency_keys (actor_id, key, request_hash, subject_id, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (actor_id, key) DO UPDATE SET key = EXCLUDED.key RETURNING request_hash, subject_id`,
    [actorId, key, hash, placeholder, now],
  );
  if (!row || row.subject_id === placeholder) return null;
  if (row.request_hash !== hash) throw new ProblemError('idempotency_key_reused');
  return row.subject_id;
}

/** The id that the key stands for, without claiming it; null when it is new. Errors: idempotency_key_reused. */
export async function findKey(
  manager: EntityManager,
  actorId: string,
  key: string,
  body: unknown,
): Promise<string | null> {
  const row = await one<{ request_hash: string; subject_id: string }>(
    manager,
    'SELECT request_hash, subject_id FROM idempotency_keys WHERE actor_id = $1 AND key = $2',
    [actorId, key],
  );
  if (!row) return null;
  if (row.request_hash !== hashOf(body)) throw new ProblemError('idempotency_key_reused');
  return row.subject_id;
}

export async function bindKey(
  manager: EntityManager,
  actorId: string,
  key: string,
  subjectId: string,
): Promise<void> {
  await manager.query('UPDATE idempotency_keys SET subject_id = $3 WHERE actor_id = $1 AND key = $2', [
    actorId,
    key,
    subjectId,
  ]);
}

/** The same for the same JSON, in whatever order its keys were written. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );
}
