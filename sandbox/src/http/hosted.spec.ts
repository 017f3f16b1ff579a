import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  authOf,
  type PracticeGateway,
  practiceSites,
  type PracticeSite,
  sendForm,
  sendJson,
  startPracticeGateway,
} from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let co: PracticeSite;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  co = (await practiceSites(gateway.url)).CO as PracticeSite;
});
afterAll(() => gateway.stop());

const BACK = 'https://shop.example/back';
const buyer = {
  name: 'Ana',
  surname: 'Ruiz',
  email: 'ana@example.com',
  documentType: 'CC',
  document: '1020304050',
};

async function open(more: object = {}): Promise<{ requestId: number; processUrl: string }> {
  const { body } = await sendJson(`${gateway.url}/api/session`, {
    auth: authOf(co),
    payment: {
      reference: 'ORD-1',
      description: 'Taladro <b>13 mm</b>',
      amount: { currency: 'COP', total: 84500 },
    },
    buyer,
    returnUrl: BACK,
    ipAddress: '190.85.10.20',
    userAgent: 'Mozilla/5.0',
    ...more,
  });
  return body;
}

const query = async (requestId: number) =>
  (await sendJson(`${gateway.url}/api/session/${requestId}`, { auth: authOf(co) })).body;

const card = { number: '4110760000000081', expiry: '12/30', cvv: '123' };
const pay = (processUrl: string, more: Record<string, string> = {}, headers = {}) =>
  sendForm(`${processUrl}/pay`, { ...card, ...more }, headers);

async function look(address: string, headers: Record<string, string> = {}) {
  const answer = await fetch(address, { redirect: 'manual', headers });
  return {
    http: answer.status,
    location: answer.headers.get('location'),
    text: await answer.text(),
    headers: answer.headers,
  };
}

const later = (seconds: number) => ({
  'x-practice-clock': new Date(Date.now() + seconds * 1000).toISOString(),
});

const book = async (requestId: number): Promise<number> => {
  const { rows } = await gateway.db.query(
    'SELECT 1 FROM book JOIN transactions USING (internal_reference) WHERE request_id = $1',
    [requestId],
  );
  return rows.length;
};

describe('the page', () => {
  test('shows merchant, reference, description and amount, and what shops write is only text', async () => {
    const { text } = await look((await open()).processUrl);
    const shown = [
      'Ferretería La Candelaria',
      'ORD-1',
      'Taladro &lt;b&gt;13 mm&lt;/b&gt;',
      '84.500,00',
      'Pasarela de pruebas',
    ];
    expect(shown.filter((part) => !text.includes(part))).toEqual([]);
  });

  test('is in English for English payers', async () => {
    const { text } = await look((await open({ locale: 'en_US' })).processUrl);
    expect([
      text.includes('<html lang="en">'),
      text.includes('84,500.00'),
      text.includes('Test cards'),
    ]).toEqual([true, true, true]);
  });

  test('loads nothing from anywhere else and is not kept by anybody', async () => {
    const { text, headers } = await look((await open()).processUrl);
    const addresses = text.match(/(?:src|href)="[^"]*"/g);
    expect([addresses, headers.get('cache-control')]).toEqual([['href="data:,"'], 'no-store']);
  });

  test.each(['/session/1/00000000000000000000000000000000', '/session/abc/def'])(
    'at %s does not exist',
    async (path) => {
      const { http, text } = await look(gateway.url + path);
      expect([http, text.includes('Esta sesión no existe')]).toEqual([404, true]);
    },
  );

  test('of a session needs its secret', async () => {
    const { processUrl } = await open();
    const answers = [await look(`${processUrl.slice(0, -1)}g`), await pay(`${processUrl.slice(0, -1)}g`)];
    expect(answers.map(({ http }) => http)).toEqual([404, 404]);
  });

  test('says that time is over', async () => {
    const { text } = await look((await open()).processUrl, later(1900));
    expect(text).toContain('La sesión expiró');
  });
});

