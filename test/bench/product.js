// The product as `npm start` runs it, on databases of its own, for as long as it is measured.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ensureDatabases } from '../../scripts/lib/database.js';
import { freePort } from '../../scripts/lib/ports.js';
import { answers, forkProgram, sandboxEnvironment, serverEnvironment } from '../../scripts/lib/programs.js';
import { practiceSecrets } from '../../scripts/lib/practice.js';
import { readSettings } from '../../scripts/lib/settings.js';
import { until } from '../../scripts/lib/until.js';
import { httpCaller } from './measure.js';

async function start(root, folder, name, env, health) {
  const child = forkProgram(root, `${name}/dist/main.js`, env);
  const log = createWriteStream(join(folder, `${name}-${env.PORT}.log`));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const url = `http://127.0.0.1:${env.PORT}`;
  const settled = () => child.exitCode !== null || answers(url + health);
  if (!(await until(settled, 60_000, 50)) || child.exitCode !== null)
    throw new Error(`The ${name} did not become healthy.`);
  return { child, url };
}

/** Makes the database in that PostgreSQL server unless it is there; answers its address. */
async function databaseIn(root, cluster, name) {
  await ensureDatabases(root, cluster, [name]);
  return Object.assign(new URL(cluster), { pathname: `/${name}` }).href;
}

/** Practice gateway and server, without a history; `cluster` is the address of a PostgreSQL server. */
export async function startProduct(root, folder, cluster, sandboxCluster = cluster) {
  const databases = {
    server: await databaseIn(root, cluster, 'recaudo'),
    sandbox: await databaseIn(root, sandboxCluster, 'recaudo_sandbox'),
  };
  const port = await freePort();
  const sandboxPort = await freePort();
  const chosen = { PORT: String(port), SANDBOX_PORT: String(sandboxPort), DEMO_HISTORY: '0' };
  const settings = readSettings(
    { ...chosen, PUBLIC_URL: `http://127.0.0.1:${port}`, DATA_DIR: folder },
    root,
  );
  const secrets = practiceSecrets(folder);
  const inspectPort = await freePort();
  // Where it can be asked to collect its garbage; it listens there only once it is asked.
  const env = {
    ...serverEnvironment(settings, databases, secrets),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --inspect-port=127.0.0.1:${inspectPort}`,
  };
  let [server, sandbox] = await Promise.all([
    start(root, folder, 'server', env, '/api/health/ready'),
    start(root, folder, 'sandbox', sandboxEnvironment(settings, databases), '/health'),
  ]);
  const pools = Object.values(databases).map(
    (connectionString) => new pg.Pool({ connectionString, max: 20 }),
  );
  // A pool resolves its end before its connections are closed, and the database may go in between.
  for (const pool of pools) pool.on('error', () => {});
  const [db, sandboxDb] = pools;
  const practice = await until(async () => {
    const sites = await db.query(
      'SELECT s.id, s.code, s.currency, a.id AS account FROM sites s JOIN gateway_accounts a ON a.site_id = s.id',
    );
    const keys = await db.query('SELECT FROM api_keys');
    return sites.rowCount === 4 && keys.rowCount === 1 ? sites.rows : null;
  }, 30_000);
  if (!practice) throw new Error('The practice sites were not set up.');
  const workers = [];
  return {
    root,
    db,
    sandboxDb,
    server: { ...server, inspectPort },
    sandbox,
    databaseUrl: databases.server,
    keyRing: secrets.keys,
    sites: practice,
    shop: httpCaller(server.url, { authorization: `Bearer ${secrets.shopKey}` }),
    /** A caller that carries the login of a demo person. */
    signIn: async (email) => {
      const { headers } = await httpCaller(server.url)('POST', '/api/login', {
        body: { email, password: secrets.password },
        headers: { origin: server.url },
      });
      const cookie = headers['set-cookie'].map((each) => each.split(';')[0]).join('; ');
      return httpCaller(server.url, { cookie, origin: server.url });
    },
    /** From now on the server answers requests and does no work of its own. */
    serveOnly: async () => {
      const gone = once(server.child, 'exit');
      server.child.kill();
      await gone;
      server = await start(root, folder, 'server', { ...env, RUN: 'http' }, '/api/health');
    },
    /** One more program on the same database, which does nothing but the work. */
    worker: async () => {
      const own = { ...env, PORT: String(await freePort()), RUN: 'worker' };
      delete own.NODE_OPTIONS;
      const worker = await start(root, folder, 'server', own, '/api/health/ready');
      workers.push(worker);
      return worker;
    },
    stop: async () => {
      for (const pool of pools) await pool.end();
      for (const { child } of [server, sandbox, ...workers]) child.kill('SIGKILL');
    },
  };
}
