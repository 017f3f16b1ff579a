// One launcher at a time for a data folder. The claim is a file that also names the programs it started, so that the
// next start can wait for those of a launcher that was killed.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from './cluster.js';
import { Sentence } from './sentence.js';
import { until } from './until.js';

const fileOf = (dataDir) => join(dataDir, 'running.json');

function read(dataDir) {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
  } catch {
    return null;
  }
}

/** The launcher that runs on this data folder: `{ pid, url }`, or null. */
export function runningLauncher(dataDir) {
  const claim = read(dataDir);
  return claim && claim.pid !== process.pid && commandOf(claim.pid).includes('start.js') ? claim : null;
}

// Programs leave by themselves when their launcher is gone. One that hangs instead would hold its port.
async function endLeftovers(parts) {
  const alive = () => Object.values(parts).filter((pid) => commandOf(pid).includes('/dist/main.js'));
  if (await until(() => alive().length === 0, 6_000)) return;
  for (const pid of alive()) process.kill(pid, 'SIGKILL');
  await until(() => alive().length === 0, 2_000);
}

// Whoever stops Recaudo and starts it again at once, by a signal to npm say, finds the old launcher still at its end.
async function untilStopped(dataDir) {
  const gone = () => !runningLauncher(dataDir);
  const leaving = () => gone() || runningLauncher(dataDir)?.stopping;
  if (await until(leaving, 1_000)) await until(gone, 30_000);
}

/**
 * Claims the data folder; throws a Sentence if another launcher holds it. Answers `{ note(name, pid), leaving(),
 * release() }`: `note` writes down which process runs a part, `leaving` that this launcher is about to go.
 */
export async function claim(dataDir, url) {
  const alreadyRuns = ({ pid, url: at }) =>
    new Sentence(
      `Recaudo is running already on ${dataDir}: ${at} (process ${pid}). Stop it with Ctrl-C or: kill ${pid}`,
    );
  await untilStopped(dataDir);
  const holder = runningLauncher(dataDir);
  if (holder) throw alreadyRuns(holder);
  const before = read(dataDir);
  if (before?.parts) await endLeftovers(before.parts);
  rmSync(fileOf(dataDir), { force: true });

  const mine = { pid: process.pid, url, parts: {} };
  try {
    writeFileSync(fileOf(dataDir), JSON.stringify(mine), { flag: 'wx' });
  } catch (error) {
    throw error.code === 'EEXIST' ? alreadyRuns(read(dataDir) ?? mine) : error;
  }
  const write = () => {
    writeFileSync(`${fileOf(dataDir)}.new`, JSON.stringify(mine));
    renameSync(`${fileOf(dataDir)}.new`, fileOf(dataDir));
  };
  return {
    note(name, pid) {
      mine.parts[name] = pid;
      write();
    },
    leaving() {
      mine.stopping = true;
      write();
    },
    release() {
      if (existsSync(fileOf(dataDir)) && read(dataDir)?.pid === process.pid)
        rmSync(fileOf(dataDir), { force: true });
    },
  };
}
