// The straight path of an operation, one word after another: at each the server that carries it out is killed, before the
// word is heard and after it was done; then it is started again, everything is found out, and both sides are compared.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readObjects } from './acts.js';
import { conclude } from './conclusion.js';
import { settleDown } from './quiet.js';

const DAY = 86_400_000;
/** More words than any of these acts has. */
const MOST_WORDS = 120;
const CALLS = /\/api\/(transaction|session\/)/;

const refund = (percent) => (objects) => {
  const { id, amountMinor, currency } = objects.payments[0];
  const part = Math.ceil((amountMinor * percent) / 100);
  return [`/api/transactions/${id}/reverse`, { amountMinor: part, currency, reason: 'Lo pidió el cliente' }];
};
const capture = (objects) => {
  const { id, amountMinor, currency } = objects.holds[0];
  return [`/api/preauthorizations/${id}/checkout`, { amountMinor, currency }];
};

export const PATHS = {
  'refund of the whole': refund(100),
  'refund of a part': refund(40),
  capture,
};

/** Every place on the way: words to the database and calls of the gateway, each with its moments. */
const PLACES = [
  ...['before', 'after'].map((when) => ({
    name: `word %, ${when}`,
    arm: (stage, n, strike) => stage.servers[0].link.arm({ of: 'word', n, when, strike }),
    disarm: (stage) => stage.servers[0].link.disarm(),
  })),
  ...['arrives', 'forwarded', 'answered'].map((when) => ({
    name: `call %, ${when}`,
    arm: (stage, n, strike) => stage.gatewayLink.arm({ of: CALLS, n, when, strike }),
    disarm: (stage) => stage.gatewayLink.disarm(),
  })),
];

/** The n-th of a place: `struck` is false when the act had fewer. The first server only answers people: nobody else talks. */
async function strikeAt(stage, place, n, path, folder) {
  await stage.renew();
  await stage.moveClock(4 * DAY);
  const scene = { stage, shops: [stage.shops[0].id], console: new Set() };
  const [victim, other] = stage.servers;
  const [url, body] = path(await readObjects(scene));
  place.arm(stage, n, () => victim.kill());
  await stage.people.support.post(victim.url, url, body, randomUUID());
  const struck = place.disarm(stage) === null;
  await stage.gatewayLink.idle();
  const back = victim.start();
  await stage.runJobs([other]);
  await settleDown(stage);
  await back;
  return { struck, ...(await conclude(scene, folder)) };
}

/** Goes through every place of every path. `tell(path, place, result)` hears of each; `result` is as of `play`. */
export async function sweep(stage, keep, tell) {
  for (const [name, path] of Object.entries(PATHS)) {
    for (const place of PLACES) {
      for (let n = 1; n <= MOST_WORDS; n += 1) {
        const at = place.name.replace('%', String(n));
        const folder = join(keep, `${name}, ${at}`.replaceAll(/[^a-z0-9]+/g, '-'));
        const result = await strikeAt(stage, place, n, path, folder);
        if (!result.struck) break;
        tell(name, at, result);
      }
    }
  }
}
