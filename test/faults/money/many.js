// Many runs, and what they came to together.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyPrograms, patchPrograms } from './programs.js';
import { furnish, play } from './run.js';
import { SABOTAGES } from './sabotage.js';
import { Stage } from './stage.js';
import { sweep } from './sweep.js';

export const sabotages = Object.keys(SABOTAGES);

const LEAST_APPROVED = 0.6;
const MOST_ATTENTION = 0.03;
/** Fewer runs than these say little about a share: three deviations of chance are granted. */
const TELLING_RUNS = 200;
const FAULTLESS = ['chargedTwice', 'refundedTwice', 'lost', 'broken'];

const nothingYet = () => ({
  ...{ runs: 0, operations: 0, approved: 0, attention: {}, failures: 0 },
  ...Object.fromEntries(FAULTLESS.map((kind) => [kind, 0])),
});

/** Runs beyond so many are shared by two stages. */
const ALONE = 30;

/**
 * Plays `runs` runs, the k-th with seed `seed + k`, and tells each through `tell(seed, result)`. `sabotage` names a
 * defence that is taken away, see `sabotage.js`. Answers the sums.
 */
export async function playMany({ root, runs, seed, keep, sabotage = null, tell }) {
  const weakness = sabotage && SABOTAGES[sabotage];
  const stages = [];
  const seeds = Array.from({ length: runs }, (_, k) => seed + k);
  const total = nothingYet();
  const worker = async (stage) => {
    for (let next = seeds.shift(); next !== undefined; next = seeds.shift()) {
      const result = await playOne(stage, next, join(keep, String(next)));
      add(total, result);
      tell(next, result);
      // A sabotage is found out by one run.
      if (weakness && total.failures > 0) seeds.length = 0;
    }
  };
  try {
    const folder = copyPrograms(root);
    if (weakness) patchPrograms(folder, weakness.patches);
    mkdirSync(keep, { recursive: true });
    for (let index = 0; index < (runs > ALONE ? 2 : 1); index += 1) {
      const weaken = async (db) => {
        for (const statement of weakness?.sql ?? []) await db.query(statement);
      };
      stages.push(await Stage.start({ root, programs: folder, furnish, weaken }));
    }
    await Promise.all(stages.map(worker));
    return total;
  } finally {
    await Promise.all(stages.map((stage) => stage.stop()));
  }
}

/** Every word of the straight paths in turn, see `sweep.js`; `tell` and the sums are as of `playMany`. */
export async function sweepAll({ root, keep, tell }) {
  const total = nothingYet();
  let stage = null;
  try {
    const folder = copyPrograms(root);
    stage = await Stage.start({ root, programs: folder, furnish, roles: ['http', 'both'] });
    await sweep(stage, keep, (path, place, result) => {
      const wrong = wrongOf(result);
      add(total, { ...result, wrong });
      tell(`${path}, ${place}`, { ...result, wrong });
    });
    return total;
  } finally {
    await stage?.stop();
  }
}

const wrongOf = (result) =>
  FAULTLESS.flatMap((kind) => result[kind].map((sentence) => `${kind}: ${sentence}`));

/** One run; what it throws is what is wrong with it. `wrong` is every sentence against it. */
async function playOne(stage, seed, folder) {
  const begun = performance.now();
  const nothing = { operations: 0, approved: 0, unsent: 0, attention: {} };
  for (const kind of FAULTLESS) nothing[kind] = [];
  const result = await play(stage, seed, folder).catch((error) => ({
    ...nothing,
    broken: [error.stack],
  }));
  const { operations, approved, unsent } = result;
  const wrong = wrongOf(result);
  // While the gateway is dead nothing reaches it, however many ask: that is refused, and truly so.
  if (approved < LEAST_APPROVED * (operations - unsent))
    wrong.push(`only ${approved} of ${operations} were approved`);
  return { ...result, wrong, tookMs: performance.now() - begun };
}

function add(total, result) {
  total.runs += 1;
  total.operations += result.operations;
  total.approved += result.approved;
  for (const kind of FAULTLESS) total[kind] += result[kind].length;
  for (const [kind, count] of Object.entries(result.attention))
    total.attention[kind] = (total.attention[kind] ?? 0) + count;
  if (result.wrong.length > 0) total.failures += 1;
}

/** What all runs came to, in the words of the command; `failed` when it must not be. */
export function verdictOf(total, mostAttention = MOST_ATTENTION) {
  const { runs, operations, approved, chargedTwice, refundedTwice, lost, attention } = total;
  const left = Object.values(attention).reduce((sum, count) => sum + count, 0);
  const most = mostAttention * operations;
  const tooMany = left > most + (runs < TELLING_RUNS ? 3 * Math.sqrt(most) : 0);
  const lines = [
    `runs ${runs}, operations ${operations}, approved ${approved}, charged twice ${chargedTwice}, ` +
      `refunded twice ${refundedTwice}, lost ${lost}, needs attention ${left}`,
    ...Object.entries(attention)
      .sort(([, one], [, other]) => other - one)
      .map(([kind, count]) => `  ${String(count).padStart(5)}  ${kind}`),
  ];
  if (tooMany) lines.push(`More than ${mostAttention * 100} % were left to people.`);
  return { lines, failed: tooMany || total.failures > 0 };
}
