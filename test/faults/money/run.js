// One run: people, faults and dying processes, as the seed draws them; then quiet; then both sides are compared.
import { setTimeout as pause } from 'node:timers/promises';
import { draw } from '../../support/draw.js';
import { actInConsole, decideApprovals, drawActs, readObjects } from './acts.js';
import { conclude } from './conclusion.js';
import { armFaults, DISTURBANCES } from './disturbances.js';
import { makePayment } from './payments.js';
import { settleDown } from './quiet.js';
import { drawShop, makeShop, SHOPS } from './sites.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PAYMENTS_EACH = 14;
const ROUNDS = 4;
const JUMPS = [
  [2 * MINUTE, 20],
  [11 * MINUTE, 25],
  [40 * MINUTE, 10],
  [5 * HOUR, 15],
  [26 * HOUR, 20],
  [48 * HOUR, 10],
];

/** What every run begins with: shops, and payments, holds and unconfirmed payments at each. */
export async function furnish(stage) {
  const make = async (shop) => {
    const random = draw(`money:${shop}`);
    const made = await makeShop(stage, shop);
    for (let number = 0; number < PAYMENTS_EACH; number += 1) await makePayment(stage, random, made, number);
    return made;
  };
  return Promise.all(SHOPS.map(make));
}

/**
 * Plays the run of a seed on a stage. Answers what the comparer found, with `attention`: what was left to people, by
 * kind. With a folder, `ours.jsonl` and `book.jsonl` are left there.
 */
export async function play(stage, seed, folder) {
  const random = draw(`money:${seed}`);
  const shops = random.weigh(PAIRS).map((index) => stage.shops[index]);
  const scene = {
    ...{ stage, random, only: null, interrupted: null, console: new Set(), shops: shops.map(({ id }) => id) },
    server: () => scene.only ?? random.pick(up(stage)),
  };
  await stage.renew();
  await letOthersRest(scene);
  // Mostly the payments are settled by now, so that parts of them can be given back at once.
  await stage.moveClock(random.chance(0.8) ? random.between(25, 96) * HOUR : random.between(0, 24) * HOUR);
  await Promise.all(shops.map((shop, index) => drawShop(stage, draw(`money:${seed}:${index}`), shop)));
  for (let round = 0; round < ROUNDS; round += 1) await playRound(scene);
  await stage.restore();
  await decideApprovals(scene);
  await settleDown(stage);
  return conclude(scene, folder);
}

/** Nobody asks about the payments of the shops in which this run does not play. */
const letOthersRest = ({ stage, shops }) =>
  stage.database.query(
    'UPDATE sessions SET next_probe_at = NULL, next_sweep_at = NULL WHERE site_id <> ALL($1)',
    [shops],
  );

/** The shops in which a run plays. */
const PAIRS = [
  [[0, 1], 80],
  [[0, 2], 10],
  [[0, 3], 10],
];

const up = (stage) => {
  const ready = stage.servers.filter((server) => server.isUp);
  return ready.length > 0 ? ready : stage.servers;
};

async function playRound(scene) {
  const { stage, random } = scene;
  const objects = await readObjects(scene);
  if (random.chance(0.03)) await actInConsole(scene, objects);
  await armFaults(scene);
  const many = random.between(7, 11);
  const acts = drawActs(scene, objects, many);
  const disturb = random.weigh(DISTURBANCES);
  // A good part of what goes wrong goes wrong while the workers work.
  const duringJobs = random.chance(0.35);
  const mend = duringJobs ? null : disturb(scene);
  const answers = Promise.all(acts.map((act) => act()));
  await Promise.race([answers, scene.interrupted ?? answers]);
  if (scene.interrupted) await Promise.race([answers, pause(300)]);
  if (random.chance(0.85)) await decideApprovals(scene);
  await mend?.();
  scene.interrupted = null;
  await answers;
  await stage.gatewayLink.idle();
  await stage.moveClock(random.weigh(JUMPS));
  const mendJobs = duringJobs ? disturb(scene) : null;
  await stage.runJobs(random.chance(0.3) ? up(stage) : up(stage).slice(0, 1));
  await mendJobs?.();
  scene.interrupted = null;
  await stage.gatewayLink.idle();
}
