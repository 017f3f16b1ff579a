/**
 * The traps of section 11: what real clients send or expect, and what a naive server breaks. Each has a sentence, here or
 * among the golden pairs.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { ANSWERS, storedToken } from './foreign/answers.js';
import { CLIENTS, digested, javaSeed, textNonce, withColon } from './foreign/clients.js';
import type { ForeignClient } from './foreign/clients.js';
import { FAILURES } from './foreign/failures.js';
import { at, ForeignGateway, isSignedForPlugins, isSignedForSdks } from './foreign/gateway.js';
import type { RawAnswer } from './foreign/gateway.js';
import { lastDigitsOf, READERS } from './foreign/readers.js';
import type { Json } from './placetopay/golden-pair.js';
import { EVERY_PAIR } from './placetopay/index.js';
import { OLD_SHOP, SHOP } from './placetopay/samples.js';

let gateway: ForeignGateway;
/** One answer of every kind, by name. */
const answered = new Map<string, RawAnswer>();

beforeAll(async () => {
  gateway = await ForeignGateway.start();
  for (const { name, make } of ANSWERS) answered.set(name, await make(gateway));
  for (const [name, , make] of FAILURES) answered.set(name, await make(gateway));
});
afterAll(() => gateway.stop());

const bodyOf = ({ text }: RawAnswer): Json => JSON.parse(text) as Json;

/** Numbers of section 11 that have a sentence below. */
const told: number[] = [];
function trap(number: number, sentence: string, hold: () => Promise<void> | void): void {
  told.push(number);
  test(`${number}: ${sentence}`, hold);
}

const sessions = (): Json[] => ANSWERS.map(({ name }) => bodyOf(answered.get(name) as RawAnswer));
const transactions = (): Json[] => sessions().flatMap(({ payment }) => (payment ?? []) as Json[]);
const about = (name: string): Json => bodyOf(answered.get(name) as RawAnswer);
/** Every status in what was answered, at whatever depth. */
function statuses(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'status' in value && typeof value.status === 'object' ? [value.status as Json] : [];
  return [...own, ...Object.values(value).flatMap(statuses)];
}
const create = (auth: Json, more: Json = {}) =>
  gateway.post('/api/session', { auth, ...(CLIENTS[0] as ForeignClient).order('TRAP', at(0)), ...more });

describe('the traps of authentication', () => {
  trap(1, 'both digests are taken', async () => {
    const auths = (['sha1', 'sha256'] as const).map((algorithm) =>
      digested(SHOP, withColon(at(0)), textNonce(), algorithm),
    );
    const answers = await Promise.all(auths.map((auth) => create(auth)));
    expect(answers.map(({ http }) => http)).toEqual([200, 200]);
  });
  trap(2, 'a nonce is bytes, decoded once', async () => {
    const nonces = [Buffer.from([0, 255, 128, 10, 13, 195]), textNonce()];
    const answers = await Promise.all(nonces.map((nonce) => create(digested(SHOP, withColon(at(0)), nonce))));
    expect(answers.map(({ http }) => http)).toEqual([200, 200]);
  });
  trap(3, 'a seed without seconds or colon is taken, up to a minute late', async () => {
    expect((await create(digested(SHOP, javaSeed(at(0)), textNonce()))).http).toBe(200);
  });
  trap(4, 'additional is taken as a list, as an object, and absent', async () => {
    const auth = digested(SHOP, withColon(at(0)), textNonce());
    const answers = await Promise.all(
      [{ additional: [] }, { additional: { a: 1 } }, {}].map((more) => create({ ...auth, ...more })),
    );
    expect(answers.map(({ http }) => http)).toEqual([200, 200, 200]);
  });
  trap(5, 'the seed is hashed as it was written', async () => {
    const seeds = ['2026-03-02T10:15:31.000-05:00', '2026-03-02T15:15Z', '2026-03-02T10:15:31-0500'];
    const answers = await Promise.all(seeds.map((seed) => create(digested(SHOP, seed, textNonce()))));
    expect(answers.map(({ http }) => http)).toEqual([200, 200, 200]);
  });
});

