import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

export const root = join(import.meta.dirname, '../..');

export type Kind = 'server' | 'sandbox' | 'empty';
export interface TestDatabase {
  url: string;
  /** Removes it, ending whoever is still connected. */
  drop(): Promise<void>;
}

/** The server of this run, as a superuser; `npm test` starts it and says where it is. */
function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run the tests with npm test.');
  return url;
}

const urlOf = (name: string): string => Object.assign(new URL(adminUrl()), { pathname: `/${name}` }).href;

async function asAdmin<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
  const client = new Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function migrate(kind: Exclude<Kind, 'empty'>, url: string): Promise<void> {
  const script = join(root, kind, 'dist/migrate.js');
  if (!existsSync(script))
    throw new Error(`${kind}/dist/migrate.js is missing: nothing can migrate its database.`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: url },
      timeout: 60_000,
    });
    let output = '';
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${kind}/dist/migrate.js failed:\n${output}`)),
    );
  });
}

const templates = new Map<Kind, Promise<string>>();

// One run of the tests is one server of its own, unless it was given one: then the name also tells runs apart.
const run = process.env.TEST_RUN ?? 'alone';

/** The migrated database that copies are made of. The first file that needs it makes it, under a lock. */
async function makeTemplate(kind: Exclude<Kind, 'empty'>): Promise<string> {
  const name = `recaudo_template_${kind}_${run}`;
  await asAdmin(async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 1) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists "${draft}" with (force)`);
    await client.query(`create database "${draft}"`);
    await migrate(kind, urlOf(draft));
    await client.query(`alter database "${draft}" rename to "${name}"`);
  });
  return name;
}

function template(kind: Exclude<Kind, 'empty'>): Promise<string> {
  const known = templates.get(kind) ?? makeTemplate(kind);
  templates.set(kind, known);
  return known;
}

/** A database for one test file: migrated like the server's or the sandbox's, or empty. Call `drop` in `afterAll`. */
export async function createDatabase(kind: Kind): Promise<TestDatabase> {
  const name = `recaudo_test_${run}_${randomBytes(6).toString('hex')}`;
  const from = kind === 'empty' ? 'template1' : await template(kind);
  await asAdmin((client) => client.query(`create database "${name}" template "${from}"`));
  return {
    url: urlOf(name),
    drop: () =>
      asAdmin(async (client) => void (await client.query(`drop database if exists "${name}" with (force)`))),
  };
}
