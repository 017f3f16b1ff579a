// The shops of a run: each in a country, with a gateway that answers the open questions of the protocol in its own way.

/** Every switch of a practice site, with its possible answers; `attempts` and the like are no question about money. */
const SWITCHES = {
  algorithm: ['sha256', 'sha1'],
  attempts: [3, 10],
  networkDelaySeconds: [0, 30, 60],
  maxDispersions: [3, 20],
  confirmationMinutes: [1_440, 10_080],
  increaseOnly: [false, true],
  holdDays: [30, 30, 7],
  settlementHour: [22, 0, 12, 23],
  duplicateCollect: ['earlier', 'earlier_208', 'refused_400', 'rejected', 'earlier_blocks_rejected'],
  secondCheckout: ['request_not_valid', 'br', 'rejected'],
  refundRefusal: ['specific', 'br'],
  internalReferences: ['new', 'same'],
  earlyPartialRefund: ['refused', 'voids_whole'],
  firstPaymentCounts: [false, true],
  monthEnd: ['anchor', 'drift'],
  cancelledConfirmation: ['REJECTED', 'CANCELED'],
  overCapture: [true, false],
  expiredReason: ['EX', 'XN'],
  validationStatus: [400, 200],
  expiryWhilePending: ['wait', 'reject'],
  recurringSignature: ['prefixed', 'bare'],
  recurringTries: ['made', 'left'],
};

/** Where the whole and parts can be given back come up most: a letter is left to a person. */
const COUNTRIES = [
  [['PA', 'USD', 'America/Panama', 'es_PA'], 30],
  [['PR', 'USD', 'America/Puerto_Rico', 'es_PR'], 20],
  [['CR', 'USD', 'America/Costa_Rica', 'es_CR'], 15],
  [['UY', 'USD', 'America/Montevideo', 'es_UY'], 15],
  [['CO', 'COP', 'America/Bogota', 'es_CO'], 10],
  [['CL', 'CLP', 'America/Santiago', 'es_CL'], 6],
  [['EC', 'USD', 'America/Guayaquil', 'es_EC'], 4],
];

const UNIT = { COP: 100_000, USD: 100, CLP: 1_000 };

/** Most refunds need nobody else; some do above a limit, and where no limit is set every one does. */
const LIMITS = [
  [{ operationMinor: 1e11, paymentMinor: 1e11, dayMinor: 1e12 }, 70],
  [{ operationMinor: 2e4, paymentMinor: 4e4, dayMinor: 1e9 }, 20],
  [null, 10],
];

const twoDigits = (hour) => String(hour).padStart(2, '0');

/** Makes it at the gateway and in the product. Answers `{ id, site, currency, unit }`. */
export async function makeSite(stage, random, index) {
  const [country, currency, zone, locale] = random.weigh(COUNTRIES);
  const site = `F${index}`;
  const switches = Object.fromEntries(
    Object.entries(SWITCHES).map(([name, choices]) => [name, random.pick(choices)]),
  );
  const { body: made } = await stage.control('POST', '/sites', {
    ...{ site, name: site, country, currency, zone, locale, confirmation: true },
    ...switches,
  });
  const [server] = await stage.up();
  const admin = async (method, path, body) => {
    const answer = await stage.people.admin.call(server.url, method, path, { body });
    if (answer.status === 0 || answer.status >= 300)
      throw new Error(`no site ${site}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const { id } = await admin('POST', '/api/sites', {
    ...{ code: site.toLowerCase(), name: site, country, currency, zone, mode: 'practice' },
    // A merchant that believes another hour than the gateway's is refused at times, and loses nothing by it.
    cutOff: `${twoDigits(random.chance(0.9) ? switches.settlementHour : 21)}:00`,
    refundLimits: random.weigh(LIMITS),
    undoMinutes: random.pick([0, 0, 5]),
  });
  const { account } = await admin('PUT', `/api/sites/${id}/account`, {
    baseUrl: `http://127.0.0.1:${stage.gatewayLink.port}`,
    ...{ login: made.login, secret: made.secretKey, hash: switches.algorithm },
    ...{ holdDays: switches.holdDays, increaseOnly: switches.increaseOnly },
    overCapture: switches.overCapture && random.chance(0.5),
  });
  await stage.control('PATCH', `/sites/${site}`, { notificationUrl: account.notificationUrl });
  return { id, site, currency, unit: UNIT[currency] };
}
