// Packages are installed by the lock file, and only if what lies in node_modules is not what it asks for.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Sentence } from './sentence.js';

const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'));

/**
 * True if every package of the lock file is in node_modules in its version. npm writes its own copy of the lock
 * as the last step of an install, so an interrupted one counts as missing. Packages for other platforms may be
 * absent, and development packages too unless `development` is asked for.
 */
async function isInstalled(root, development) {
  const lock = await readJson(join(root, 'package-lock.json'));
  const there = await readJson(join(root, 'node_modules/.package-lock.json')).catch(() => null);
  if (!there) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const found = there.packages[path];
    if (found) return found.version === wanted.version;
    return Boolean(wanted.optional || wanted.devOptional || (wanted.dev && !development));
  });
}

/** Runs npm with these arguments; answers nothing, throws a Sentence with the beginning of its output if it fails. */
function npm(root, args) {
  const script = process.env.npm_execpath;
  const [program, before] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => child.kill();
    process.once('exit', end);
    let output = '';
    // npm says first what is wrong, and then explains its options at length.
    const keep = (chunk) => (output = (output + chunk).slice(0, 2_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', () => reject(new Sentence('npm was not found; it comes with Node.js.')));
    child.on('close', (code) => {
      process.off('exit', end);
      if (code === 0) resolve();
      else reject(new Sentence(`npm ${args[0]} failed:\n${output.trim()}`));
    });
  });
}

/** Installs if needed and says so through `say`. `development` adds what only tests and checks need. */
export async function ensureInstalled(root, { development = false, say }) {
  if (await isInstalled(root, development)) return;
  say('Installing the packages of package-lock.json …');
  await npm(root, [
    'ci',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    ...(development ? ['--include=dev'] : []),
  ]);
}
