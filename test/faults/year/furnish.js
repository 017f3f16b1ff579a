// What a year begins with: shops in three currencies whose gateways answer every open question in their own way, stored
// cards, and schedules of every rhythm.
import { randomUUID } from 'node:crypto';
import { draw } from '../../support/draw.js';
import { MANNERS, QUESTIONS } from '../gateway-questions.js';
import { call } from '../money/caller.js';
import { makeShop } from '../money/sites.js';
import { localDay, plusDays } from './calendar.js';

/** Most payers have money; some never have. */
const CARDS = [
  ['4110760000000081', 86],
  ['4110760000000051', 14],
];
const GOOD_CARD = '4110760000000081';
const HOUR = 3_600_000;

/** Each shop with its currency, and how its gateway answers the same charge again. */
const SHOPS = [
  ['Y0', 'COP', 'earlier'],
  ['Y1', 'COP', 'rejected'],
  ['Y2', 'CLP', 'refused_400'],
  ['Y3', 'CLP', 'earlier_blocks_rejected'],
  ['Y4', 'USD', 'earlier_208'],
];
/** Of the schedules, wherever their shop is: with and without daylight saving, on both sides of the equator. */
const ZONES = ['America/Bogota', 'America/Santiago', 'America/New_York'];
/** Midnight is an hour that Santiago leaves out once a year, two o'clock one that New York does. */
const CHARGE_HOURS = [
  [9, 45],
  [0, 20],
  [2, 20],
  [23, 15],
];
const UNITS = [
  ['month', 56],
  ['week', 32],
  ['day', 9],
  ['year', 3],
];
const SCHEDULES_PER_CARD = 2;
/** More at once only queue at the two processes. */
const AT_ONCE = 8;

export async function furnishShops(stage) {
  const shops = [];
  for (const [site, currency, duplicateCollect] of SHOPS) {
    const shop = await makeShop(stage, [site, currency]);
    shops.push({ ...shop, duplicateCollect });
  }
  // The pace is the gateway's to bear; here it would only cost time.
  await stage.database.query('UPDATE gateway_accounts SET collects_per_second = 100000');
  return shops;
}

/** Tells the gateway how this run's shops behave. */
export async function drawShops(stage, seed) {
  for (const { site, duplicateCollect } of stage.shops) {
    const random = draw(`year:${seed}:${site}`);
    // What signs notifications is a setting of both sides, and no question.
    const questions = Object.entries({ ...MANNERS, ...QUESTIONS }).filter(([name]) => name !== 'algorithm');
    const switches = Object.fromEntries(questions.map(([name, choices]) => [name, random.pick(choices)]));
    await stage.control('PATCH', `/sites/${site}`, { ...switches, duplicateCollect });
  }
}

