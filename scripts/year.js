// `npm run year -- --schedules N --seed S`: schedules live for months by the practice clock, through two server processes
// and the practice gateway, while everything fails that can; then what was due is compared with the gateway's book. See
// docs/reliability.md.
//   --months M                           12 unless told
//   --sabotage obligation|shield|anchor  takes one defence away: then the run must fail
//   --keep DIR                           where ours.jsonl, book.jsonl and story.jsonl are left
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.js';
import { ensureInstalled } from './lib/install.js';
import { command, Sentence, wholeNumber } from './lib/sentence.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (text) => console.log(text);

function readArguments(sabotages) {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        schedules: { type: 'string', default: '100' },
        seed: { type: 'string', default: '1' },
        months: { type: 'string', default: '12' },
        sabotage: { type: 'string' },
        keep: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new Sentence(error.message);
  }
  if (values.sabotage !== undefined && !sabotages.includes(values.sabotage))
    throw new Sentence(`--sabotage must be one of ${sabotages.join(', ')}.`);
  return {
    schedules: wholeNumber(values.schedules, 'schedules', 10_000),
    seed: wholeNumber(values.seed, 'seed', 2 ** 31),
    months: wholeNumber(values.months, 'months', 36),
    sabotage: values.sabotage,
    keep: resolve(values.keep ?? mkdtempSync(join(tmpdir(), 'recaudo-year-'))),
  };
}

async function main() {
  await ensureInstalled(root, { development: true, say });
  const built = await build({ web: false });
  if (built.length > 0) say(`Built ${built.join(', ')}`);
  const { liveYear, sabotages } = await import('../test/faults/year/year.js');
  const wanted = readArguments(sabotages);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  say(`What it leaves: ${wanted.keep}`);
  const began = performance.now();
  const tell = (text) => say(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${text}`);
  const { lines, causes, wrong, failed } = await liveYear({ root, ...wanted, tell });
  for (const line of [...causes, ...wrong, ...lines]) say(line);
  if (failed) {
    const { schedules, seed, months, sabotage } = wanted;
    const again = `--schedules ${schedules} --seed ${seed} --months ${months}`;
    say(`again: npm run year -- ${again}${sabotage ? ` --sabotage ${sabotage}` : ''}`);
  }
  process.exit(failed ? 1 : 0);
}

await command(main);
