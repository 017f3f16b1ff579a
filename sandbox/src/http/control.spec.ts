import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  authOf,
  eventually,
  type PracticeGateway,
  practiceSites,
  type PracticeSite,
  sendForm,
  sendJson,
  startApp,
  startListener,
  startPracticeGateway,
} from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let control: string;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  control = `${gateway.url}/control`;
});
afterAll(() => gateway.stop());
afterEach(async () => {
  await sendJson(`${control}/clock`, { offsetMs: 0 });
  await sendJson(`${control}/faults`, undefined, {}, 'DELETE');
});

const card = { number: '4110760000000081', expiry: '12/30', cvv: '123' };
const site = async (code: string): Promise<PracticeSite> =>
  (await practiceSites(gateway.url))[code] as PracticeSite;

async function open(of: PracticeSite, more: object = {}): Promise<{ requestId: number; processUrl: string }> {
  const { body } = await sendJson(`${gateway.url}/api/session`, {
    auth: authOf(of, new Date(Date.now() + (await offset()))),
    payment: { reference: 'ORD-7', amount: { currency: of.currency, total: 12.5 } },
    payer: {
      name: 'Ana',
      surname: 'Ruiz',
      email: 'ana@example.com',
      documentType: 'PPN',
      document: 'A123456',
    },
    returnUrl: 'https://shop.example/back',
    ipAddress: '190.85.10.20',
    userAgent: 'Mozilla/5.0',
    ...more,
  });
  return body;
}

const offset = async (): Promise<number> =>
  (await sendJson(`${control}/clock`, undefined, {}, 'GET')).body.offsetMs;

describe('the control API', () => {
  test('starts with four sites of four countries', async () => {
    const sites = Object.values(await practiceSites(gateway.url)) as unknown as Record<string, string>[];
    expect(
      sites.map(({ site: code, country, currency, zone, locale }) => [code, country, currency, zone, locale]),
    ).toEqual([
      ['CL', 'CL', 'CLP', 'America/Santiago', 'es_CL'],
      ['CO', 'CO', 'COP', 'America/Bogota', 'es_CO'],
      ['EC', 'EC', 'USD', 'America/Guayaquil', 'es_EC'],
      ['PR', 'PR', 'USD', 'America/Puerto_Rico', 'es_PR'],
    ]);
  });

  test('gives every site credentials of its own', async () => {
    const sites = Object.values(await practiceSites(gateway.url));
    const logins = new Set(sites.map(({ login }) => login).filter((login) => /^[0-9a-f]{32}$/.test(login)));
    expect([logins.size, new Set(sites.map(({ secretKey }) => secretKey)).size]).toEqual([
      sites.length,
      sites.length,
    ]);
  });

  test('adds a site that can be called at once', async () => {
    const fields = {
      site: 'CO2',
      name: 'Otra',
      country: 'CO',
      currency: 'COP',
      zone: 'America/Bogota',
      locale: 'es_CO',
    };
    const added = await sendJson(`${control}/sites`, fields);
    const again = await sendJson(`${control}/sites`, fields);
    expect([added.http, (await open(added.body)).requestId, again.http]).toEqual([
      201,
      expect.any(Number),
      409,
    ]);
  });

  test.each<[string, string, object, string]>([
    ['PATCH', '/sites/CO', { algorithm: 'md5' }, 'algorithm: must be one of sha256, sha1'],
    ['PATCH', '/sites/CO', { login: 'x' }, 'login: no such switch'],
    [
      'PATCH',
      '/sites/CO',
      { notificationUrl: 'ftp://x' },
      'notificationUrl: must be an http or https address, or null',
    ],
    ['PATCH', '/sites/CO', { attempts: 0 }, 'attempts: must be a whole number from 1 to 100'],
    ['POST', '/sites', { site: 'X' }, 'name: the field is required'],
    ['POST', '/clock', {}, 'send either offsetMs or advanceMs'],
    [
      'POST',
      '/clock',
      { offsetMs: 'x' },
      expect.stringContaining('offsetMs: must be a whole number') as unknown as string,
    ],
    [
      'POST',
      '/faults',
      { operation: 'session.create', kind: 'lose' },
      expect.stringContaining('kind: ') as unknown as string,
    ],
    [
      'POST',
      '/faults',
      { operation: 'toString', kind: 'lose' },
      expect.stringContaining('operation: ') as unknown as string,
    ],
    ['POST', '/faults', { operation: 'notification', kind: 'lose', site: 'XX' }, 'site: no such site'],
  ])('%s %s %j is refused by name', async (method, path, fields, error) => {
    const answer = await sendJson(control + path, fields, {}, method);
    expect([answer.http, answer.body]).toEqual([400, { error }]);
  });

  test('takes nothing that a web page could send without asking', async () => {
    const answer = await fetch(`${control}/clock`, { method: 'POST', body: '{"offsetMs":5}' });
    expect([answer.status, await offset()]).toEqual([415, 0]);
  });

  test('lists faults until they are used up or cleared', async () => {
    await sendJson(`${control}/faults`, { operation: 'session.query', kind: 'slow', delayMs: 1, count: 3 });
    const listed = await sendJson(`${control}/faults`, undefined, {}, 'GET');
    const cleared = await sendJson(`${control}/faults`, undefined, {}, 'DELETE');
    const after = await sendJson(`${control}/faults`, undefined, {}, 'GET');
    expect([listed.body, cleared.http, after.body]).toEqual([
      [
        {
          id: expect.any(Number),
          operation: 'session.query',
          kind: 'slow',
          site: null,
          delayMs: 1,
          reason: null,
          remaining: 3,
          probability: null,
          seed: null,
          draws: 0,
        },
      ],
      204,
      [],
    ]);
  });

  test('serves people a page with every card and site', async () => {
    const text = await (await fetch(gateway.url)).text();
    const { login } = await site('CO');
    expect(
      ['4110 7600 0000 0051', '5077 1200 0000 8725 945', login].filter((part) => !text.includes(part)),
    ).toEqual([]);
  });
});