/** Does `work(item, index)` for each, a few at once. */
export async function forEachAtOnce(items, work) {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

let addresses = 0;

/** Every payer comes from an address of its own: whoever keeps one busy is throttled. */
export function anAddress() {
  addresses += 1;
  return `127.${3 + (addresses >> 16)}.${(addresses >> 8) & 255}.${1 + (addresses % 254)}`;
}

/** Pays, or stores a card, at the gateway's own page. */
export function payAt(processUrl, more = {}) {
  const card = { number: GOOD_CARD, expiry: '12/30', cvv: '123', holder: 'Ana Ruiz', installments: '1' };
  const who = { name: 'Ana', surname: 'Ruiz', email: 'ana@example.com', mobile: '3001234567' };
  const form = { ...card, ...who, documentType: 'PPN', document: 'A123456', ...more };
  return call('POST', `${processUrl}/pay`, { form, from: anAddress() });
}

/** A payer stores a card; answers `{ id, shop, validUntil }`. */
async function storeCard(stage, random, shop, number) {
  const { support } = stage.people;
  const [server] = await stage.up();
  const reference = `${shop.site}-card-${number}`;
  const asked = { siteId: shop.id, reference, description: 'Tarjeta', subscription: true };
  const expiresAt = new Date(stage.now() + 2 * HOUR).toISOString();
  const opened = await support.post(server.url, '/api/sessions', { ...asked, expiresAt }, randomUUID());
  if (opened.status !== 201) throw new Error(`not opened: ${opened.status} ${opened.text}`);
  const { body: found } = await stage.control('GET', `/sessions?reference=${reference}`);
  const document = `A${shop.site}${number}`;
  const card = { number: random.weigh(CARDS), ...(random.chance(0.08) && { expiry: '04/27' }) };
  await payAt(found[0].processUrl, { document, ...card });
  const { status, body, text } = await support.post(server.url, `/api/sessions/${opened.body.id}/check`);
  if (status !== 200 || !body.instrument) throw new Error(`no card was stored: ${status} ${text}`);
  return { id: body.instrument.id, shop };
}

/** Of each shop as many cards as its schedules want. Answers them by shop. */
export async function makeCards(stage, seed, schedules) {
  const perShop = Math.max(2, Math.ceil(schedules / stage.shops.length / SCHEDULES_PER_CARD));
  const wanted = stage.shops.flatMap((shop) =>
    Array.from({ length: perShop }, (_, number) => [shop, number]),
  );
  const cards = new Map(stage.shops.map(({ id }) => [id, []]));
  await forEachAtOnce(wanted, async ([shop, number]) => {
    const card = await storeCard(stage, draw(`year:${seed}:card:${shop.site}:${number}`), shop, number);
    cards.get(shop.id).push(card);
  });
  const { rows } = await stage.database.query(
    'SELECT id, valid_until::text AS "validUntil" FROM instruments',
  );
  const until = new Map(rows.map(({ id, validUntil }) => [id, validUntil]));
  for (const card of [...cards.values()].flat()) card.validUntil = until.get(card.id) ?? null;
  return cards;
}

/** What one schedule asks for, drawn; of `months` the run lives. */
function drawSchedule(random, { shop, card, number, now, months }) {
  const zone = random.pick(ZONES);
  const unit = random.weigh(UNITS);
  const soon = random.chance(0.75) ? random.between(1, 30) : random.between(1, 10 + 20 * months);
  const startOn = plusDays(localDay(now, zone), soon);
  const many = { month: [1, 1, 1, 2, 3], week: [1, 1, 2, 4], day: [1, 2, 3, 7], year: [1] }[unit];
  const anchored = unit === 'month' || unit === 'year';
  return {
    ...{
      siteId: shop.id,
      reference: `${shop.site}-${number}`,
      plan: `Plan ${number}`,
      instrumentId: card.id,
    },
    ...{ amountMinor: shop.unit * random.between(5, 90), currency: shop.currency },
    ...{ unit, interval: random.pick(many), startOn },
    trialDays: random.chance(0.15) ? random.pick([3, 7, 14]) : 0,
    anchorDay: anchored && random.chance(0.7) ? random.pick([31, 31, 30, 29, 28, 15, 1]) : null,
    maxPeriods: random.chance(0.1) ? random.between(2, 12) : null,
    endOn: random.chance(0.07) ? plusDays(startOn, random.between(30, 200)) : null,
    ...{ zone, chargeHour: random.weigh(CHARGE_HOURS) },
  };
}

/** Plans them all. Answers what was asked for, with each one's `id`. */
export async function makeSchedules(stage, { seed, schedules, months, cards }) {
  const wanted = Array.from({ length: schedules }, (_, number) => {
    const random = draw(`year:${seed}:schedule:${number}`);
    const shop = stage.shops[number % stage.shops.length];
    const card = random.pick(cards.get(shop.id));
    return drawSchedule(random, { shop, card, number, now: stage.now(), months });
  });
  const made = new Array(wanted.length);
  await forEachAtOnce(wanted, async (input, index) => {
    const [server] = await stage.up();
    let answer = await stage.people.support.post(server.url, '/api/schedules', input, randomUUID());
    if (answer.status === 422 || answer.status === 400) {
      // Its card ends before the first charge, or it ends itself: then it begins soon, and goes on.
      const startOn = plusDays(localDay(stage.now(), input.zone), 2);
      Object.assign(input, { startOn, endOn: null });
      answer = await stage.people.support.post(server.url, '/api/schedules', input, randomUUID());
    }
    if (answer.status !== 201) throw new Error(`not planned: ${answer.status} ${answer.text}`);
    made[index] = { ...input, id: answer.body.id };
  });
  return made;
}
