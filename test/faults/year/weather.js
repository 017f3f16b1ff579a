// What goes wrong in a year: declines of every sort, calls and messages that are lost, gateways that are away for a week,
// processes that die in the middle of a charge, and days on which nobody of ours is up.
import { setTimeout as pause } from 'node:timers/promises';
import { tellGateway } from './time.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Codes that the product knows, by what they mean, and some that nobody documents. */
const HARD = ['05', '14', '43', '54', '62'];
const LIMIT = ['61', '65'];
const UNLISTED = ['Q9', 'ZZ', '8K'];

const CALLS = ['collect', 'session.query', 'session.create', 'session.cancel', 'instrument.invalidate'];
const LOST = [
  'drop_before',
  'drop_after',
  'error_500',
  'error_500_after',
  'rate_limited',
  'malformed',
  'not_json',
];
const MESSAGES = ['lose', 'duplicate', 'forge', 'reorder'];

const by = (operation, kind, probability, more = {}) => ({ operation, kind, probability, ...more });

/** Of one shop's gateway for some days; each answers its faults. Money that moved is always told in the end. */
const SPELLS = {
  fair: (random) => [
    by('payment', 'decline', 0.06, { reason: '51' }),
    by('payment', 'decline', 0.01, { reason: random.pick(HARD) }),
  ],
  poor: (random) => [
    by('payment', 'decline', 0.5, { reason: '51' }),
    by('payment', 'decline', 0.05, { reason: random.pick(LIMIT) }),
    by('payment', 'decline', 0.04, { reason: random.pick(HARD) }),
  ],
  lossy: (random) => [
    by('payment', 'decline', 0.05, { reason: '51' }),
    by('collect', random.pick(LOST), 0.12),
    by('collect', 'drop_after', 0.15),
    by('notification', 'lose', 0.4),
    by('collect', 'other_reference', 0.01),
    by('session.query', random.pick(LOST), 0.1),
    by('session.cancel', random.pick(LOST), 0.2),
    by('session.create', random.pick(LOST), 0.1),
    by('instrument.invalidate', random.pick(LOST), 0.2),
  ],
  deaf: (random) => [
    by('payment', 'decline', 0.05, { reason: '51' }),
    by('collect', 'drop_after', 0.25),
    ...MESSAGES.map((kind) => by('notification', kind, random.pick([0.2, 0.5]))),
  ],
  unlisted: (random) => [
    by('payment', 'decline', 0.1, { reason: random.pick(UNLISTED) }),
    by('payment', 'technical', 0.06),
    by('payment', 'pending_for_ever', 0.005),
  ],
  technical: () => [by('payment', 'technical', 0.7)],
  outage: (random) => {
    const kind = random.pick(['error_500', 'drop_before', 'rate_limited']);
    return CALLS.map((operation) => by(operation, kind, 1));
  },
  silence: () => CALLS.map((operation) => by(operation, 'drop_after', 1)),
};

const CHANCES = [
  ['fair', 28],
  ['poor', 22],
  ['lossy', 16],
  ['deaf', 14],
  ['unlisted', 8],
  ['technical', 3],
  ['outage', 3],
  ['silence', 2],
];
/** How long a spell lasts; the worst ones up to a week. */
const LENGTHS = [
  [[6 * HOUR, DAY], 30],
  [[DAY, 4 * DAY], 50],
  [[4 * DAY, 7 * DAY], 20],
];

const between = (random, [low, high]) => random.between(low, high);

/** All spells and failures of a run, drawn before it begins: `{ at, until, kind, shop }`, oldest first. */
export function drawWeather(random, shops, from, to) {
  const spells = [];
  for (const shop of shops) {
    for (let at = from + DAY; at < to;) {
      const until = Math.min(at + between(random, random.weigh(LENGTHS)), to);
      spells.push({ at, until, kind: random.weigh(CHANCES), shop });
      at = until;
    }
  }
  const days = (to - from) / DAY;
  const now = (kind, longest) => {
    const at = from + random.number() * (to - from - 8 * DAY);
    spells.push({ at, until: at + random.between(HOUR, longest), kind, shop: null });
  };
  for (let each = 0; each < days / 60; each += 1) {
    now('away', 2 * DAY);
    now('down', random.pick([6 * HOUR, DAY, 5 * DAY]));
  }
  // At least one of every run lasts a week.
  spells.push({
    at: from + days * 0.4 * DAY,
    until: from + (days * 0.4 + 7) * DAY,
    kind: 'away',
    shop: null,
  });
  return spells.sort((one, other) => one.at - other.at);
}