describe('the traps of responses', () => {
  trap(6, 'every failure is JSON', () => {
    expect(FAILURES.map(([name]) => typeof about(name).status)).toEqual(FAILURES.map(() => 'object'));
  });
  trap(7, 'every status has its four values', () => {
    const all = [...answered.values()].flatMap((answer) => statuses(bodyOf(answer)));
    const whole = ['status', 'reason', 'message', 'date'];
    const wrong = all.filter((status) =>
      whole.some((key) => status[key] === null || status[key] === undefined),
    );
    expect([all.length > 40, wrong]).toEqual([true, []]);
  });
  trap(8, 'requestId is a 32-bit integer', () => {
    const numbers = sessions().map(({ requestId }) => requestId as number);
    expect(numbers.filter((number) => (number | 0) !== number)).toEqual([]);
  });
  trap(9, 'creation answers OK', async () => {
    const { text } = await create(digested(SHOP, withColon(at(0)), textNonce()));
    expect((JSON.parse(text) as { status: Json }).status.status).toBe('OK');
  });
  trap(10, 'payment is a list or null of a session, and an object of an action', async () => {
    const opened = await gateway.open();
    await gateway.onPage(opened);
    const action = { action: 'reverse', internalReference: await gateway.numberOf(opened) };
    const { payment } = bodyOf(await gateway.call('transaction', action, 200));
    const wrong = sessions().filter(
      ({ payment: list }) => list !== null && !(Array.isArray(list) && list.length > 0),
    );
    expect([wrong, Array.isArray(payment), typeof payment]).toEqual([[], false, 'object']);
  });
  trap(11, 'the last attempt is the first of the list', () => {
    const [last, first] = about('an approval after a decline').payment as Json[];
    expect([
      Number(last?.internalReference) > Number(first?.internalReference),
      statuses(last)[0]?.status,
    ]).toEqual([true, 'APPROVED']);
  });
  trap(12, 'every transaction has its reference and both its amounts', () => {
    const whole = transactions().filter(({ reference, amount }) => {
      const { from, to } = amount as Record<string, Json>;
      return (
        typeof reference === 'string' && typeof from?.total === 'number' && typeof to?.total === 'number'
      );
    });
    expect([whole.length > 10, whole.length]).toEqual([true, transactions().length]);
  });
  trap(13, 'a receipt is digits', () => {
    expect(transactions().filter(({ receipt }) => !/^\d{1,18}$/.test(String(receipt)))).toEqual([]);
  });
  trap(14, 'an authorization is text', () => {
    expect(transactions().filter(({ authorization }) => typeof authorization !== 'string')).toEqual([]);
  });
  trap(15, 'request.fields is a list with the address of the page', () => {
    const without = sessions().filter(({ request }) => {
      const { fields } = request as { fields: Json[] };
      return !fields.some(({ keyword }) => keyword === '_processUrl_');
    });
    expect(without).toEqual([]);
  });
  trap(16, 'an agreement that was sent empty is not echoed as empty text', () => {
    const { request, payment } = about('a dispersion') as { request: { payment: Json }; payment: Json[] };
    const echoed = (request.payment.dispersion as Json[]).map(({ agreement }) => agreement);
    const done = (payment[0]?.dispersion as Json[]).map(({ agreement }) => agreement);
    expect([echoed.filter((one) => typeof one === 'string'), done]).toEqual([[], [null, 77]]);
  });
  trap(18, 'what was stored and what a network adds are lists', () => {
    const { subscription } = about('a stored card') as { subscription: Json };
    const maps = transactions().filter(({ processorFields }) => !Array.isArray(processorFields));
    expect([Array.isArray(subscription.instrument), maps]).toEqual([true, []]);
  });
  trap(19, 'installments of what was stored are null or a number', () => {
    const { instrument } = READERS[0]?.session(JSON.stringify(about('a stored card'))) ?? {};
    expect(instrument?.installments === null || typeof instrument?.installments === 'number').toBe(true);
  });
  trap(20, 'validUntil is the last day of the month of the card', () => {
    const { instrument } = READERS[0]?.session(JSON.stringify(about('a stored card'))) ?? {};
    expect(instrument?.validUntil).toBe('2030-12-31');
  });
  trap(21, 'a discount is whole or not there', () => {
    expect(transactions().filter(({ discount }) => discount !== undefined && discount !== null)).toEqual([]);
  });
  trap(22, 'an approved card shows its last digits, and PSE has the field too', () => {
    const approved = transactions().filter((one) => statuses(one)[0]?.status === 'APPROVED');
    const digits = approved.map((one) => [one.paymentMethod, lastDigitsOf(one)]);
    expect(digits.filter(([method, last]) => last !== (method === 'pse' ? '' : '1111'))).toEqual([]);
  });
  trap(24, 'an expired session is no error', () => {
    const { http } = answered.get('a session that expired') as RawAnswer;
    expect([http, statuses(about('a session that expired'))[0]?.status]).toEqual([200, 'REJECTED']);
  });
});

