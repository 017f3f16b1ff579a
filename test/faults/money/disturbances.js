// What goes wrong while people work: processes die at a drawn word to the database or the gateway, stand still, or find
// nobody there. Each answers how it is mended when the people have their answers, or no answer.
import { setTimeout as pause } from 'node:timers/promises';

const MINUTE = 60_000;
/** Longer than an operation's lease: whoever looks meanwhile takes it for lost. */
const FROZEN_FOR = [2 * MINUTE, 11 * MINUTE, 70 * MINUTE];
const SETTLED_MS = 250;
const PATIENCE_MS = 2_000;
const MONEY_CALL = /\/api\/(transaction|reverse)/;
const ANY_CALL = /\/api\/(transaction|reverse|session\/)/;

const start = (program) => void program.start().catch(() => {});

/** Killed before or after a drawn COMMIT, or any other word, to the database. */
function atDatabase(of, most) {
  return ({ random, stage }) => {
    const victim = random.pick(stage.servers);
    const n = random.between(1, most);
    victim.link.arm({ of, n, when: random.pick(['before', 'after']), strike: () => victim.kill() });
    return async () => {
      victim.link.disarm();
      start(victim);
    };
  };
}

/** The process lives, and never hears that its COMMIT was done. */
function commitUnheard({ random, stage }) {
  const { link } = random.pick(stage.servers);
  link.arm({ of: 'commit', n: random.between(1, 5), when: 'after', strike: () => {} });
  return async () => void link.disarm();
}

/** Killed when its call is on the way, at the gateway, or answered. */
function atGateway({ random, stage }) {
  const victim = random.pick(stage.servers);
  stage.gatewayLink.arm({
    of: random.chance(0.7) ? MONEY_CALL : ANY_CALL,
    n: random.between(1, 3),
    when: random.pick(['arrives', 'forwarded', 'answered']),
    strike: () => victim.kill(),
  });
  return async () => {
    stage.gatewayLink.disarm();
    start(victim);
  };
}

function atAnyMoment({ random, stage }) {
  const victim = random.pick(stage.servers);
  const timer = setTimeout(() => victim.kill(), random.between(0, 300));
  return async () => {
    clearTimeout(timer);
    start(victim);
  };
}

/** One server stands still with an answer in its hands, while the clock goes on and the other one works. */
function standstill(scene) {
  const { random, stage } = scene;
  const [victim, other] = random.chance(0.5) ? stage.servers : [...stage.servers].reverse();
  scene.only = victim;
  scene.interrupted = new Promise((resolve) => {
    // By then whatever else it was at is done: a lock that it holds would make the others stand still with it.
    const strike = async () => {
      await pause(SETTLED_MS);
      victim.freeze();
      scene.only = other;
      resolve();
      return 'pass';
    };
    stage.gatewayLink.arm({ of: MONEY_CALL, n: random.between(1, 2), when: 'answered', strike });
  });
  return async () => {
    stage.gatewayLink.disarm();
    if (victim.frozen) {
      await stage.moveClock(random.pick(FROZEN_FOR));
      await Promise.race([stage.runJobs([other]), pause(PATIENCE_MS)]);
    }
    victim.thaw();
    scene.only = null;
  };
}

function gatewayGone({ random, stage }) {
  const gone = pause(random.between(0, 250)).then(async () => {
    stage.gateway.kill();
    await stage.gatewayLink.stop();
  });
  return async () => {
    await gone;
    await stage.gateway.start();
    await stage.gatewayLink.start();
  };
}

function databaseCrash({ random, stage }) {
  const crashed = pause(random.between(0, 250)).then(() => stage.cluster.crash());
  return () => crashed;
}

const nothing = () => async () => {};

/** Nobody is killed while another is on its way back: the product as a whole stays up. */
const whileBothAreUp = (disturb) => (scene) =>
  (scene.stage.servers.every((server) => server.isUp) ? disturb : nothing)(scene);

export const DISTURBANCES = [
  [nothing, 70],
  [whileBothAreUp(atDatabase('commit', 6)), 16],
  [whileBothAreUp(atDatabase('word', 60)), 10],
  [commitUnheard, 8],
  [whileBothAreUp(atGateway), 16],
  [whileBothAreUp(atAnyMoment), 5],
  [whileBothAreUp(standstill), 6],
  [gatewayGone, 4],
  [databaseCrash, 1],
];

/** An answer that names another amount than was moved is left out: what a gateway says it did is believed. */
const LOST_BEFORE = [
  ['drop_before', 3],
  ['error_500', 3],
  ['rate_limited', 2],
];
const LOST_AFTER = [
  ['drop_after', 3],
  ['error_500_after', 2],
  ['malformed', 2],
  ['not_json', 2],
  ['other_reference', 1],
];
const LOST = [...LOST_BEFORE, ...LOST_AFTER];
const SLOW = [['slow', 3]];
const FAULTS = [
  [['transaction.reverse', [...LOST_AFTER, ...SLOW]], 34],
  [['transaction.reverse', LOST_BEFORE], 6],
  [['session.query', [...LOST, ...SLOW]], 24],
  [['transaction.checkout', [...LOST_BEFORE, ...SLOW]], 6],
  [['transaction.checkout', LOST_AFTER], 3],
  [['transaction.reauthorization', [...LOST, ...SLOW]], 4],
  [['transaction.confirm', LOST], 5],
  [['transaction.cancel', LOST], 3],
  [
    [
      'payment',
      [
        ['decline', 6],
        ['technical', 3],
        ['pending_for_ever', 1],
      ],
    ],
    6,
  ],
  [
    [
      'notification',
      [
        ['lose', 3],
        ['duplicate', 3],
        ['delay', 1],
        ['reorder', 1],
        ['forge', 2],
      ],
    ],
    10,
  ],
];
const SLOW_MS = 150;

/** The gateway's own faults: how many, which, and at which call. */
export async function armFaults({ random, stage }) {
  const many = random.weigh([
    [0, 50],
    [1, 38],
    [2, 12],
  ]);
  for (let fault = 0; fault < many; fault += 1) {
    const [operation, kinds] = random.weigh(FAULTS);
    const kind = random.weigh(kinds);
    const delayMs = kind === 'slow' || kind === 'delay' ? SLOW_MS : 0;
    await stage.control('POST', '/faults', { operation, kind, count: 1, delayMs });
  }
}