/** Lives the weather on a stage. `blow()` brings it up to the present; `clear()` ends all of it. */
export class Weather {
  constructor(stage, random, spells) {
    Object.assign(this, { stage, random, left: [...spells] });
    /** What runs now and has an end that must be brought about: the gateway that is away, our own processes that are down. */
    this.running = new Map();
  }

  /** When something begins or ends next. */
  events() {
    return [this.left[0]?.at, ...this.running.values()].filter((at) => at !== undefined);
  }

  get ours() {
    return !this.running.has('down');
  }

  async blow() {
    const now = this.stage.now();
    for (const [kind, until] of [...this.running]) if (until <= now) await this.#end(kind);
    while (this.left[0]?.at <= now) await this.#begin(this.left.shift());
  }

  async clear() {
    this.left = [];
    for (const kind of [...this.running.keys()]) await this.#end(kind);
    await this.stage.restore();
    await tellGateway(this.stage);
    await this.stage.control('DELETE', '/faults');
  }

  async #begin({ kind, until, shop }) {
    const { stage, random } = this;
    if (!shop) return this.#beginEverywhere(kind, until);
    if (!stage.gateway.isUp) return;
    await stage.control('DELETE', `/faults?site=${shop.site}`);
    for (const fault of SPELLS[kind](random))
      await stage.control('POST', '/faults', { ...fault, site: shop.site, seed: random.between(1, 1e6) });
  }

  async #beginEverywhere(kind, until) {
    const { stage } = this;
    const known = this.running.has(kind);
    this.running.set(kind, Math.max(until, this.running.get(kind) ?? 0));
    if (known) return;
    if (kind === 'down') for (const server of stage.servers) server.kill();
    else await stage.gatewayLink.stop();
  }

  async #end(kind) {
    const { stage } = this;
    this.running.delete(kind);
    if (kind === 'down') await Promise.all(stage.servers.map((server) => server.start()));
    else await stage.gatewayLink.start();
  }
}

const killAtWord = (of, most) => (stage, random) => {
  const victim = random.pick(stage.servers);
  const when = random.pick(['before', 'after']);
  victim.link.arm({ of, n: random.between(1, most), when, strike: () => victim.kill() });
  return () => victim.link.disarm();
};

const killAtCall = (stage, random) => {
  const victim = random.pick(stage.servers);
  const when = random.pick(['arrives', 'forwarded', 'answered']);
  stage.gatewayLink.arm({ of: /\/api\/collect/, n: random.between(1, 3), when, strike: () => victim.kill() });
  return () => stage.gatewayLink.disarm();
};

const commitUnheard = (stage, random) => {
  const { link } = random.pick(stage.servers);
  link.arm({ of: 'commit', n: random.between(1, 6), when: 'after', strike: () => {} });
  return () => link.disarm();
};

const gatewayDies = (stage, random) => {
  const dies = pause(random.between(0, 120)).then(() => stage.gateway.kill());
  return () => dies;
};

const CRASHES = [
  [killAtWord('commit', 12), 30],
  [killAtWord('word', 90), 20],
  [killAtCall, 35],
  [commitUnheard, 10],
  [gatewayDies, 5],
];

/** While `work()` goes on somebody may die; afterwards everybody is up again. */
export async function withCrash(stage, random, chance, deed) {
  if (!random.chance(chance)) return void (await deed());
  const over = random.weigh(CRASHES)(stage, random);
  await deed();
  await over();
  await stage.restore();
  await tellGateway(stage);
}