describe('the clock', () => {
  test('moved forward ends what was due, without anybody asking', async () => {
    const { requestId } = await open(await site('EC'));
    await sendJson(`${control}/clock`, { advanceMs: 1_801_000 });
    const ended = await eventually(async () => {
      const { rows } = await gateway.db.query(
        'SELECT * FROM sessions WHERE request_id = $1 AND final_at IS NOT NULL',
        [requestId],
      );
      return rows[0];
    });
    expect([ended.reason, ended.final_at]).toEqual(['EX', ended.expires_at]);
  });

  test('is remembered over a restart', async () => {
    await sendJson(`${control}/clock`, { offsetMs: 86_400_000 });
    const other = await startApp(gateway.databaseUrl);
    const { body } = await sendJson(`${other.url}/control/clock`, undefined, {}, 'GET');
    await other.app.close();
    expect(body.offsetMs).toBe(86_400_000);
  });

  test('of one request leaves its session alone until its time has passed here too', async () => {
    const of = await site('CO');
    const past = '2026-03-02T15:00:00.000Z';
    const headers = { 'x-practice-clock': past };
    const { requestId } = (
      await sendJson(
        `${gateway.url}/api/session`,
        {
          auth: authOf(of, past),
          payment: { reference: 'OLD', amount: { currency: 'COP', total: 1 } },
          returnUrl: 'https://shop.example',
          ipAddress: '1.1.1.1',
          userAgent: 'x',
        },
        headers,
      )
    ).body;
    await sendJson(`${control}/clock`, { advanceMs: 1_500_000 });
    const { rows } = await gateway.db.query<{ wake_at: Date }>(
      'SELECT wake_at FROM sessions WHERE request_id = $1',
      [requestId],
    );
    const minutes = ((rows[0]?.wake_at.getTime() ?? 0) - Date.now()) / 60_000;
    expect([minutes > 29, minutes < 31]).toEqual([true, true]);
  });
});

