// One PostgreSQL cluster: made, started, watched and stopped through its own programs and files.
import { execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Sentence } from './sentence.js';
import { until } from './until.js';

/** The name of the superuser in every cluster of ours. */
export const ROLE = 'recaudo';

const asUser = (user) => (user ? { uid: user.uid, gid: user.gid } : {});
const plainEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

/** The command line of a process, or '' if there is none with this number. */
export function commandOf(pid) {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/**
 * The server that runs on this folder: `{ pid, port, ready }`, or null. A pid file whose process is gone, or is by
 * now another program, does not count.
 */
export function runningServer(folder) {
  let lines;
  try {
    lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!pid || !commandOf(pid).includes(folder)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** Makes the cluster in `folder`, which must not exist or be empty, with one superuser and its password. */
export function makeCluster({ programs, folder, user, password, durable = true }) {
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(`${folder}.secret-`);
  const passwordFile = join(secret, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [folder, secret, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    execFileSync(
      join(programs, 'initdb'),
      [
        ...['--pgdata', folder, '--username', ROLE, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
        ...[
          '--encoding',
          'UTF8',
          '--locale',
          'C',
          '--locale-provider',
          'builtin',
          '--builtin-locale',
          'C.UTF-8',
        ],
        ...(durable ? [] : ['--no-sync']),
      ],
      { cwd: '/', env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], ...asUser(user) },
    );
  } catch (error) {
    const told = String(error.stderr ?? '').trim() || error.message;
    throw new Sentence(`The database could not be made in ${folder}:\n${told.slice(-2_000)}`);
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}

/** Starts the server of a cluster on 127.0.0.1 and answers its process; what it says goes to the end of `log`. */
export function startServer({ programs, folder, user, port, log, settings = {} }) {
  // The file of a server that was killed may name a number which some other program has now; PostgreSQL would wait for it.
  if (!runningServer(folder)) rmSync(join(folder, 'postmaster.pid'), { force: true });
  const options = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...settings,
  };
  const file = openSync(log, 'a', 0o600);
  const args = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(join(programs, 'postgres'), ['-D', folder, ...args], {
    cwd: '/',
    env: plainEnvironment(),
    detached: true,
    stdio: ['ignore', file, file],
    ...asUser(user),
  });
}

/** Stops the server of a cluster: politely (open transactions are rolled back), after `patience` ms without a checkpoint. */
export async function stopServer(folder, patience = 10_000) {
  const server = runningServer(folder);
  if (!server) return;
  const signal = (name) => {
    try {
      process.kill(server.pid, name);
    } catch {
      // It is gone already.
    }
  };
  const gone = () => !runningServer(folder);
  signal('SIGINT');
  if (await until(gone, patience)) return;
  signal('SIGQUIT');
  if (await until(gone, 5_000)) return;
  signal('SIGKILL');
  await until(gone, 2_000);
}

export const isCluster = (folder) => existsSync(join(folder, 'PG_VERSION'));
