import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createDatabase, root } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { Place } from '../support/launcher.js';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the launcher', () => {
  let place: Place;

  beforeAll(async () => {
    place = await Place.make();
  });

  it('brings PostgreSQL, server and sandbox back when one of them is killed', async () => {
    const launch = place.launch();
    await launch.ready();
    for (const part of ['database', 'server', 'sandbox'] as const) {
      const before = place.pidOf(part);
      process.kill(before, 'SIGKILL');
      await eventually(() => place.pidOf(part) !== before, { seconds: 15, what: `another ${part}` });
      await place.healthy();
    }
    await launch.kill('SIGTERM');
  }, 90_000);

  it('keeps PostgreSQL when only its keeper is killed', async () => {
    const launch = place.launch();
    await launch.ready();
    const [keeper, database] = [place.pidOf('keeper'), place.pidOf('database')];
    process.kill(keeper, 'SIGKILL');
    await eventually(() => place.pidOf('keeper') !== keeper, { what: 'another keeper' });
    await place.healthy();
    expect(place.pidOf('database')).toBe(database);
    await launch.kill('SIGTERM');
    await eventually(() => !alive(database), { what: 'the end of PostgreSQL' });
  }, 60_000);

  it('leaves nothing behind when it is killed itself', async () => {
    const launch = place.launch();
    await launch.ready();
    const pids = (['server', 'sandbox', 'keeper', 'database'] as const).map((part) => place.pidOf(part));
    await launch.kill('SIGKILL');
    await eventually(() => !pids.some(alive), { seconds: 15, what: 'the end of every part' });
  }, 60_000);

  it('starts again at once on the data of a launcher that was killed', async () => {
    const first = place.launch();
    await first.ready();
    await first.kill('SIGKILL');
    const second = place.launch();
    await second.ready();
    await place.healthy();
    await second.kill('SIGTERM');
  }, 60_000);

  it('takes over a PostgreSQL whose launcher and keeper were both killed', async () => {
    const first = place.launch();
    await first.ready();
    const [keeper, database] = [place.pidOf('keeper'), place.pidOf('database')];
    process.kill(keeper, 'SIGSTOP');
    await first.kill('SIGKILL');
    process.kill(keeper, 'SIGKILL');
    const second = place.launch();
    await second.ready();
    expect(place.pidOf('database')).toBe(database);
    await second.kill('SIGTERM');
    await eventually(() => !alive(database), { what: 'the end of PostgreSQL' });
  }, 60_000);

  it('says in a sentence that it is running already', async () => {
    const first = place.launch();
    await first.ready();
    const second = place.launch();
    expect(await second.left()).toBe(1);
    expect(second.output()).toMatch(/^Recaudo is running already on .*\(process \d+\)\./);
    await place.healthy();
    await first.kill('SIGTERM');
  }, 60_000);

  it('says in a sentence that a port is taken', async () => {
    const other = createServer().listen(place.port, '127.0.0.1');
    await once(other, 'listening');
    const launch = place.launch();
    expect(await launch.left()).toBe(1);
    expect(launch.output().trim()).toBe(
      `Port ${place.port} is taken by another program: stop it, or choose another port, ` +
        `for example PORT=${place.port + 10} npm start.`,
    );
    other.close();
  }, 30_000);

  it.each([
    ['a data folder that cannot be made', { DATA_DIR: '/dev/null/x' }, /^DATA_DIR \/dev\/null\/x cannot be/],
    ['a host that nobody knows', { HOST: 'foo.invalid' }, /^HOST foo\.invalid /],
    [
      'a word it does not know for RUN',
      { RUN: 'web' },
      /^RUN must be one of both, http, worker, not "web"\.$/,
    ],
  ])('refuses %s in one sentence', async (_what, env, sentence) => {
    const launch = place.launch(env);
    expect(await launch.left()).toBe(1);
    expect(launch.output().trim()).toMatch(sentence);
  });

  // There a folder exists but takes no entries: Node's own recursive mkdir would try for ever.
  (existsSync('/proc/version') ? it : it.skip)('refuses a data folder in /proc at once', async () => {
    const launch = place.launch({ DATA_DIR: '/proc/recaudo' });
    expect(await launch.left()).toBe(1);
    expect(launch.output()).toMatch(/^DATA_DIR \/proc\/recaudo cannot be written/);
  });

  it.each(['DATABASE_URL', 'SANDBOX_DATABASE_URL'])(
    'says within ten seconds that %s names a database that never answers, and not its password',
    async (name) => {
      const silent = createServer(() => {}).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const began = performance.now();
      const launch = place.launch({ [name]: `postgres://u:hidden@127.0.0.1:${port}/recaudo` });
      expect(await launch.left()).toBe(1);
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(launch.output().trim()).toBe(
        `${name} names a database at 127.0.0.1:${port} that cannot be reached: timeout expired.`,
      );
      silent.close();
    },
    30_000,
  );

  it('refuses words on its command line that it does not know', () => {
    const start = spawnSync(process.execPath, [join(root, 'scripts/start.js'), '--hlep'], {
      encoding: 'utf8',
    });
    expect(start.status).toBe(1);
    expect(start.stderr).toMatch(/^npm start does not know "--hlep": .*--help lists them\.$/m);
  });

  it('lets nobody else read the logs', async () => {
    const launch = place.launch();
    await launch.ready();
    const logs = join(place.dataDir, 'logs');
    const modes = ['.', ...readdirSync(logs)].map((name) =>
      (statSync(join(logs, name)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '600', '600', '600']);
    await launch.kill('SIGTERM');
  }, 60_000);

  it('says at the end which process is which', async () => {
    const launch = place.launch();
    await launch.ready();
    const [server, sandbox, database] = (['server', 'sandbox', 'database'] as const).map((part) =>
      place.pidOf(part),
    );
    await eventually(() => /Processes .*\n/.test(launch.output()), { what: 'the processes on the screen' });
    expect(launch.output()).toMatch(
      new RegExp(`^ {2}Processes +server ${server}, sandbox ${sandbox}, database ${database}$`, 'm'),
    );
    await launch.kill('SIGTERM');
  }, 60_000);

  it('waits for no worker with RUN=http, and says that one must run elsewhere', async () => {
    const elsewhere = await Place.make();
    const launch = elsewhere.launch({ RUN: 'http' });
    await launch.ready();
    await eventually(() => /Ctrl-C/.test(launch.output()), { what: 'the end of the welcome' });
    expect(launch.output()).toMatch(/^RUN is http: .* only while a worker runs elsewhere/m);
    await launch.kill('SIGTERM');
  }, 60_000);

  it('shows no address and no people with RUN=worker', async () => {
    const launch = place.launch({ RUN: 'worker' });
    await launch.ready();
    await eventually(() => /Ctrl-C/.test(launch.output()), { what: 'the end of the welcome' });
    expect(launch.output()).toMatch(
      /^Ready: a worker without a screen; its health: .*\/api\/health\/ready$/m,
    );
    expect(launch.output()).not.toMatch(/Sign in|Password|Shop key/);
    await launch.kill('SIGTERM');
  }, 60_000);

  it('stops and says which part it was when one does not stay up', async () => {
    const launch = place.launch();
    await launch.ready();
    const sandbox = place.pidOf('sandbox');
    process.kill(sandbox, 'SIGKILL');
    await eventually(() => !alive(sandbox), { every: 1, what: 'the end of the sandbox' });
    const inItsPlace = createServer().listen(place.sandboxPort, '127.0.0.1');
    await once(inItsPlace, 'listening');
    expect(await launch.left()).toBe(1);
    expect(launch.output()).toMatch(/^sandbox left with code 1 more than five times within a minute/m);
    inItsPlace.close();
  }, 60_000);

  it('uses the database it is given, with the sandbox’s beside it, and starts none of its own', async () => {
    const elsewhere = await Place.make();
    const database = await createDatabase('empty');
    const launch = elsewhere.launch({ DATABASE_URL: database.url });
    await launch.ready();
    await elsewhere.healthy();
    expect(existsSync(join(elsewhere.dataDir, 'postgres'))).toBe(false);
    await launch.kill('SIGTERM');
    await database.drop();
  }, 60_000);

  it('brings no practice gateway, people or secrets into production', async () => {
    const elsewhere = await Place.make();
    const launch = elsewhere.launch({
      NODE_ENV: 'production',
      PUBLIC_URL: elsewhere.url,
      RECAUDO_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    });
    await launch.ready();
    await expect(fetch(`http://127.0.0.1:${elsewhere.sandboxPort}/health`)).rejects.toThrow();
    expect(launch.output()).not.toMatch(/demo|practice/i);
    expect(existsSync(join(elsewhere.dataDir, 'practice.json'))).toBe(false);
    await launch.kill('SIGTERM');
  }, 60_000);
});