describe('the traps of requests', () => {
  trap(26, 'an internalReference is taken as text and as a number', async () => {
    const numbers = await Promise.all(
      [1, 2].map(async () => {
        const opened = await gateway.open();
        await gateway.onPage(opened);
        return gateway.numberOf(opened);
      }),
    );
    const answers = await Promise.all(
      [Number(numbers[0]), String(numbers[1])].map((internalReference) =>
        gateway.call('reverse', { internalReference }, 200),
      ),
    );
    expect(answers.map(({ http }) => http)).toEqual([200, 200]);
  });
  trap(27, 'a charge needs neither address nor agent nor a way back', async () => {
    const instrument = { token: { token: await storedToken(gateway) } };
    const payment = { reference: 'BARE', amount: { currency: 'COP', total: '5' } };
    const { http } = await gateway.call('collect', { payer: { name: 'Ana' }, payment, instrument }, 300);
    expect(http).toBe(200);
  });
  trap(30, 'a check-in that the PHP SDK dropped is a plain payment: nothing is held', async () => {
    const opened = await gateway.open();
    await gateway.onPage(opened);
    const action = {
      action: 'checkout',
      internalReference: await gateway.numberOf(opened),
      amount: { currency: 'COP', total: 1 },
    };
    const { http, text } = await gateway.call('transaction', action, 200);
    expect([http, READERS[0]?.failed(text).reason]).toEqual([400, 'request_not_valid']);
  });
  trap(31, 'an expiration in another offset is the same instant, and echoed as it came', async () => {
    const expiration = '2026-03-02T15:25:31+00:00';
    const opened = await gateway.open({ expiration });
    const [before, after] = [await gateway.query(opened, 599), await gateway.query(opened, 600)];
    expect([
      READERS.map((reader) => reader.session(before.text).state),
      READERS.map((reader) => reader.session(after.text).reason),
      (bodyOf(after).request as Json).expiration,
    ]).toEqual([READERS.map(() => 'PENDING'), READERS.map(() => 'EX'), expiration]);
  });
});

