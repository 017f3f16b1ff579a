// What people do to money in a run: staff in the product, through whichever server answers, and staff of the gateway in
// its own console.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { call } from './caller.js';

/** Two people who both may move money. */
const AGENTS = ['support', 'finance'];
const SPREAD_MS = 250;
const REASON = 'Lo pidió el cliente';

/** Captured money, holds, what waits: as the product knows them now. */
export async function readObjects({ stage, shops }) {
  const read = async (sql) => (await stage.database.query(sql, [shops])).rows;
  const touched = `EXISTS (SELECT FROM transactions o WHERE o.parent_id = t.id AND o.state <> 'rejected') AS touched`;
  const inState = (state) =>
    read(`SELECT id FROM transactions WHERE state = '${state}' AND site_id = ANY($1) ORDER BY id`);
  return {
    payments: await read(
      `SELECT t.id, COALESCE(t.internal_reference, c.internal_reference) AS number, t.kind,
         t.from_minor::float8 AS "amountMinor", t.from_currency AS currency, ${touched}
       FROM transactions t LEFT JOIN transactions c ON c.id = t.parent_id
       WHERE t.state = 'approved' AND t.kind IN ('payment', 'checkout') AND t.site_id = ANY($1)
       ORDER BY t.created_at, t.id`,
    ),
    holds: await read(
      `SELECT p.id, p.least_minor::float8 AS "amountMinor", p.currency, t.internal_reference AS number, ${touched}
       FROM preauthorizations p JOIN transactions t ON t.id = p.id
       WHERE p.state = 'active' AND p.site_id = ANY($1) ORDER BY p.placed_at, p.id`,
    ),
    waiting: await inState('waiting'),
    unconfirmed: await inState('to_confirm'),
  };
}

/** Twice at once: the same request again, or as if it were another one; by one person, or by two. */
async function send(scene, path, body, { doubled = false } = {}) {
  const { random, stage } = scene;
  const key = randomUUID();
  const first = random.pick(AGENTS);
  const deeds = [{ by: first, key }];
  if (doubled) {
    const second = random.chance(0.5) ? first : AGENTS.find((each) => each !== first);
    deeds.push({ by: second, key: second === first && random.chance(0.5) ? key : randomUUID() });
  }
  await Promise.all(
    deeds.map(({ by, key: own }) => {
      const server = scene.server();
      return stage.people[by].post(server.url, path, body, own);
    }),
  );
}

const part = ({ amountMinor }, percent) => Math.max(1, Math.floor((amountMinor * percent) / 100));

/** A person looks first, and leaves alone what cannot be done, or what only a letter could do. */
async function isWorthwhile({ stage, random, ...scene }, { id }, amountMinor) {
  const path = `/api/transactions/${id}/reverse?amountMinor=${amountMinor}`;
  const { status, body } = await stage.people.support.get(scene.server().url, path);
  if (status !== 200 || body.route === 'impossible') return false;
  if (body.route === 'letter') return random.chance(0.02);
  return body.again === null || random.chance(0.4);
}

async function refund(scene, payment, amountMinor, options) {
  if (!(await isWorthwhile(scene, payment, amountMinor))) return;
  const { id, currency } = payment;
  const again = scene.random.chance(0.2);
  const body = { amountMinor, currency, reason: REASON, again };
  await send(scene, `/api/transactions/${id}/reverse`, body, options);
}

async function holdStep(scene, hold, step, amountMinor, options) {
  const { currency } = hold;
  const body = step === 'release' ? { reason: REASON } : { amountMinor, currency, reason: REASON };
  await send(scene, `/api/preauthorizations/${hold.id}/${step}`, body, options);
}

async function batch(scene, kind, objects) {
  const { random } = scene;
  const rows = [];
  for (const object of objects) {
    const amountMinor = random.chance(0.3) ? part(object, 50) : object.amountMinor;
    if (kind === 'reverse' && !(await isWorthwhile(scene, object, amountMinor))) continue;
    rows.push({ transactionId: object.id, ...(kind !== 'release' && { amountMinor }) });
  }
  if (rows.length === 0) return;
  await send(scene, '/api/batches', { kind, rows, reason: REASON }, { doubled: random.chance(0.2) });
}

/** Two people on one object at once, who want different things. */
const both = async (scene, ...deeds) => void (await Promise.all(deeds.map((deed) => deed(scene))));

