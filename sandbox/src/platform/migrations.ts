import { sessionsAndBook } from './migrations/001-sessions.js';
import { practiceSites } from './migrations/002-practice-sites.js';
import { everyKind } from './migrations/003-every-kind.js';
import { declines } from './migrations/004-declines.js';
import { faultsByChance } from './migrations/005-faults-by-chance.js';
import type { Migration } from './migrations/migration.js';
import type { Pool } from './database.js';
import { inTransaction } from './database.js';

const MIGRATIONS: Migration[] = [sessionsAndBook, practiceSites, everyKind, declines, faultsByChance];

/** Any number that no other program on the same cluster takes for its own advisory lock. */
const MIGRATION_LOCK = 7_305_531;

/** Brings the schema up to date. Several processes may start at once: one migrates, the others wait for it. */
export async function migrate(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('SET LOCAL lock_timeout = 0');
    await client.query('SET LOCAL statement_timeout = 60000');
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    );
    const done = await client.query<{ name: string }>('SELECT name FROM schema_migrations');
    const names = new Set(done.rows.map((row) => row.name));
    for (const migration of MIGRATIONS.filter((candidate) => !names.has(candidate.name))) {
      await migration.up(client);
      await client.query('INSERT INTO schema_migrations (name) VALUES ($1)', [migration.name]);
    }
  });
}