describe('paying', () => {
  test('with a good card leads to the result, and from there back to the shop', async () => {
    const { requestId, processUrl } = await open();
    const paid = await pay(processUrl);
    const { text } = await look(processUrl);
    expect([
      paid.http,
      paid.location,
      text.includes('Pago aprobado'),
      text.includes(`href="${BACK}"`),
      (await query(requestId)).status.status,
    ]).toEqual([303, processUrl, true, true, 'APPROVED']);
  });

  test('with skipResult leads straight back to the shop, even after a decline', async () => {
    const { processUrl } = await open({ skipResult: true });
    const declined = await pay(processUrl, { number: '4110760000000016' });
    const paid = await pay(processUrl);
    expect([declined.location, paid.location, (await look(processUrl)).location]).toEqual([BACK, BACK, BACK]);
  });

  test('after a decline shows the reason and lets the payer try again', async () => {
    const { requestId, processUrl } = await open();
    await pay(processUrl, { number: '4110760000000051' });
    const { text } = await look(processUrl);
    expect([
      text.includes('Fondos insuficientes (51)'),
      text.includes('Intentos que le quedan: 9'),
      (await query(requestId)).status.reason,
    ]).toEqual([true, true, 'PT']);
  });

  test('with a wrong form changes nothing, names the fields and forgets the card', async () => {
    const { requestId, processUrl } = await open();
    const { http, text } = await pay(processUrl, { expiry: '99', name: 'Eva' });
    expect([
      http,
      text.includes('12/30.'),
      text.includes('value="Eva"'),
      text.includes('value="4110'),
      (await query(requestId)).payment,
    ]).toEqual([422, true, true, false, null]);
  });

  test('ten times in vain ends the session', async () => {
    const { requestId, processUrl } = await open();
    for (let attempt = 0; attempt < 11; attempt += 1) await pay(processUrl, { number: '4110760000000016' });
    const { status, payment } = await query(requestId);
    expect([status.status, status.reason, payment.length]).toEqual(['REJECTED', 'XN', 10]);
  });

  test('with a pending card waits, and takes no second attempt meanwhile', async () => {
    const { requestId, processUrl } = await open();
    await pay(processUrl, { number: '4110760000000073' });
    await pay(processUrl);
    const { text } = await look(processUrl);
    expect([
      text.includes('Estamos esperando'),
      (await query(requestId)).payment.length,
      await book(requestId),
    ]).toEqual([true, 1, 0]);
  });

  test('with a form sent twice counts once', async () => {
    const { requestId, processUrl } = await open();
    const form = { number: '4110760000000016', attempt: '0' };
    await Promise.all([pay(processUrl, form), pay(processUrl, form)]);
    expect((await query(requestId)).payment.length).toBe(1);
  });

  test('from many browsers at once is one payment', async () => {
    const { requestId, processUrl } = await open();
    const answers = await Promise.all(Array.from({ length: 8 }, () => pay(processUrl)));
    const { payment } = await query(requestId);
    expect([answers.every(({ http }) => http === 303), payment.length, await book(requestId)]).toEqual([
      true,
      1,
      1,
    ]);
  });

  test('after the session has expired is not possible', async () => {
    const { requestId, processUrl } = await open();
    const { location } = await pay(processUrl, {}, later(1900));
    expect([location, (await query(requestId)).status.reason]).toEqual([processUrl, 'EX']);
  });

  test('leaves no card number behind', async () => {
    const { processUrl } = await open();
    await pay(processUrl, { number: '4111111111111111' });
    const { rows } = await gateway.db.query<{ text: string }>(
      `SELECT (SELECT json_agg(a)::text FROM transactions a) || (SELECT json_agg(s)::text FROM sessions s) AS text`,
    );
    expect(rows[0]?.text).not.toMatch(/4111111111111111|"12\/30"/);
  });
});

describe('not wanting to go on', () => {
  test('leads back to the shop by the way for those who cancel', async () => {
    const { requestId, processUrl } = await open({ cancelUrl: 'https://shop.example/cancelled' });
    const { http, location } = await sendForm(`${processUrl}/cancel`, {});
    expect([http, location, (await query(requestId)).status.reason]).toEqual([
      303,
      'https://shop.example/cancelled',
      '?C',
    ]);
  });

  test('leads to the return address where there is no such way', async () => {
    expect((await sendForm(`${(await open()).processUrl}/cancel`, {})).location).toBe(BACK);
  });

  test('is too late once an attempt is pending or the session is over', async () => {
    const [waiting, paid] = [await open(), await open()];
    await pay(waiting.processUrl, { number: '4110760000000073' });
    await pay(paid.processUrl);
    await Promise.all([waiting, paid].map(({ processUrl }) => sendForm(`${processUrl}/cancel`, {})));
    const states = [await query(waiting.requestId), await query(paid.requestId)];
    expect(states.map(({ status }) => status.status)).toEqual(['PENDING', 'APPROVED']);
  });

  test('and paying at the same moment end as one of the two', async () => {
    const { requestId, processUrl } = await open();
    await Promise.all([sendForm(`${processUrl}/cancel`, {}), pay(processUrl)]);
    const { status } = await query(requestId);
    expect(await book(requestId)).toBe(status.status === 'APPROVED' ? 1 : 0);
  });
});
