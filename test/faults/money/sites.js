// The shops of a run: each in a country, with a gateway that answers the open questions of the protocol in its own way.
import { MANNERS, QUESTIONS } from '../gateway-questions.js';

/** Every switch of a practice site; how much it divides, holds and waits matters where money moves again. */
const SWITCHES = {
  ...MANNERS,
  maxDispersions: [3, 20],
  confirmationMinutes: [1_440, 10_080],
  increaseOnly: [false, true],
  holdDays: [30, 30, 7],
  settlementHour: [22, 0, 12, 23],
  ...QUESTIONS,
};

/** The shops that every run begins with, each with its currency for ever. */
export const SHOPS = [
  ['F0', 'USD'],
  ['F1', 'USD'],
  ['F2', 'COP'],
  ['F3', 'CLP'],
];

/** Where the whole and parts can be given back comes up most: a letter is left to a person. */
const COUNTRIES = {
  USD: [
    [['PA', 'America/Panama', 'es_PA'], 30],
    [['PR', 'America/Puerto_Rico', 'es_PR'], 20],
    [['CR', 'America/Costa_Rica', 'es_CR'], 20],
    [['UY', 'America/Montevideo', 'es_UY'], 20],
    [['EC', 'America/Guayaquil', 'es_EC'], 5],
  ],
  COP: [[['CO', 'America/Bogota', 'es_CO'], 1]],
  CLP: [[['CL', 'America/Santiago', 'es_CL'], 1]],
};

const UNIT = { COP: 100_000, USD: 100, CLP: 1_000 };

const GENEROUS = { operationMinor: 1e11, paymentMinor: 1e11, dayMinor: 1e12 };

/** Most refunds need nobody else; some do above a limit, and where no limit is set every one does. */
const LIMITS = [
  [GENEROUS, 75],
  [{ operationMinor: 2e4, paymentMinor: 4e4, dayMinor: 1e9 }, 17],
  [null, 8],
];

const twoDigits = (hour) => String(hour).padStart(2, '0');

async function asAdmin(stage, method, path, body) {
  const [server] = await stage.up();
  const answer = await stage.people.admin.call(server.url, method, path, { body });
  if (answer.status === 0 || answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** Makes a shop at the gateway and in the product. Answers `{ id, site, currency, unit }`. */
export async function makeShop(stage, [site, currency]) {
  const [[[country, zone, locale]]] = COUNTRIES[currency];
  const facts = { name: site, country, currency, zone };
  const { body: made } = await stage.control('POST', '/sites', {
    ...{ site, ...facts, locale, confirmation: true },
  });
  const { id } = await asAdmin(stage, 'POST', '/api/sites', {
    ...{ code: site.toLowerCase(), ...facts, mode: 'practice', refundLimits: GENEROUS },
  });
  const { account } = await asAdmin(stage, 'PUT', `/api/sites/${id}/account`, {
    baseUrl: `http://127.0.0.1:${stage.gatewayLink.port}`,
    ...{ login: made.login, secret: made.secretKey },
  });
  await stage.control('PATCH', `/sites/${site}`, { notificationUrl: account.notificationUrl });
  return { id, site, currency, unit: UNIT[currency], login: made.login };
}

/** Draws where it is and how its gateway answers the open questions, and tells both sides. */
export async function drawShop(stage, random, { id, site, currency, login }) {
  const [country, zone, locale] = random.weigh(COUNTRIES[currency]);
  const switches = Object.fromEntries(
    Object.entries(SWITCHES).map(([name, choices]) => [name, random.pick(choices)]),
  );
  await stage.control('PATCH', `/sites/${site}`, { country, zone, locale, ...switches });
  await asAdmin(stage, 'PUT', `/api/sites/${id}`, {
    ...{ country, zone, refundLimits: random.weigh(LIMITS), undoMinutes: random.pick([0, 0, 5]) },
    // A merchant that believes another hour than the gateway's is refused at times, and loses nothing by it.
    cutOff: `${twoDigits(random.chance(0.9) ? switches.settlementHour : 21)}:00`,
  });
  await asAdmin(stage, 'PUT', `/api/sites/${id}/account`, {
    baseUrl: `http://127.0.0.1:${stage.gatewayLink.port}`,
    ...{ login, hash: switches.algorithm },
    ...{ holdDays: switches.holdDays, increaseOnly: switches.increaseOnly },
    overCapture: switches.overCapture && random.chance(0.5),
  });
}
