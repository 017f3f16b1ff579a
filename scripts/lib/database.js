// Which databases the settings name, and the few statements a launcher sends to them itself.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { embeddedCluster, releaseServer } from './embedded.js';
import { Sentence } from './sentence.js';

/** Milliseconds: a server that cannot be reached often says nothing at all. */
const CONNECT_WITHIN = 6_000;

async function withClient(root, url, work) {
  const { Client } = createRequire(join(root, 'server/package.json'))('pg');
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const databaseNameOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1));

/** Makes the databases with these names where they are missing, through any database of the same server. */
export async function ensureDatabases(root, url, names) {
  await withClient(root, url, async (client) => {
    for (const name of names) {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
    }
  });
}

/** Drops the databases whose names are like `pattern` (SQL's like). */
export async function dropDatabases(root, url, pattern) {
  await withClient(root, url, async (client) => {
    const { rows } = await client.query('select datname from pg_database where datname like $1', [pattern]);
    for (const { datname } of rows) {
      await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`);
    }
  });
}

const reason = (error) => error.message || error.code;

/** Throws a Sentence if the database of this setting does not answer; an unset one is well. */
async function checkReachable(root, setting, url) {
  if (!url) return;
  await withClient(root, url, () => {}).catch((error) => {
    const { host } = new URL(url);
    throw new Sentence(`${setting} names a database at ${host} that cannot be reached: ${reason(error)}.`);
  });
}

/** Makes the practice gateway's database beside the server's. */
async function ensureBeside(root, databaseUrl, name) {
  await ensureDatabases(root, databaseUrl, [name]).catch((error) => {
    throw new Sentence(
      `The practice gateway needs a database of its own, and "${name}" could not be made (${reason(error)}): ` +
        'make it, or name another with SANDBOX_DATABASE_URL.',
    );
  });
}

/**
 * The databases of these settings: `{ server, sandbox, cluster, ensure() }`. `server` and `sandbox` are addresses (no
 * sandbox in production); `cluster` is the embedded one, null where the settings name a server of their own;
 * `ensure` makes the databases where they are missing, once their server runs. Throws a Sentence within seconds if a
 * database which the settings name cannot be reached.
 */
export async function databasesOf(settings, root) {
  const { databaseUrl, production, dataDir } = settings;
  const sandboxDatabaseUrl = production ? null : settings.sandboxDatabaseUrl;
  await Promise.all([
    checkReachable(root, 'DATABASE_URL', databaseUrl),
    checkReachable(root, 'SANDBOX_DATABASE_URL', sandboxDatabaseUrl),
  ]);
  if (databaseUrl) {
    const name = `${databaseNameOf(databaseUrl)}_sandbox`;
    const derived = Object.assign(new URL(databaseUrl), { pathname: `/${name}` }).href;
    const isDerived = !production && !sandboxDatabaseUrl;
    return {
      server: databaseUrl,
      sandbox: production ? null : (sandboxDatabaseUrl ?? derived),
      cluster: null,
      ensure: async () => isDerived && ensureBeside(root, databaseUrl, name),
    };
  }
  const cluster = await embeddedCluster(root, dataDir);
  const sandbox = production ? null : (sandboxDatabaseUrl ?? cluster.urlOf('recaudo_sandbox'));
  const names = sandbox && !sandboxDatabaseUrl ? ['recaudo', 'recaudo_sandbox'] : ['recaudo'];
  const ensure = () => ensureDatabases(root, cluster.urlOf('postgres'), names);
  return { server: cluster.urlOf('recaudo'), sandbox, cluster, ensure };
}

/** Does `work(databases)` with the databases running: the embedded server is started for it unless it runs already. */
export async function withDatabases(settings, root, work) {
  const databases = await databasesOf(settings, root);
  const keeper = databases.cluster && !databases.cluster.pid() ? await databases.cluster.keep() : null;
  try {
    await databases.ensure();
    return await work(databases);
  } finally {
    if (keeper) await releaseServer(keeper.child);
  }
}
