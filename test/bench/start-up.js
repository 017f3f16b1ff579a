// From `npm start` to the line "Ready", in a copy of the checkout.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../scripts/lib/ports.js';
import { median } from './measure.js';

const FIRST_LIMIT_S = 15;
const LATER_LIMIT_S = 5;
const FIRST_STARTS = 3;
const LATER_PER_FIRST = 2;
const PATIENCE_MS = 120_000;
const builds = ['shared', 'server', 'sandbox', 'web'].map((workspace) => `${workspace}/dist`);

/** The last commit as a fresh clone, with the installed packages linked in; its workspaces are its own. */
function cloneInto(copy, root) {
  execFileSync('git', ['clone', '--quiet', '--local', root, copy], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const place of ['node_modules', ...builds.map((dist) => dist.replace('dist', 'node_modules'))]) {
    const installed = join(root, place);
    if (!existsSync(installed)) continue;
    mkdirSync(join(copy, place), { recursive: true });
    for (const entry of readdirSync(installed)) {
      const target = join(copy, place, entry);
      if (entry === '@recaudo')
        cpSync(join(installed, entry), target, { recursive: true, verbatimSymlinks: true });
      else symlinkSync(join(installed, entry), target);
    }
  }
}

async function ready(launcher) {
  let said = '';
  const left = once(launcher, 'exit').then(() => 'left');
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, 'late').unref());
  const line = new Promise((resolve) => {
    const read = (chunk) => {
      said += chunk;
      if (/^Ready: /m.test(said)) resolve('ready');
    };
    launcher.stdout.on('data', read);
    launcher.stderr.on('data', read);
  });
  if ((await Promise.race([line, left, late])) !== 'ready')
    throw new Error(`npm start was not ready:\n${said}`);
}

/** Starts, waits for "Ready", stops; answers the seconds of the start. */
async function startOnce(copy, ports) {
  const started = performance.now();
  const launcher = spawn(process.execPath, [join(copy, 'scripts/start.js')], {
    cwd: copy,
    env: { ...process.env, ...ports, DEMO_HISTORY: '20' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(launcher, 'exit');
  const end = () => launcher.kill();
  process.once('exit', end);
  try {
    await ready(launcher);
    return (performance.now() - started) / 1_000;
  } finally {
    end();
    await gone;
    process.off('exit', end);
  }
}

/** First starts (nothing built, no data) and later ones. Limits: the ones the README promises for two cores. */
export async function startUp(root, folder) {
  const copy = join(folder, 'copy');
  cloneInto(copy, root);
  const ports = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
  const first = [];
  const later = [];
  for (let round = 0; round < FIRST_STARTS; round += 1) {
    for (const made of ['data', ...builds]) rmSync(join(copy, made), { recursive: true, force: true });
    first.push(await startOnce(copy, ports));
    for (let again = 0; again < LATER_PER_FIRST; again += 1) later.push(await startOnce(copy, ports));
  }
  return [
    { name: 'first start after the install', value: median(first), unit: 's', limit: FIRST_LIMIT_S },
    { name: 'later start', value: median(later), unit: 's', limit: LATER_LIMIT_S },
  ];
}
