import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  authOf,
  type JsonAnswer,
  type PracticeGateway,
  practiceSites,
  type PracticeSite,
  sendForm,
  sendJson,
  startPracticeGateway,
} from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let co: PracticeSite;
let ec: PracticeSite;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  ({ CO: co, EC: ec } = (await practiceSites(gateway.url)) as { CO: PracticeSite; EC: PracticeSite });
});
afterAll(() => gateway.stop());
beforeEach(() => sendJson(`${gateway.url}/control/faults`, undefined, {}, 'DELETE'));

/** An instant long past, which requests bring as their own "now". */
const T0 = '2026-03-02T10:15:31-05:00';
const at = (seconds: number): Record<string, string> => ({
  'x-practice-clock': new Date(Date.parse(T0) + seconds * 1000).toISOString(),
});

const order = (more: object = {}) => ({
  payment: { reference: 'ORD-1', amount: { currency: 'COP', total: '84500.10' } },
  buyer: {
    name: 'Ana',
    surname: 'Ruiz',
    email: 'ana@example.com',
    documentType: 'CC',
    document: '1020304050',
  },
  returnUrl: 'https://shop.example/back',
  ipAddress: '190.85.10.20',
  userAgent: 'Mozilla/5.0',
  ...more,
});

const create = (more: object = {}, headers = at(0), site = co): Promise<JsonAnswer> =>
  sendJson(
    `${gateway.url}/api/session`,
    { auth: authOf(site, headers['x-practice-clock']), ...order(more) },
    headers,
  );

const query = (requestId: number | string, headers = at(0), site = co): Promise<JsonAnswer> =>
  sendJson(
    `${gateway.url}/api/session/${requestId}`,
    { auth: authOf(site, headers['x-practice-clock']) },
    headers,
  );

const pay = (processUrl: string, number: string, headers = at(60)) =>
  sendForm(`${processUrl}/pay`, { number, expiry: '12/30', cvv: '123' }, headers);

describe('creating a session', () => {
  test('answers OK, a 32-bit number and an unguessable page', async () => {
    const { http, body } = await create();
    expect([http, body]).toEqual([
      200,
      {
        status: {
          status: 'OK',
          reason: 'PC',
          message: 'La petición se ha procesado correctamente',
          date: T0,
        },
        requestId: expect.any(Number),
        processUrl: expect.stringMatching(
          new RegExp(`^${gateway.url}/session/${body.requestId}/[0-9a-f]{32}$`),
        ),
      },
    ]);
  });

  test.each(['/api/session/', '//api/session'])('is served at %s as well', async (path) => {
    const answer = await sendJson(gateway.url + path, { auth: authOf(co), ...order() });
    expect([answer.http, answer.body.status.status]).toEqual([200, 'OK']);
  });

  test('speaks English to those who ask for it', async () => {
    expect((await create({ locale: 'en_US' })).body.status.message).toBe(
      'The request has been processed successfully',
    );
  });

  test('of a wrong body names the field, in the language of the site', async () => {
    const { http, body } = await create({ returnUrl: 'back' });
    expect([http, body.status]).toEqual([
      400,
      {
        status: 'FAILED',
        reason: 'request_not_valid',
        message: 'returnUrl: debe ser una dirección http o https',
        date: T0,
      },
    ]);
  });
});

describe('every answer is JSON with the envelope', () => {
  const envelope = {
    status: 'FAILED',
    reason: expect.anything(),
    message: expect.any(String),
    date: expect.any(String),
  };
  const json = { 'content-type': 'application/json' };

  test.each<[string, string, RequestInit, number, unknown]>([
    ['an unknown route', '/api/nothing', { method: 'POST', body: '{}', headers: json }, 404, 'NA'],
    ['a GET', '/api/session', {}, 404, 'NA'],
    [
      'malformed JSON',
      '/api/session',
      { method: 'POST', body: '{"a":', headers: json },
      400,
      'request_not_valid',
    ],
    [
      'a body that is not JSON',
      '/api/session',
      { method: 'POST', body: new URLSearchParams({ a: '1' }) },
      401,
      401,
    ],
    ['no body', '/api/session', { method: 'POST' }, 401, 401],
    ['a list', '/api/session', { method: 'POST', body: '[]', headers: json }, 401, 401],
    [
      '2 MB',
      '/api/session',
      { method: 'POST', body: `"${'x'.repeat(2e6)}"`, headers: json },
      413,
      'request_not_valid',
    ],
    [
      'NUL',
      '/api/session',
      { method: 'POST', body: '{"a":"\\u0000"}', headers: json },
      400,
      'request_not_valid',
    ],
    [
      'depth',
      '/api/session',
      { method: 'POST', body: '['.repeat(5e4) + ']'.repeat(5e4), headers: json },
      400,
      'request_not_valid',
    ],
    [
      'a broken clock',
      '/api/session',
      { method: 'POST', body: '{}', headers: { ...json, 'x-practice-clock': 'x' } },
      400,
      'request_not_valid',
    ],
  ])('for %s', async (_what, path, init, http, reason) => {
    const answer = await fetch(gateway.url + path, init);
    expect([answer.status, await answer.json()]).toEqual([http, { status: { ...envelope, reason } }]);
  });

  test('with code 100 for a body that was not sent as JSON', async () => {
    const answer = await fetch(`${gateway.url}/api/session`, {
      method: 'POST',
      body: JSON.stringify(order()),
    });
    expect(await answer.json()).toMatchObject({ status: { message: 'Autenticación fallida 100' } });
  });

  test('with 500 when the database is away, and well again when it is back', async () => {
    await gateway.db.query('ALTER TABLE sites RENAME TO elsewhere');
    const away = await create();
    await gateway.db.query('ALTER TABLE elsewhere RENAME TO sites');
    expect([away.http, away.body, (await create()).http]).toEqual([
      500,
      { status: { ...envelope, reason: 'XH' } },
      200,
    ]);
  });
});

