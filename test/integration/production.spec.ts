import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createDatabase, root, type TestDatabase } from '../support/databases.js';
import { freePort, RunningProgram, server } from '../support/processes.js';
import { Api, KEY_RING } from '../support/product.js';

let database: TestDatabase;
let program: RunningProgram;
const settings = (): Record<string, string> => ({
  NODE_ENV: 'production',
  DATABASE_URL: database.url,
  PUBLIC_URL: 'https://pagos.example',
  RECAUDO_KEYS: KEY_RING,
  LOG_LEVEL: 'warn',
});

beforeAll(async () => {
  database = await createDatabase('server');
  program = await new RunningProgram(server(settings()), await freePort()).start();
});
afterAll(async () => {
  await program.kill();
  await database.drop();
});

/** What `npm run person` runs, with its screen. */
function makePerson(
  args: string[],
  environment: Record<string, string> = settings(),
): Promise<{ code: number | null; screen: string }> {
  const child = spawn(process.execPath, [join(root, 'server/dist/person.js'), ...args], {
    env: { PATH: process.env.PATH, ...environment },
  });
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, screen })));
}

describe('a fresh production', () => {
  it('practises nothing: no demo people, no practice gateway, no moved clock', async () => {
    const { body } = await new Api(program.url).get('/api/practice');
    expect(body).toEqual({
      practice: false,
      people: [],
      password: null,
      sandboxUrl: null,
      clockOffsetMs: 0,
      history: null,
    });
  });

  it('gets its first person by command, who signs in and finds the set-up checklist', async () => {
    const { screen } = await makePerson(['--email', 'Jefe@Empresa.test', '--name', 'La Jefa']);
    const token = /https:\/\/pagos\.example\/set-password\?token=(\S+)/.exec(screen)?.[1] ?? '';
    const api = new Api(program.url);
    await api.post('/api/login/password', { token, password: 'una clave bien larga' });
    const login = await api.post('/api/login', {
      email: 'jefe@empresa.test',
      password: 'una clave bien larga',
    });
    const home = await api.get('/api/home');
    expect([login.body.person.role, login.headers.getSetCookie()[0]]).toEqual([
      'admin',
      expect.stringContaining('Secure'),
    ]);
    expect(home.body).toEqual({
      payments: null,
      setup: { site: false, account: false, tested: false, people: false, key: false },
    });
  });

  it.each([
    [['--email', 'nobody', '--name', 'X'], 2, 'email'],
    [['--name', 'X'], 2, 'Usage'],
    [['--nmae', 'X'], 2, 'Usage'],
    [['--email', 'a@b.test', '--name', 'X', '--role', 'king'], 2, 'role'],
  ])('says what is wrong with %j', async (args, code, word) => {
    const answer = await makePerson(args);
    expect([answer.code, answer.screen]).toEqual([code, expect.stringContaining(word)]);
  });

  it('gives somebody who is there already a new link, and makes nobody twice', async () => {
    const first = await makePerson(['--email', 'dos@empresa.test', '--name', 'Dos']);
    const second = await makePerson(['--email', 'dos@empresa.test', '--name', 'Dos']);
    const token = (screen: string) => /token=(\S+)/.exec(screen)?.[1];
    const spend = (screen: string) =>
      new Api(program.url).post('/api/login/password', {
        token: token(screen),
        password: 'una clave bien larga',
      });
    expect([(await spend(first.screen)).status, (await spend(second.screen)).status]).toEqual([410, 204]);
  });

  it('does not read the practice clock of a request', async () => {
    const past = { headers: { 'x-practice-clock': '2020-01-01T00:00:00Z' } };
    const { screen } = await makePerson(['--email', 'reloj@empresa.test', '--name', 'Reloj']);
    // Setting the password writes an audit row; the header, were it believed, would date it into 2020.
    const token = /token=(\S+)/.exec(screen)?.[1];
    await new Api(program.url).post('/api/login/password', { token, password: 'una clave bien larga' }, past);
    const { rows } = await query('SELECT count(*)::int AS count FROM audit_log WHERE at < $1', [
      new Date('2021-01-01'),
    ]);
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('takes no practice site and no gateway address without TLS', async () => {
    const { screen } = await makePerson(['--email', 'admin@empresa.test', '--name', 'Admin']);
    const api = new Api(program.url);
    await api.post('/api/login/password', {
      token: /token=(\S+)/.exec(screen)?.[1],
      password: 'una clave bien larga',
    });
    await api.post('/api/login', { email: 'admin@empresa.test', password: 'una clave bien larga' });
    const site = { code: 'uno', name: 'Uno', country: 'CO', currency: 'COP', zone: 'America/Bogota' };
    const practice = await api.post('/api/sites', { ...site, mode: 'practice' });
    const live = await api.post('/api/sites', { ...site, mode: 'live' });
    const plain = await api.call('PUT', `/api/sites/${live.body.id}/account`, {
      baseUrl: 'http://checkout.example',
      login: 'x',
      secret: 'y',
    });
    expect([practice.body.errors, plain.body.errors]).toEqual([
      { mode: ['no_practice_in_production'] },
      { baseUrl: ['https_required'] },
    ]);
  });
});

describe('a production without a mail server', () => {
  it('keeps letters waiting, and says so in its log, its jobs and its list', async () => {
    const { screen } = await makePerson(['--email', 'correo@empresa.test', '--name', 'Correo']);
    const api = new Api(program.url);
    await api.post('/api/login/password', {
      token: /token=(\S+)/.exec(screen)?.[1],
      password: 'una clave bien larga',
    });
    await api.post('/api/login', { email: 'correo@empresa.test', password: 'una clave bien larga' });
    await query(
      `INSERT INTO mails (id, template, dedupe, recipient, language, data, state, created_at, queued_at, next_try_at, sends)
       VALUES (gen_random_uuid(), 'receipt', 'one', 'ana@example.com', 'es', '{}', 'queued', now(), now(), now(), 0)`,
      [],
    );
    const run = await api.post('/api/jobs/mails/run', {});
    const { items } = (await api.get('/api/jobs')).body;
    const counts = (await api.get('/api/mails/counts')).body;
    expect([
      run.body.claimed,
      items.find(({ name }: { name: string }) => name === 'mails').due,
      [counts.delivery, counts.byState.queued.count],
      program.output().includes('SMTP_URL is not set'),
    ]).toEqual([0, 1, ['waits', 1], true]);
  });
});

async function query(sql: string, parameters: unknown[]) {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return await client.query(sql, parameters);
  } finally {
    await client.end();
  }
}

describe('two replicas in production, as the compose file runs them', () => {
  it('migrate one empty database together, share sign-ins, and outlive each other', async () => {
    const shared = await createDatabase('empty');
    const environment = { ...settings(), DATABASE_URL: shared.url };
    const [left, right] = await Promise.all(
      [await freePort(), await freePort()].map((port) =>
        new RunningProgram(server(environment), port).start(),
      ),
    );
    if (!left || !right) throw new Error('no replicas');
    const made = await makePerson(['--email', 'duena@empresa.test', '--name', 'Dueña'], environment);
    const token = /token=(\S+)/.exec(made.screen)?.[1];
    const api = new Api(left.url);
    await api.post('/api/login/password', { token, password: 'una clave bien larga' });
    await api.post('/api/login', { email: 'duena@empresa.test', password: 'una clave bien larga' });
    await left.kill();
    const there = await api.at(right.url).get('/api/login');
    const ready = await new Api(right.url).get('/api/health/ready');
    await right.kill();
    await shared.drop();
    expect([there.body.person?.name, ready.status]).toEqual(['Dueña', 200]);
  }, 60_000);
});
