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

/** Every place on the way from the commit of the intent: words to the database and calls of the gateway. */
const PLACES = [
  ...['before', 'after'].map((when) => ({
    name: `the intent, ${when}`,
    most: 1,
    arm: ({ link }, _stage, n, strike) => link.arm({ of: 'commit', n, when, strike }),
  })),
  ...['before', 'after'].map((when) => ({
    name: `word % after the intent, ${when}`,
    most: MOST_WORDS,
    arm: ({ link }, _stage, n, strike) => {
      const begin = () => {
        link.arm({ of: 'word', n, when, strike });
        return 'pass';
      };
      link.arm({ of: 'commit', n: 1, when: 'after', strike: begin });
    },
  })),
  ...['arrives', 'forwarded', 'answered'].map((when) => ({
    name: `call %, ${when}`,
    most: MOST_WORDS,
    arm: (_victim, { gatewayLink }, n, strike) => gatewayLink.arm({ of: CALLS, n, when, strike }),
  })),
];

/** The n-th of a place: `struck` is false when the act had fewer. The first server only answers people: nobody else talks. */
async function strikeAt(stage, place, n, path, folder) {
  await stage.renew();
  await stage.moveClock(4 * DAY);
  const scene = { stage, shops: [stage.shops[0].id], console: new Set() };
  const [victim, other] = stage.servers;
  const [url, body] = path(await readObjects(scene));
  // Whatever the days brought is done before, so that nobody else calls the gateway.
  await stage.runJobs([other]);
  place.arm(victim, stage, n, () => victim.kill());
  await stage.people.support.post(victim.url, url, body, randomUUID());
  const left = [victim.link.disarm(), stage.gatewayLink.disarm()];
  const struck = left.every((each) => each === null);
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
      for (let n = 1; n <= place.most; n += 1) {
        const at = place.name.replace('%', String(n));
        const folder = join(keep, `${name}, ${at}`.replaceAll(/[^a-z0-9]+/g, '-'));
        const result = await strikeAt(stage, place, n, path, folder);
        if (!result.struck) break;
        tell(name, at, result);
      }
    }
  }
}