describe('the traps of notifications', () => {
  const paidAt = async (site = SHOP) => {
    const opened = await gateway.open({}, site);
    await gateway.onPage(opened);
    return eventually(() => gateway.newsOf(opened)[0], { what: 'the news' });
  };

  trap(33, 'a site of old is signed for as the SDKs check it, a new one as only the plugins do', async () => {
    const [old, recent] = [await paidAt(OLD_SHOP), await paidAt(SHOP)];
    expect([
      [isSignedForSdks(old, OLD_SHOP.secretKey), isSignedForPlugins(old, OLD_SHOP.secretKey)],
      [isSignedForSdks(recent, SHOP.secretKey), isSignedForPlugins(recent, SHOP.secretKey)],
    ]).toEqual([
      [true, true],
      [false, true],
    ]);
  });
  trap(34, 'the date that is signed is the date that is sent', async () => {
    const news = await paidAt(OLD_SHOP);
    const status = news.status as Json;
    const sameInstant = new Date(String(status.date)).toISOString();
    expect([
      isSignedForSdks(news, OLD_SHOP.secretKey),
      isSignedForSdks({ ...news, status: { ...status, date: sameInstant } }, OLD_SHOP.secretKey),
    ]).toEqual([true, false]);
  });
  trap(35, 'each site signs with its own secret', async () => {
    const news = await paidAt(OLD_SHOP);
    expect([isSignedForPlugins(news, OLD_SHOP.secretKey), isSignedForPlugins(news, SHOP.secretKey)]).toEqual([
      true,
      false,
    ]);
  });
  trap(36, 'news that were refused do not come again', async () => {
    gateway.newsStatus = 500;
    const first = await paidAt();
    gateway.newsStatus = 200;
    // The later news is the sign that the sender has gone on.
    const later = await paidAt();
    expect(
      [first, later].map(
        ({ requestId }) => gateway.told.filter((news) => news.requestId === requestId).length,
      ),
    ).toEqual([1, 1]);
  });
});

describe('the traps of states', () => {
  trap(37, 'a payment in parts that has begun is told to nobody before its end', async () => {
    const payment = { reference: 'PART-3', amount: { currency: 'COP', total: 100 }, allowPartial: true };
    const opened = await gateway.open({ payment });
    await gateway.onPage(opened, { amount: '30' });
    const state = READERS[0]?.session((await gateway.query(opened)).text).state;
    const before = gateway.newsOf(opened).length;
    await gateway.onPage(opened, {}, 180);
    const news = await eventually(() => gateway.newsOf(opened)[0]);
    expect([state, before, statuses(news)[0]?.status, gateway.newsOf(opened).length]).toEqual([
      'APPROVED_PARTIAL',
      0,
      'APPROVED',
      1,
    ]);
  });
  trap(38, 'a question that fails leaves the session as it was', async () => {
    const opened = await gateway.open();
    await gateway.onPage(opened);
    await gateway.control('POST', '/faults', { operation: 'session.query', kind: 'error_500' });
    const [failed, again] = [await gateway.query(opened), await gateway.query(opened)];
    expect([
      READERS.map((reader) => reader.failed(failed.text).reason),
      READERS.map((reader) => reader.session(again.text).state),
    ]).toEqual([READERS.map(() => 'XH'), READERS.map(() => 'APPROVED')]);
  });
  trap(39, 'a confirmation may fail with 200', async () => {
    const opened = await gateway.open({ metadata: { requiresConfirmation: true } });
    await gateway.onPage(opened, { number: '4110760000000065' });
    const action = { action: 'confirm', internalReference: await gateway.numberOf(opened) };
    const { http, text } = await gateway.call('transaction', action, 200);
    expect([http, READERS.map((reader) => [reader.failed(text).reason, reader.acted(text).state])]).toEqual([
      200,
      READERS.map(() => ['BR', 'FAILED']),
    ]);
  });
  trap(40, 'XN is a rejection of a session and a dead token of a call', () => {
    expect([statuses(about('a charge of a token, declined'))[0], statuses(about('a dead token'))[0]]).toEqual(
      [
        expect.objectContaining({ status: 'REJECTED', reason: 'XN' }),
        expect.objectContaining({ status: 'FAILED', reason: 'XN' }),
      ],
    );
  });
});

test('every trap of section 11 has its sentence, here or among the golden pairs', () => {
  const cited = EVERY_PAIR.flatMap(({ section }) =>
    (/11 \(([\d, ]+)\)/.exec(section)?.[1] ?? '').split(',').map(Number),
  );
  const missing = Array.from({ length: 40 }, (_, index) => index + 1).filter(
    (number) => !told.includes(number) && !cited.includes(number),
  );
  expect(missing).toEqual([]);
});
