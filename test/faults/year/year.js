// A whole run: the stage is set, the months are lived, and the verdict is told.
import { copyPrograms, patchPrograms } from '../money/programs.js';
import { Stage } from '../money/stage.js';
import { draw } from '../../support/draw.js';
import { verdictOf } from './comparer.js';
import { furnishShops } from './furnish.js';
import { play } from './play.js';
import { SABOTAGES } from './sabotage.js';

export const sabotages = Object.keys(SABOTAGES);

/** One of the two servers may leave all work to the other. */
const ROLES = [
  ['both', 'both'],
  ['http', 'both'],
];

/**
 * Lives the year of a seed, see `play`; `sabotage` names a defence that is taken away. Answers the verdict: lines per
 * currency, causes, what is wrong, and whether it `failed`.
 */
export async function liveYear({ root, seed, schedules, months, keep, sabotage = null, tell }) {
  const weakness = sabotage && SABOTAGES[sabotage];
  const programs = copyPrograms(root);
  if (weakness) patchPrograms(programs, weakness.patches);
  const weaken = async (db) => {
    for (const statement of weakness?.sql ?? []) await db.query(statement);
  };
  const roles = draw(`year:${seed}:roles`).pick(ROLES);
  const stage = await Stage.start({
    root,
    programs,
    furnish: furnishShops,
    weaken,
    roles,
    setUpPastLink: true,
  });
  try {
    const how = { seed, schedules, months, folder: keep, spoil: weakness?.spoil ?? null, tell };
    return verdictOf(await play(stage, how));
  } finally {
    await stage.stop();
  }
}