describe('a caller is told apart', () => {
  const call = async (auth: unknown, locale?: string) =>
    (await sendJson(`${gateway.url}/api/session`, { ...order({ locale }), auth })).body.status;

  test('by SHA-1 as well as SHA-256', async () => {
    const answer = await sendJson(`${gateway.url}/api/session`, {
      auth: authOf(co, new Date(), 'sha1'),
      ...order(),
    });
    expect(answer.http).toBe(200);
  });

  test.each<[string, () => unknown, string]>([
    ['no auth', () => undefined, '100'],
    ['an unknown login', () => ({ ...authOf(co), login: 'f'.repeat(32) }), '101'],
    ['another secret', () => authOf({ ...co, secretKey: ec.secretKey }), '102'],
    ['an old seed', () => authOf(co, new Date(Date.now() - 301_000)), '103'],
  ])('%s is told its code', async (_what, auth, code) => {
    expect(await call(auth())).toMatchObject({
      status: 'FAILED',
      reason: 401,
      message: `Autenticación fallida ${code}`,
    });
  });

  test('in English if so asked', async () => {
    expect((await call({}, 'en_US')).message).toBe('Authentication failed 100');
  });

  test.each([
    ['inactive', '104'],
    ['expired', '105'],
    ['credentials_expired', '106'],
  ])('a site that is %s is told %s', async (state, code) => {
    const site = `${gateway.url}/control/sites/CL`;
    const cl = (await practiceSites(gateway.url)).CL as PracticeSite;
    await sendJson(site, { state }, {}, 'PATCH');
    const told = await call(authOf(cl));
    await sendJson(site, { state: 'active' }, {}, 'PATCH');
    expect(told.message).toBe(`Autenticación fallida ${code}`);
  });
});

/** The part of a transaction that a test looks at. */
interface Shown {
  status: { status: string };
  amount: { to: { total: number } };
}

describe('querying a session', () => {
  test('of another site, or of none, is answered with 404', async () => {
    const { requestId } = (await create()).body;
    const answers = await Promise.all([
      query(requestId, at(0), ec),
      query(1),
      query('abc'),
      query('99999999999999'),
    ]);
    expect(answers.map(({ http, body }) => [http, body.status.reason, body.status.message])).toEqual(
      Array(4).fill([404, 'request_not_valid', 'La sesión que busca no existe']),
    );
  });

  test('shows attempts newest first, the payer as typed, and the amount as a number', async () => {
    const { requestId, processUrl } = (await create()).body;
    await pay(processUrl, '4110760000000016', at(60));
    await pay(processUrl, '4110760000000081', at(120));
    const { body } = await query(requestId, at(130));
    expect([
      body.status.status,
      body.request.payer.name,
      body.payment.map((p: Shown) => [p.status.status, p.amount.to.total]),
    ]).toEqual([
      'APPROVED',
      'Ana',
      [
        ['APPROVED', 84500.1],
        ['REJECTED', 84500.1],
      ],
    ]);
  });

  test('derives what was due, dated by when it was due', async () => {
    const { requestId, processUrl } = (await create()).body;
    await pay(processUrl, '4110760000000073', at(60));
    const { body } = await query(requestId, at(4000));
    expect([body.status.status, body.status.date]).toEqual(['APPROVED', '2026-03-02T10:17:31-05:00']);
  });

  test('of an expired session is no error', async () => {
    const { requestId } = (await create()).body;
    const { http, body } = await query(requestId, at(1801));
    expect([http, body.status, body.payment]).toEqual([
      200,
      {
        status: 'REJECTED',
        reason: 'EX',
        message: 'La petición ha expirado',
        date: '2026-03-02T10:45:31-05:00',
      },
      null,
    ]);
  });
});

describe('a fault of the menu', () => {
  const arm = (kind: string, operation = 'session.create', more: object = {}) =>
    sendJson(`${gateway.url}/control/faults`, { operation, kind, site: 'CO', ...more });
  const count = async (): Promise<number> =>
    Number((await gateway.db.query<{ n: string }>('SELECT count(*) AS n FROM sessions')).rows[0]?.n);

  test.each([
    ['drop_before', 0],
    ['drop_after', 1],
  ])('%s breaks the connection and leaves %d session', async (kind, made) => {
    const before = await count();
    await arm(kind);
    await expect(create()).rejects.toThrow();
    expect((await count()) - before).toBe(made);
  });

  test('error_500 answers the envelope and does nothing', async () => {
    const before = await count();
    await arm('error_500');
    const { http, body } = await create();
    expect([http, body.status.reason, (await count()) - before]).toEqual([500, 'XH', 0]);
  });

  test('malformed acts and answers text that is no JSON', async () => {
    const before = await count();
    await arm('malformed');
    await expect(create()).rejects.toThrow(SyntaxError);
    expect((await count()) - before).toBe(1);
  });

  test('slow answers late', async () => {
    await arm('slow', 'session.query', { delayMs: 300 });
    const started = Date.now();
    await query(1);
    expect(Date.now() - started).toBeGreaterThanOrEqual(295);
  });

  test('strikes as often as asked, and only the site it was meant for', async () => {
    await arm('error_500', 'session.create', { count: 2 });
    const answers = [await create({}, at(0), ec), await create(), await create(), await create()];
    expect(answers.map(({ http }) => http)).toEqual([200, 500, 500, 200]);
  });
});