/** Each takes the scene and what it is done to, and answers when the product has. */
const ON_PAYMENT = [
  [(scene, payment) => refund(scene, payment, payment.amountMinor), 16],
  [(scene, payment) => refund(scene, payment, payment.amountMinor, { doubled: true }), 8],
  [(scene, payment) => refund(scene, payment, part(payment, 40), { doubled: true }), 14],
  [(scene, payment) => refund(scene, payment, part(payment, scene.random.between(5, 60))), 30],
  [
    (scene, payment) =>
      both(
        scene,
        () => refund(scene, payment, payment.amountMinor),
        () => refund(scene, payment, part(payment, 30)),
      ),
    8,
  ],
];
const ON_HOLD = [
  [(scene, hold) => holdStep(scene, hold, 'checkout', hold.amountMinor), 16],
  [(scene, hold) => holdStep(scene, hold, 'checkout', part(hold, 70)), 8],
  [(scene, hold) => holdStep(scene, hold, 'checkout', hold.amountMinor, { doubled: true }), 6],
  [(scene, hold) => holdStep(scene, hold, 'checkout', part(hold, 120)), 4],
  [(scene, hold) => holdStep(scene, hold, 'reauthorization', part(hold, 130)), 12],
  [(scene, hold) => holdStep(scene, hold, 'reauthorization', part(hold, 60)), 5],
  [(scene, hold) => holdStep(scene, hold, 'release'), 18],
  [(scene, hold) => holdStep(scene, hold, 'release', 0, { doubled: true }), 5],
  [
    (scene, hold) =>
      both(
        scene,
        () => holdStep(scene, hold, 'checkout', hold.amountMinor),
        () => holdStep(scene, hold, 'release'),
      ),
    5,
  ],
];

/** So many acts at once, drawn; each object meets at most one act, or two people. */
export function drawActs(scene, objects, many) {
  const { random, stage } = scene;
  const free = {
    payments: random.chance(0.7) ? objects.payments.filter((each) => !each.touched) : [...objects.payments],
    holds: [...objects.holds],
  };
  const take = (kind) => {
    const pile = free[kind];
    return pile.splice(random.between(0, Math.max(0, pile.length - 1)), 1)[0];
  };
  const acts = [];
  for (const { id } of objects.unconfirmed) {
    if (random.chance(0.5)) continue;
    const verb = random.chance(0.8) ? 'confirm' : 'cancel';
    acts.push(() => send(scene, `/api/transactions/${id}/${verb}`, undefined, { doubled: true }));
  }
  for (const { id } of objects.waiting) {
    if (!random.chance(0.08)) continue;
    acts.push(() => send(scene, `/api/transactions/${id}/withdraw`, { reason: REASON }));
  }
  if (random.chance(0.25)) {
    const kind = random.pick(['reverse', 'reverse', 'checkout', 'release']);
    const pile = kind === 'reverse' ? 'payments' : 'holds';
    const taken = Array.from({ length: random.between(2, 4) }, () => take(pile)).filter(Boolean);
    if (taken.length > 0) acts.push(() => batch(scene, kind, taken));
  }
  while (acts.length < many) {
    const [first, second] = random.chance(0.22) ? ['holds', 'payments'] : ['payments', 'holds'];
    const object = take(first) ?? take(second);
    if (!object) break;
    const act = random.weigh(objects.holds.includes(object) ? ON_HOLD : ON_PAYMENT);
    acts.push(() => act(scene, object));
    if (random.chance(0.15))
      acts.push(() => stage.people.finance.post(scene.server().url, `/api/transactions/${object.id}/check`));
  }
  // One after the other, as people do; many are still under way together.
  return acts.map((act) => {
    const after = random.between(0, SPREAD_MS);
    return async () => {
      await pause(after);
      await act();
    };
  });
}

/** Somebody of the merchant, in the gateway's own console; on what nobody else is at. */
export async function actInConsole(scene, objects) {
  const { random, stage } = scene;
  const holds = objects.holds.filter(({ touched }) => !touched);
  const payments = objects.payments.filter(({ touched, kind }) => !touched && kind === 'payment');
  const object = random.pick(random.chance(0.5) && holds.length > 0 ? holds : payments);
  if (!object) return;
  const isHold = objects.holds.includes(object);
  const verb = isHold ? 'release' : 'refund';
  const half = !isHold && random.chance(0.5) ? { amountMinor: Math.ceil(object.amountMinor / 2) } : {};
  // What the console refuses was not done.
  const { body } = await call('POST', `${stage.gateway.url}/control/transactions/${object.number}/${verb}`, {
    body: half,
  });
  if (body?.status === 'APPROVED') scene.console.add(body.internalReference);
}

/** The manager answers what waits for a second person, at times with two clicks that reach two servers. */
export async function decideApprovals(scene) {
  const { random, stage } = scene;
  const { manager } = stage.people;
  const { body } = await manager.get(scene.server().url, '/api/approvals?view=waiting');
  for (const { id, state } of body?.items ?? []) {
    if (state !== 'waiting') continue;
    const yes = random.chance(0.9);
    const path = `/api/approvals/${id}/${yes ? 'approve' : 'reject'}`;
    const clicks = random.chance(0.25) ? 2 : 1;
    await Promise.all(
      Array.from({ length: clicks }, () =>
        manager.post(scene.server().url, path, yes ? {} : { note: 'No procede' }),
      ),
    );
  }
}
