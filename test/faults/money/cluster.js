// A PostgreSQL server of the harness's own, which it may crash and start again.
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { canEnter, databaseUser, postgresPrograms } from '../../../scripts/lib/binaries.js';
import { makeCluster, ROLE, runningServer } from '../../../scripts/lib/cluster.js';
import { keepServer, releaseServer } from '../../../scripts/lib/embedded.js';
import { freePort } from '../../../scripts/lib/ports.js';
import { until } from '../../../scripts/lib/until.js';

const PASSWORD = 'faults';

/** What is committed outlives a crash of the server, as it must here, though not one of the machine. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'on', full_page_writes: 'off', max_connections: 200 };

export class Cluster {
  #options;
  #keeper = null;

  constructor(options) {
    this.port = options.port;
    this.#options = options;
  }

  /** Made in a temporary folder, which goes with it, and started. */
  static async start(root) {
    const user = databaseUser();
    const folder = mkdtempSync(join(canEnter(tmpdir(), user) ? tmpdir() : '/tmp', 'recaudo-faults-'));
    if (user) chmodSync(folder, 0o711);
    const programs = await postgresPrograms(root, user, canEnter(root, user) ? root : folder);
    const data = join(folder, 'postgres');
    makeCluster({ programs, folder: data, user, password: PASSWORD, durable: false });
    const cluster = new Cluster({
      ...{ programs, folder: data, user, port: await freePort(), log: join(folder, 'postgres.log') },
      settings: SETTINGS,
      removeAfter: folder,
    });
    await cluster.#keep();
    return cluster;
  }

  async #keep() {
    this.#keeper = (await keepServer(this.#options)).child;
  }

  /** The address of a database; through `port` when a link stands between. */
  url(database, port = this.port) {
    return `postgres://${ROLE}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  }

  /** Does `work(client)` as the superuser, in no database of a run. */
  async asAdmin(work) {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** A new database under this name, a copy of `template`; the one of that name before is gone, whoever used it. */
  async renew(name, template) {
    await this.asAdmin(async (client) => {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
    });
  }

  /** Crashes it: every connection breaks, every open transaction is gone. Then starts it again. */
  async crash() {
    const server = runningServer(this.#options.folder);
    const gone = new Promise((resolve) => this.#keeper.once('exit', resolve));
    if (server) process.kill(server.pid, 'SIGQUIT');
    await until(() => !runningServer(this.#options.folder), 10_000);
    await gone;
    await this.#keep();
  }

  async stop() {
    await releaseServer(this.#keeper);
  }
}
