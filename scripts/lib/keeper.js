// The process that holds a PostgreSQL server: it starts it (or adopts the one that still runs on the folder), and
// stops it when its parent goes, however that happens. Options: JSON in the first argument, see `keepServer`.
import { readFileSync, rmSync } from 'node:fs';
import { runningServer, startServer, stopServer } from './cluster.js';
import { until } from './until.js';

const options = JSON.parse(process.argv[2]);
const { folder, log, removeAfter } = options;
let leaving = false;

async function leave() {
  if (leaving) return;
  leaving = true;
  await stopServer(folder);
  if (removeAfter) rmSync(removeAfter, { recursive: true, force: true });
  process.exit(0);
}
process.on('disconnect', leave);
// The parent decides when to stop, so that the programs which use the database go first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

/** One attempt to start; answers the running server, or null if it left again. */
async function attempt() {
  const child = startServer(options);
  let left = false;
  child.once('exit', () => (left = true));
  child.once('error', () => (left = true));
  await until(
    () => left || (runningServer(folder)?.pid === child.pid && runningServer(folder).ready),
    60_000,
    10,
  );
  return left ? null : runningServer(folder);
}

async function open() {
  const settled = () => !runningServer(folder) || runningServer(folder).ready;
  await until(settled, 15_000);
  const adopted = runningServer(folder);
  if (adopted?.ready) return adopted;
  // Processes of a server that was killed may hold its memory for a moment longer.
  return until(attempt, 10_000, 300);
}

const server = await open();
if (!server) {
  process.send?.({ failed: readFileSync(log, 'utf8').trim().split('\n').slice(-4).join('\n') });
  process.exit(1);
}
process.send?.({ port: server.port, pid: server.pid });
setInterval(() => {
  if (!leaving && !runningServer(folder)) process.exit(1);
}, 100);
