import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Merchant } from '../testing/merchant.js';
import { type PracticeGateway, startPracticeGateway } from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let co: Merchant;
let ec: Merchant;
let token: string;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  [co, ec] = (await Promise.all(['CO', 'EC'].map((code) => Merchant.at(gateway, code)))) as [
    Merchant,
    Merchant,
  ];
  token = await co.token();
});
afterAll(() => gateway.stop());

interface Field {
  keyword: string;
  value: unknown;
}

describe('a card is stored', () => {
  test('as a list of what shops know of it, by the last day of its month', async () => {
    const opened = await co.open({}, { payment: undefined, subscription: { reference: 'SUB-1' } });
    await co.pay(opened, { number: '4111111111111111', expiry: '02/32' });
    const { body } = await co.query(opened);
    const known = Object.fromEntries(body.subscription.instrument.map((f: Field) => [f.keyword, f.value]));
    expect([body.status.status, body.payment, body.subscription.status.status, known]).toEqual([
      'APPROVED',
      null,
      'OK',
      {
        token: expect.stringMatching(/^[0-9a-f]{64}$/),
        subtoken: expect.stringMatching(/^\d{12}1111$/),
        franchise: 'visa',
        franchiseName: 'Visa',
        issuerName: 'JPMORGAN CHASE BANK, N.A.',
        lastDigits: '1111',
        validUntil: '2032-02-29',
        installments: null,
      },
    ]);
  });

  test('after a try that came to nothing, which counts', async () => {
    await co.under({ attempts: 2 }, async () => {
      const opened = await co.open({}, { payment: undefined, subscription: { reference: 'SUB-1' } });
      await co.pay(opened, { number: '4110760000000016' });
      const between = (await co.query(opened)).body.status.reason;
      await co.pay(opened, { number: '4999999999999999' });
      const { status, payment } = (await co.query(opened)).body;
      expect([between, status.status, status.reason, payment]).toEqual(['PT', 'REJECTED', 'XN', null]);
    });
  });

  test('and leaves no number behind', async () => {
    await co.token('4111111111111111');
    const { rows } = await gateway.db.query<{ text: string }>(
      'SELECT json_agg(t)::text AS text FROM tokens t',
    );
    expect(rows[0]?.text).not.toContain('4111111111111111');
  });
});

describe('a stored card is charged', () => {
  test('in a session of its own, and notified like any other', async () => {
    const { http, body } = await co.collect(token, 'COL-1');
    expect([
      http,
      body.status.status,
      body.payment.length,
      body.subscription,
      body.request.returnUrl,
      Array.isArray(body.request.fields),
      await co.money(body),
    ]).toEqual([200, 'APPROVED', 1, null, `${gateway.url}/home`, true, ['collect 10000']]);
  });

  test('once, however many ask the same at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => co.collect(token, 'COL-2')));
    const numbers = new Set(answers.map(({ body }) => body.requestId));
    const { rows } = await gateway.db.query(`SELECT 1 FROM book WHERE reference = 'COL-2'`);
    expect([answers.every(({ http }) => http === 200), numbers.size, rows.length]).toEqual([true, 1, 1]);
  });

  test('without those whom the official client leaves out', async () => {
    const { http } = await co.collect(token, 'COL-3', {
      payer: { name: 'Ana' },
      provider: null,
      captureAddress: false,
    });
    expect(http).toBe(200);
  });

  test('by another session when it was rejected', async () => {
    const poor = await co.token('4110760000000051');
    const answers = [await co.collect(poor, 'COL-4'), await co.collect(token, 'COL-4', {}, 400)];
    expect(answers.map(({ body }) => `${body.status.status}/${body.status.reason}`)).toEqual([
      'REJECTED/XN',
      'APPROVED/00',
    ]);
  });

  test.each([
    ['refused_400', 400, 'FAILED/request_not_valid'],
    ['earlier_208', 208, 'APPROVED/00'],
    ['rejected', 200, 'REJECTED/XN'],
  ])('twice only as the site reads it: %s', async (duplicateCollect, http, wanted) => {
    await co.under({ duplicateCollect }, async () => {
      await co.collect(token, `DUP-${http}`);
      const again = await co.collect(token, `DUP-${http}`, {}, 400);
      const { rows } = await gateway.db.query('SELECT 1 FROM book WHERE reference = $1', [`DUP-${http}`]);
      const { status, payment } = again.body;
      expect([again.http, `${status.status}/${status.reason}`, rows.length]).toEqual([http, wanted, 1]);
      expect(payment ?? null).toEqual(duplicateCollect === 'earlier_208' ? expect.any(Array) : null);
    });
  });

  test('as a preauthorization', async () => {
    const { body } = await co.collect(token, 'HOLD-1', { type: 'checkin' });
    const taken = await co.act('checkout', body.payment[0].internalReference, 90, 400);
    expect([taken.body.status.status, await co.money(body)]).toEqual([
      'APPROVED',
      ['checkin 10000', 'checkout 9000'],
    ]);
  });

  test('not when it is dead, unknown or another merchant’s', async () => {
    const dead = await co.token();
    await co.call('instrument/invalidate', { instrument: { token: { token: dead } } }, 250);
    const answers = [
      await co.collect(dead, 'NO-1'),
      await co.collect('0'.repeat(64), 'NO-2'),
      await ec.collect(token, 'NO-3'),
      await co.call('instrument/invalidate', { instrument: { token: { token: dead } } }, 260),
    ];
    expect(answers.map(({ http, body }) => [http, body.status.reason])).toEqual(Array(4).fill([400, 'XN']));
  });
});

describe('what is known of an instrument', () => {
  test('is told by its token, with the month as it stands on the card', async () => {
    const { body } = await co.call('gateway/token', { instrument: { token: { token } } }, 300);
    expect(body.data).toEqual({
      id: expect.any(Number),
      type: 'card',
      token,
      subtoken: expect.stringMatching(/^\d{16}$/),
      franchise: 'visa',
      franchiseName: 'Visa',
      issuerName: 'TESTING',
      lastDigits: '0081',
      validUntil: '12/30',
      owner: 'Ana Ruiz',
      bin: '411076',
      accountType: null,
    });
  });

  test.each([
    ['4110760000000008', 'CREDIBANCO', 'CR_VS', false, 'optional'],
    ['5903120000000000', 'PLACETOPAY', 'AL_KO', true, 'unsupported'],
  ])('is told by its number: %s', async (number, provider, serviceCode, requireOtp, threeDS) => {
    const { body } = await co.call('gateway/information', { instrument: { card: { number } } });
    expect(body).toMatchObject({ status: { status: 'OK' }, provider, serviceCode, requireOtp, threeDS });
  });

  test.each(['gateway/information', 'gateway/token'])(
    'is told by %s to nobody who names a dead one',
    async (path) => {
      const { http, body } = await co.call(path, { instrument: { token: { token: 'f'.repeat(64) } } });
      expect([http, body.status.reason]).toEqual([400, 'XN']);
    },
  );
});