describe('the book', () => {
  const lines = async (code: string, more = '') => {
    const answer = await fetch(`${control}/book?site=${code}${more}`);
    const text = await answer.text();
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  test('has one line per approved payment, and none for anything else', async () => {
    const pr = await site('PR');
    const [paid, declined] = [await open(pr), await open(pr)];
    await sendForm(`${paid.processUrl}/pay`, card);
    await sendForm(`${declined.processUrl}/pay`, { ...card, number: '4110760000000016' });
    expect(await lines('PR')).toEqual([
      {
        site: 'PR',
        internalReference: expect.any(Number),
        kind: 'payment',
        reference: 'ORD-7',
        parent: null,
        currency: 'USD',
        amountMinor: 1250,
        at: expect.stringMatching(/Z$/),
      },
    ]);
  });

  test('is read page by page', async () => {
    const first = await fetch(`${control}/book?limit=1`);
    const after = Number(first.headers.get('x-last-line'));
    expect([(await first.text()).split('\n').length - 1, Number.isInteger(after) && after > 0]).toEqual([
      1,
      true,
    ]);
  });

  test.each(['UPDATE book SET amount_minor = 1', 'DELETE FROM book', 'TRUNCATE book'])(
    'refuses %s',
    async (statement) => {
      await expect(gateway.db.query(statement)).rejects.toThrow('append-only');
    },
  );
});

describe('a notification', () => {
  async function payWithFault(kind: string | null, listenerStatus: number | null = 200, more: object = {}) {
    const listener = await startListener(listenerStatus);
    await sendJson(`${control}/sites/EC`, { notificationUrl: listener.url, ...more }, {}, 'PATCH');
    if (kind)
      await sendJson(`${control}/faults`, {
        operation: 'notification',
        kind,
        ...(kind === 'delay' && { delayMs: 400 }),
      });
    const { requestId, processUrl } = await open(await site('EC'));
    await sendForm(`${processUrl}/pay`, card);
    const logged = await eventually(async () => {
      const { body } = await sendJson(`${control}/deliveries?requestId=${requestId}`, undefined, {}, 'GET');
      return body[0]?.deliveries.length > (kind === 'duplicate' ? 1 : 0) && body[0];
    });
    await listener.stop();
    return { requestId, heard: listener.heard, logged };
  }

  test('tells the end of a session once, signed', async () => {
    const { requestId, heard, logged } = await payWithFault(null);
    expect([logged.status, heard.map(({ body }) => JSON.parse(body))]).toEqual([
      'delivered',
      [
        {
          status: {
            status: 'APPROVED',
            reason: '00',
            message: 'La petición ha sido aprobada exitosamente',
            date: expect.any(String),
          },
          requestId,
          reference: 'ORD-7',
          signature: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        },
      ],
    ]);
  });

  test('carries the old signature where the site wants it', async () => {
    const { heard } = await payWithFault(null, 200, { algorithm: 'sha1' });
    await sendJson(`${control}/sites/EC`, { algorithm: 'sha256' }, {}, 'PATCH');
    expect(JSON.parse(heard[0]?.body ?? '').signature).toMatch(/^[0-9a-f]{40}$/);
  });

  test('that the merchant refuses is not sent again', async () => {
    const { heard, logged } = await payWithFault(null, 500);
    expect([heard.length, logged.status, logged.deliveries[0].httpStatus]).toEqual([1, 'failed', 500]);
  });

  test('can be lost', async () => {
    const { heard, logged } = await payWithFault('lose');
    expect([heard.length, logged.status]).toEqual([0, 'lost']);
  });

  test('can come twice', async () => {
    const { heard } = await payWithFault('duplicate');
    expect([heard.length, heard[0]?.body]).toEqual([2, heard[1]?.body]);
  });

  test('can come late', async () => {
    const { heard, logged } = await payWithFault('delay');
    expect([heard.length, logged.fault, logged.status]).toEqual([1, 'delay', 'delivered']);
  });

  test('can be forged: the same news under a signature of somebody else', async () => {
    const { heard, logged } = await payWithFault('forge');
    const told = JSON.parse(heard[0]?.body ?? '');
    expect([told.status, told.signature === logged.body.signature]).toEqual([logged.body.status, false]);
  });

  test('carries the clock of the request that ended the session', async () => {
    const listener = await startListener();
    await sendJson(`${control}/sites/EC`, { notificationUrl: listener.url }, {}, 'PATCH');
    const { processUrl } = await open(await site('EC'));
    const now = new Date(Date.now() + 60_000).toISOString();
    await sendForm(`${processUrl}/cancel`, {}, { 'x-practice-clock': now });
    await eventually(() => Promise.resolve(listener.heard.length > 0));
    await listener.stop();
    expect(listener.heard[0]?.headers['x-practice-clock']).toBe(now);
  });

  test('without an address is only written down', async () => {
    await sendJson(`${control}/sites/EC`, { notificationUrl: null }, {}, 'PATCH');
    const { requestId, processUrl } = await open(await site('EC'));
    await sendForm(`${processUrl}/cancel`, {});
    const { body } = await sendJson(`${control}/deliveries?requestId=${requestId}`, undefined, {}, 'GET');
    expect([body[0].status, body[0].deliveries]).toEqual(['no_address', []]);
  });

  test('that a crash interrupted is lost, one that it found waiting is sent', async () => {
    const listener = await startListener();
    await sendJson(`${control}/sites/CL`, { notificationUrl: listener.url }, {}, 'PATCH');
    await sendJson(`${control}/faults`, {
      operation: 'notification',
      kind: 'delay',
      delayMs: 300_000,
      count: 2,
      site: 'CL',
    });
    const sessions = [await open(await site('CL')), await open(await site('CL'))];
    for (const { processUrl } of sessions) await sendForm(`${processUrl}/cancel`, {});
    const ids = sessions.map(({ requestId }) => requestId);
    await eventually(async () => {
      const { rows } = await gateway.db.query(
        "SELECT 1 FROM notifications WHERE fault = 'delay' AND request_id = ANY($1)",
        [ids],
      );
      return rows.length === 2;
    });
    // As a crash leaves them: one on its way, one not yet begun.
    await gateway.db.query(
      `UPDATE notifications SET send_at = now(), status = CASE request_id WHEN $1 THEN 'sending' ELSE status END
       WHERE request_id = ANY($2)`,
      [ids[0], ids],
    );
    const restarted = await startApp(gateway.databaseUrl);
    const told = await eventually(async () => {
      const { rows } = await gateway.db.query<{ status: string }>(
        'SELECT status FROM notifications WHERE request_id = ANY($1) ORDER BY request_id',
        [ids],
      );
      return (
        rows.every(({ status }) => status === 'lost' || status === 'delivered') &&
        rows.map(({ status }) => status)
      );
    });
    await restarted.app.close();
    await listener.stop();
    expect([told, listener.heard.length]).toEqual([['lost', 'delivered'], 1]);
  });
});
