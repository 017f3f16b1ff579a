/**
 * Clients that nobody here wrote work against the practice gateway as they are: what they send is taken, and what is
 * answered is read by readers as strict as theirs.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANSWERS } from './foreign/answers.js';
import { CLIENTS } from './foreign/clients.js';
import type { ForeignClient } from './foreign/clients.js';
import { FAILURES } from './foreign/failures.js';
import { at, ForeignGateway } from './foreign/gateway.js';
import type { RawAnswer } from './foreign/gateway.js';
import { READERS } from './foreign/readers.js';
import type { Json } from './placetopay/golden-pair.js';
import { SHOP } from './placetopay/samples.js';

let gateway: ForeignGateway;
/** What was answered, by name. */
const answered = new Map<string, RawAnswer>();

beforeAll(async () => {
  gateway = await ForeignGateway.start();
});
afterAll(() => gateway.stop());

const BY_CLIENT = CLIENTS.map((client): [string, ForeignClient] => [client.name, client]);
const BY_READER = READERS.map((reader) => [reader.name, reader] as const);
const bodyOf = ({ text }: RawAnswer): Json => JSON.parse(text) as Json;

describe.each(BY_CLIENT)('%s', (_name, client) => {
  const call = (path: string, body: Json, seconds = 0, after = '') =>
    gateway.post(
      `${client.base}api/${path}${after}`,
      { auth: client.auth(SHOP, at(seconds)), ...body },
      seconds,
    );

  test('opens, is paid, asks, gives back and asks again', async () => {
    const opened = await call('session', client.order('WALK', at(0)), 0, client.after);
    const read = READERS.map((reader) => reader.opened(opened.text));
    const { requestId, processUrl } = bodyOf(opened) as { requestId: number; processUrl: string };
    await gateway.onPage({ site: SHOP, requestId, processUrl });
    const asked = await call(`session/${requestId}`, {}, 120, client.after);
    const { payment } = bodyOf(asked) as { payment: { internalReference: number }[] };
    // As text, as SDKs send it.
    const back = await call('reverse', { internalReference: String(payment[0]?.internalReference) }, 180);
    const again = await call(`session/${requestId}`, {}, 240);
    for (const reader of READERS) {
      expect([reader.session(asked.text), reader.acted(back.text), reader.session(again.text)]).toEqual([
        expect.objectContaining({
          requestId,
          state: 'APPROVED',
          attempts: [expect.objectContaining({ total: 12000, refunded: false })],
        }),
        { state: 'APPROVED', reference: 'WALK', total: 12000, refunded: false },
        expect.objectContaining({
          state: 'APPROVED',
          attempts: [expect.objectContaining({ refunded: true })],
        }),
      ]);
    }
    expect(read).toEqual(READERS.map(() => ({ requestId, processUrl })));
  });

  test('is told by name what is wrong with its credentials', async () => {
    const auth = client.auth({ ...SHOP, secretKey: 'another' }, at(0));
    const { http, text } = await gateway.post(`${client.base}api/session`, {
      auth,
      ...client.order('NO', at(0)),
    });
    expect([http, READERS.map((reader) => reader.failed(text))]).toEqual([
      401,
      READERS.map(() => ({ reason: '401', message: 'Autenticación fallida 102' })),
    ]);
  });
});

describe('an answer', () => {
  test.each(ANSWERS.map((each) => [each.name, each] as const))(
    'about %s is read by every client',
    async (name, each) => {
      const answer = await each.make(gateway);
      answered.set(name, answer);
      const read = READERS.map((reader) => reader.session(answer.text));
      expect([
        answer.http,
        read.map(({ state, reason, attempts, instrument }) => [
          state,
          reason,
          attempts.map((one) => one.state),
          instrument !== null,
        ]),
      ]).toEqual([200, READERS.map(() => [each.state, each.reason, each.attempts, each.isStored === true])]);
    },
  );

  test.each(FAILURES)('to %s is a failure that every client understands (%d)', async (name, http, make) => {
    const answer = await make(gateway);
    answered.set(name, answer);
    const read = READERS.map((reader) => reader.failed(answer.text).message.length > 0);
    expect([answer.http, read]).toEqual([http, READERS.map(() => true)]);
  });

  test.each(BY_READER)('that is wrong in one place is thrown out by the reader of %s', (_name, reader) => {
    const good = bodyOf(answered.get('an approval after a decline') as RawAnswer);
    const status = good.status as Json;
    const wrong: Json[] = [
      { ...good, payment: {} },
      { ...good, status: { ...status, reason: null } },
      { ...good, status: { ...status, message: null } },
      { ...good, requestId: 2 ** 31 },
      { ...good, request: null },
      { ...good, payment: [{ ...(good.payment as Json[])[0], amount: undefined }] },
      { ...good, payment: [{ ...(good.payment as Json[])[0], discount: { base: 1 } }] },
      { ...good, payment: [{ ...(good.payment as Json[])[0], processorFields: {} }] },
      { ...good, subscription: { status, type: 'token', instrument: {} } },
    ];
    const taken = wrong.filter((body) => {
      try {
        reader.session(JSON.stringify(body));
        return true;
      } catch {
        return false;
      }
    });
    expect(taken).toEqual([]);
  });

  test.each<[string, Json, string[]]>([
    ['an authorization that is a number', { authorization: 965960 }, ['Java', 'C#']],
    ['a receipt with letters', { receipt: 'A17' }, ['Java', 'C#']],
    ['refunded that is no boolean', { refunded: 'false' }, ['Java']],
    ['methods as a list', { paymentMethod: ['visa'] }, ['PHP']],
  ])('with %s is thrown out by those who would stumble', (_name, wrong, wanted) => {
    const good = bodyOf(answered.get('an approval by PSE') as RawAnswer);
    const body = JSON.stringify({ ...good, payment: [{ ...(good.payment as Json[])[0], ...wrong }] });
    const stumbled = READERS.filter((reader) => {
      try {
        reader.session(body);
        return false;
      } catch {
        return true;
      }
    });
    expect(stumbled.map(({ name }) => name)).toEqual(wanted);
  });

  test('without request.fields is lost to the reader of C#', () => {
    const good = bodyOf(answered.get('an approval by PSE') as RawAnswer);
    const body = JSON.stringify({ ...good, request: { ...(good.request as Json), fields: undefined } });
    expect(() => READERS[2]?.session(body)).toThrow('request.fields');
  });
});
