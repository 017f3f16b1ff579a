// `npm run faults -- --runs N --seed S`: people move money through two server processes while everything fails that can,
// and at the end our rows are compared with the practice gateway's book. See docs/reliability.md.
//   --sabotage index|lease|settle|resend   takes one defence away: then a run must fail, and is the last
//   --sweep                                kills a server at every word between intent and outcome, in turn
//   --keep DIR                             where each run leaves ours.jsonl and book.jsonl
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
const MOST_RUNS = 100_000;

function readArguments(sabotages) {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        runs: { type: 'string', default: '40' },
        seed: { type: 'string', default: '1' },
        sabotage: { type: 'string' },
        sweep: { type: 'boolean', default: false },
        keep: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new Sentence(error.message);
  }
  if (values.sabotage !== undefined && !sabotages.includes(values.sabotage))
    throw new Sentence(`--sabotage must be one of ${sabotages.join(', ')}.`);
  return {
    runs: wholeNumber(values.runs, 'runs', MOST_RUNS),
    seed: wholeNumber(values.seed, 'seed', 2 ** 31),
    sabotage: values.sabotage,
    sweep: values.sweep,
    keep: resolve(values.keep ?? mkdtempSync(join(tmpdir(), 'recaudo-runs-'))),
  };
}

const sumOf = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** A line for each run; of a failing one everything, and the command that plays it again. */
function tellRun({ sabotage }) {
  return (seed, { operations, approved, attention, wrong, tookMs }) => {
    const left = sumOf(attention);
    const took = `${(tookMs / 1_000).toFixed(1)} s`;
    say(`seed ${seed}: ${operations} operations, ${approved} approved, ${left} left to people, ${took}`);
    if (wrong.length === 0) return;
    for (const sentence of wrong) say(`  ${sentence}`);
    say(`  again: npm run faults -- --runs 1 --seed ${seed}${sabotage ? ` --sabotage ${sabotage}` : ''}`);
  };
}

function tellPlace(place, { operations, approved, attention, wrong }) {
  say(
    `${place}: ${operations ? `${approved} of ${operations} approved` : 'never began'}, ${sumOf(attention)} left`,
  );
  for (const sentence of wrong) say(`  ${sentence}`);
}

async function main() {
  await ensureInstalled(root, { development: true, say });
  const built = await build({ web: false });
  if (built.length > 0) say(`Built ${built.join(', ')}`);
  const { playMany, sabotages, sweepAll, verdictOf } = await import('../test/faults/money/many.js');
  const wanted = readArguments(sabotages);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  say(`What each run leaves: ${wanted.keep}`);
  const { sweep, sabotage } = wanted;
  const total = sweep
    ? await sweepAll({ root, keep: wanted.keep, tell: tellPlace })
    : await playMany({ root, ...wanted, tell: tellRun(wanted) });
  // Where every operation is interrupted, or a defence is gone, how many are left to people says nothing.
  const { lines, failed } = verdictOf(total, sweep || sabotage ? 1 : undefined);
  for (const line of lines) say(line);
  process.exit(failed ? 1 : 0);
}

await command(main);
