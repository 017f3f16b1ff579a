// The embedded PostgreSQL: its place, its password and its keeper.
import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canEnter, databaseUser, postgresPrograms } from './binaries.js';
import { isCluster, makeCluster, ROLE, runningServer } from './cluster.js';
import { freePort, whyNotListen } from './ports.js';
import { Sentence } from './sentence.js';

const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** `folder` itself, or, if the database user may not enter it, a folder for it under /var/lib. */
const enterable = (folder, user) => (canEnter(folder, user) ? folder : `/var/lib/recaudo-${hashOf(folder)}`);

/**
 * Forks a keeper for the cluster. Answers `{ child, port }` when the server takes connections; throws a Sentence
 * with the server's last words if it does not. Disconnecting the child stops the server.
 */
export function keepServer(options) {
  const child = fork(fileURLToPath(new URL('keeper.js', import.meta.url)), [JSON.stringify(options)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', ({ port, failed }) => {
      if (port) resolve({ child, port });
      else reject(new Sentence(`PostgreSQL does not start (${options.log}):\n${failed}`));
    });
    child.once('exit', () => reject(new Sentence(`PostgreSQL does not start; its log is ${options.log}.`)));
  });
}

/** Disconnects a keeper and waits until it has stopped its server. */
export function releaseServer(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  return new Promise((resolve) => {
    child.once('exit', resolve);
    if (child.connected) child.disconnect();
  });
}

const urlFor = (password, port) => (name) => `postgres://${ROLE}:${password}@127.0.0.1:${port}/${name}`;

/** What is kept about the cluster: its password and port, and its folder (relative to DATA_DIR if it lies there). */
function remembered(dataDir) {
  const file = join(dataDir, 'database.json');
  const save = (facts) => {
    writeFileSync(`${file}.new`, JSON.stringify(facts, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return facts;
  };
  if (!existsSync(file)) return { facts: null, save };
  try {
    return { facts: JSON.parse(readFileSync(file, 'utf8')), save };
  } catch {
    throw new Sentence(`${file} cannot be read: run this as the user who started Recaudo first.`);
  }
}

/** Where the cluster of a data folder lies, or null if it has none yet. */
export function clusterFolder(dataDir) {
  const { facts } = remembered(dataDir);
  return facts && resolve(dataDir, facts.folder);
}

// A cluster belongs to whoever made it; root can run it as that user, anybody else must be that user.
function ownerOf(folder, user) {
  const { uid, gid } = statSync(folder);
  if (user) return uid === user.uid || uid === 0 ? user : { name: String(uid), uid, gid };
  if (uid !== process.getuid?.()) throw new Sentence(`The database in ${folder} belongs to another user.`);
  return null;
}

/**
 * The embedded cluster of a data folder, made on first use. Answers `{ folder, urlOf(database), pid(), keep() }`:
 * `pid` is the running server's process or null, `keep` starts a keeper, see `keepServer`.
 */
export async function embeddedCluster(root, dataDir) {
  const user = databaseUser();
  const { facts, save } = remembered(dataDir);
  const known = facts ?? { password: randomBytes(24).toString('base64url'), port: await freePort() };
  const place = enterable(dataDir, user);
  known.folder ??= place === dataDir ? 'postgres' : join(place, 'postgres');
  const folder = resolve(dataDir, known.folder);

  const running = runningServer(folder);
  if (running) known.port = running.port;
  else if (await whyNotListen(known.port, '127.0.0.1')) known.port = await freePort();
  save(known);

  const programs = await postgresPrograms(root, user, place);
  if (!isCluster(folder)) makeCluster({ programs, folder, user, password: known.password });
  const log = join(dataDir, 'logs/postgres.log');
  const options = { programs, folder, user: ownerOf(folder, user), port: known.port, log };
  return {
    folder,
    urlOf: urlFor(known.password, known.port),
    pid: () => runningServer(folder)?.pid ?? null,
    keep: () => keepServer(options),
  };
}

/**
 * A cluster for one run, removed when its keeper is released. Unless `durable` it forgets everything at a crash, which
 * makes tests quicker; a measurement wants the durability of the real one.
 */
export async function testCluster(root, { durable = false } = {}) {
  const user = databaseUser();
  const folder = mkdtempSync(join(canEnter(tmpdir(), user) ? tmpdir() : '/tmp', 'recaudo-test-'));
  if (user) chmodSync(folder, 0o711);
  const password = randomBytes(24).toString('base64url');
  const programs = await postgresPrograms(root, user, enterable(user ? root : folder, user));
  const cluster = join(folder, 'postgres');
  makeCluster({ programs, folder: cluster, user, password, durable });
  const forgetful = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  const { child, port } = await keepServer({
    ...{ programs, folder: cluster, user, port: await freePort(), log: join(folder, 'postgres.log') },
    settings: { max_connections: 200, ...(durable ? {} : forgetful) },
    removeAfter: folder,
  });
  return { url: urlFor(password, port)('postgres'), child };
}

// Node's own recursive mkdir never ends where a folder exists but takes no entries, as in /proc.
function makeFolder(folder) {
  if (existsSync(folder)) return false;
  makeFolder(dirname(folder));
  mkdirSync(folder);
  return true;
}

/** Makes the folder that holds everything a start writes; root lets the database user pass through it. */
export function makeDataDir(dataDir) {
  try {
    if (makeFolder(dataDir)) chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    const logs = join(dataDir, 'logs');
    makeFolder(logs);
    // What a program says of a person or a payment is for the owner alone.
    chmodSync(logs, 0o700);
  } catch (error) {
    throw new Sentence(
      `DATA_DIR ${dataDir} cannot be written (${error.code}): choose another folder with DATA_DIR.`,
    );
  }
}
