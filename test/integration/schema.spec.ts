import 'reflect-metadata';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrate } from '../../server/src/platform/database.js';
import { schemaOptions } from '../../server/src/schema.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';

const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

async function empty(): Promise<string> {
  const database = await createDatabase('empty');
  databases.push(database);
  return database.url;
}

describe('the schema', () => {
  it('has every column that the entities name, and no other', async () => {
    const url = await empty();
    await migrate(schemaOptions(url));
    const source = await new DataSource(schemaOptions(url)).initialize();
    const mapped = source.entityMetadatas.flatMap((entity) =>
      entity.columns.map((column) => `${entity.tableName}.${column.databaseName}`),
    );
    const tables = source.entityMetadatas.map((entity) => entity.tableName);
    const found = await source.query<{ name: string }[]>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY($1)`,
      [tables],
    );
    await source.destroy();
    expect(found.map((row) => row.name).sort()).toEqual(mapped.sort());
  });

  it('is made once when three replicas start together on an empty database', async () => {
    const url = await empty();
    const done = await Promise.all([1, 2, 3].map(() => migrate(schemaOptions(url))));
    expect(done.map((names) => names.length).sort()).toEqual([0, 0, 14]);
  });

  it('keeps policies whose names looked the same, and tells them apart', async () => {
    const url = await empty();
    await migrate(schemaOptions(url));
    const source = await new DataSource(schemaOptions(url)).initialize();
    await source.undoLastMigration({ transaction: 'all' });
    await source.query(
      `INSERT INTO sites (id, code, name, country, currency, zone, cut_off, mode, created_at, undo_minutes)
       VALUES (gen_random_uuid(), 'uno', 'Uno', 'CO', 'COP', 'UTC', '22:00', 'test', now(), 5)`,
    );
    await source.query(
      `INSERT INTO policies SELECT gen_random_uuid(), s.id, n.name, '{}', ('2026-01-0' || n.day)::timestamptz
       FROM sites s, (VALUES ('Ágil', 1), ('ágil', 2), ('  Ágil ', 3), ('Otra  vez', 4)) n(name, day)`,
    );
    await source.runMigrations();
    const rows = await source.query<{ name: string }[]>('SELECT name FROM policies ORDER BY created_at');
    await source.destroy();
    expect(rows.map(({ name }) => name)).toEqual([
      ...['Ágil', 'ágil (2026-01-02, 2)', 'Ágil (2026-01-03, 3)', 'Otra vez'],
    ]);
  });

  it('holds one live session per order, whatever the code believes', async () => {
    const url = await empty();
    await migrate(schemaOptions(url));
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(
      `SELECT indexdef FROM pg_indexes WHERE indexname = 'sessions_live_key'`,
    );
    await client.end();
    expect(rows[0]?.indexdef).toMatch(/UNIQUE .*\(order_id\) WHERE .*opening.*pending/);
  });
});
