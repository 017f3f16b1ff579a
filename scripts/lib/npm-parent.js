import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { commandOf } from './cluster.js';

function parentOf(pid) {
  try {
    if (process.platform === 'linux')
      return Number(/PPid:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return 0;
  }
}

/**
 * Calls `gone` when the npm that runs this script is no more. npm hands on a SIGTERM or Ctrl-C, but a SIGKILL would
 * leave its script behind, holding the ports, with no window to stop it from.
 */
export function onNpmGone(gone) {
  if (!process.env.npm_lifecycle_event) return;
  const shellOrNpm = process.ppid;
  const npm = /^\S*sh\s+-c/.test(commandOf(shellOrNpm)) ? parentOf(shellOrNpm) : shellOrNpm;
  if (npm <= 1) return;
  const watch = setInterval(() => {
    if (commandOf(npm)) return;
    clearInterval(watch);
    gone();
  }, 500);
  watch.unref();
}
