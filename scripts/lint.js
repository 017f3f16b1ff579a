// `npm run lint`: every check of the code that needs nothing running, two at a time. What one says stays together; all
// are run to their end, so that one round tells everything.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The longest first. */
const waiting = ['style', 'types', 'imports', 'format'];
const AT_ONCE = 2;

async function run(check) {
  const child = spawn('npm', ['run', '--silent', `lint:${check}`], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  const left = new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
  const [ok, out, err] = await Promise.all([left, text(child.stdout), text(child.stderr)]);
  process.stdout.write(`${check}: ${ok ? 'ok' : 'failed'}\n${out}${err}`);
  return ok;
}

async function work() {
  let allOk = true;
  for (let check = waiting.shift(); check; check = waiting.shift()) allOk = (await run(check)) && allOk;
  return allOk;
}

const results = await Promise.all(Array.from({ length: AT_ONCE }, work));
process.exitCode = results.every(Boolean) ? 0 : 1;
