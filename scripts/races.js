// `npm run races`: five hundred payments, each refunded twice at once through two servers. `npm test` runs a sample.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const test = join(dirname(fileURLToPath(import.meta.url)), 'test.js');
const child = spawn(process.execPath, [test, '--selectProjects', 'integration', '--', 'refund-races'], {
  env: { ...process.env, REFUND_RACES: process.env.REFUND_RACES ?? '500' },
  stdio: 'inherit',
});
child.once('exit', (code) => process.exit(code ?? 1));
