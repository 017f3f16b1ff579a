// `npm run races`: five hundred payments, each refunded twice at once through two servers, and five hundred periods whose
// payer pays at the link at the moment of the charge. `npm test` runs a sample.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const test = join(dirname(fileURLToPath(import.meta.url)), 'test.js');
const child = spawn(
  process.execPath,
  [test, '--selectProjects', 'integration', '--', '(refund|collect)-races'],
  {
    env: { ...process.env, RACES: process.env.RACES ?? '500' },
    stdio: 'inherit',
  },
);
child.once('exit', (code) => process.exit(code ?? 1));
