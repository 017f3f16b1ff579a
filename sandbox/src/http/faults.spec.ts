import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { drawNumber } from '../platform/faults.js';
import { ANA, Merchant } from '../testing/merchant.js';
import type { Opened } from '../testing/merchant.js';
import {
  eventually,
  type PracticeGateway,
  startApp,
  startListener,
  startPracticeGateway,
} from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let co: Merchant;
let ec: Merchant;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  [co, ec] = [await Merchant.at(gateway, 'CO'), await Merchant.at(gateway, 'EC')];
});
afterAll(() => gateway.stop());
afterEach(() => co.control('faults', undefined, 'DELETE'));

const arm = (operation: string, kind: string, more: object = {}) =>
  co.control('faults', { operation, kind, ...more });
const armed = async (): Promise<{ operation: string; draws: number }[]> =>
  (await co.control('faults', undefined, 'GET')).body;
const giveBack = (internalReference: number) => ec.act('reverse', internalReference);

describe('a fault of a call', () => {
  test('error_500_after acts and answers an internal error', async () => {
    const session = await ec.paid();
    await arm('transaction.reverse', 'error_500_after');
    const { http, body } = await giveBack(session.internalReference);
    expect([http, body.status.status, body.status.reason, (await ec.money(session)).at(-1)]).toEqual([
      500,
      'FAILED',
      'XH',
      'reverse 10000',
    ]);
  });

  test('rate_limited answers 429 with the envelope and does nothing', async () => {
    const session = await ec.paid();
    await arm('transaction.reverse', 'rate_limited');
    const { http, body } = await giveBack(session.internalReference);
    expect([http, Object.keys(body.status), body.status.reason, await ec.money(session)]).toEqual([
      429,
      ['status', 'reason', 'message', 'date'],
      'RM',
      ['payment 10000'],
    ]);
  });

  test('not_json acts and answers a page', async () => {
    const session = await ec.paid();
    await arm('transaction.reverse', 'not_json');
    await expect(giveBack(session.internalReference)).rejects.toThrow(SyntaxError);
    expect((await ec.money(session)).at(-1)).toBe('reverse 10000');
  });

  test('other_reference speaks of another order, of which nothing is stored', async () => {
    const session = await ec.paid();
    await arm('session.query', 'other_reference');
    const references = ({ body }: Awaited<ReturnType<Merchant['query']>>): string[] => [
      body.request.payment.reference,
      body.payment[0].reference,
    ];
    const [wrong, right] = [await ec.query(session), await ec.query(session)];
    expect([references(wrong), references(right)]).toEqual([
      ['XORD-1', 'XORD-1'],
      ['ORD-1', 'ORD-1'],
    ]);
  });

  test.each([
    ['other_amount', 101],
    ['less_amount', 99],
  ])('%s speaks of another amount than it moved', async (kind, told) => {
    const session = await ec.paid();
    await arm('transaction.reverse', kind);
    const { body } = await giveBack(session.internalReference);
    expect([body.payment.amount.from.total, (await ec.money(session)).at(-1)]).toEqual([
      told,
      'reverse 10000',
    ]);
  });

  test('frozen_refunded hides what went back', async () => {
    const session = await ec.paid();
    await giveBack(session.internalReference);
    await arm('session.query', 'frozen_refunded');
    const seen = [await ec.query(session, 300), await ec.query(session, 300)];
    expect(seen.map(({ body }) => [body.status.status, body.payment[0].refunded])).toEqual([
      ['APPROVED', false],
      ['APPROVED', true],
    ]);
  });
});

describe('a fault by chance', () => {
  const strikes = async (merchant: Merchant, times: number): Promise<boolean[]> => {
    const struck: boolean[] = [];
    for (let call = 0; call < times; call += 1) {
      struck.push((await merchant.call('session/1', {})).http === 500);
    }
    return struck;
  };
  const wanted = (seed: number, probability: number, from: number, times: number): boolean[] =>
    Array.from({ length: times }, (_, index) => drawNumber(seed, from + index + 1) < probability);

  test('strikes as its seed draws, again after a restart where it was, until it is cleared', async () => {
    await arm('session.query', 'error_500', { probability: 0.4, seed: 7 });
    const before = await strikes(co, 6);
    const other = await startApp(gateway.databaseUrl);
    const after = await strikes(await Merchant.at({ ...gateway, url: other.url }, 'CO'), 6);
    await other.app.close();
    const { draws } = (await armed())[0] ?? {};
    await co.control('faults', undefined, 'DELETE');
    expect([[...before, ...after], draws, await strikes(co, 3)]).toEqual([
      wanted(7, 0.4, 0, 12),
      12,
      [false, false, false],
    ]);
  });

  test('of another site is not drawn', async () => {
    await arm('session.query', 'error_500', { probability: 1, site: 'EC' });
    expect([await strikes(co, 2), await strikes(ec, 2), (await armed())[0]?.draws]).toEqual([
      [false, false],
      [true, true],
      2,
    ]);
  });

  test('has a seed of its own when nobody chose one', async () => {
    const { body } = await arm('session.query', 'error_500', { probability: 0.5 });
    expect([body.remaining, body.probability, Number.isInteger(body.seed)]).toEqual([null, 0.5, true]);
  });

  test('strikes about as often as it says', () => {
    const struck = wanted(1, 0.3, 0, 10_000).filter(Boolean).length;
    expect([struck > 2_800, struck < 3_200]).toEqual([true, true]);
  });

  test('strikes payments too', async () => {
    await arm('payment', 'decline', { probability: 1, reason: '51', site: 'EC' });
    const session = await ec.paid();
    const { body } = await ec.query(session);
    expect(body.payment[0].status.reason).toBe('51');
  });
});

describe('the menu', () => {
  test.each<[object, string]>([
    [{ operation: 'collect', kind: 'slow' }, 'delayMs: must be a whole number from 1 to 200000'],
    [
      { operation: 'collect', kind: 'slow', delayMs: 200_001 },
      'delayMs: must be a whole number from 1 to 200000',
    ],
    [{ operation: 'collect', kind: 'malformed', delayMs: 5 }, 'delayMs: only for slow and delay'],
    [
      { operation: 'collect', kind: 'malformed', probability: 2 },
      'probability: must be a number from 0 to 1',
    ],
    [
      { operation: 'collect', kind: 'malformed', probability: 0.1, count: 3 },
      'count: not together with probability',
    ],
    [{ operation: 'collect', kind: 'malformed', seed: 3 }, 'seed: only with probability'],
    [
      { operation: 'collect', kind: 'malformed', reason: '51' },
      'reason: must be a reason code, and only for decline',
    ],
    [
      { operation: 'gateway.token', kind: 'other_amount' },
      expect.stringMatching(/^kind: must be one of drop_before/) as unknown as string,
    ],
    [
      { operation: 'collect', kind: 'frozen_refunded' },
      expect.stringMatching(/^kind: /) as unknown as string,
    ],
    [{ operation: 'collect', kind: 'malformed', colour: 'red' }, 'colour: no such field'],
  ])('refuses %j by name', async (fault, error) => {
    expect(await co.control('faults', fault)).toEqual({ http: 400, body: { error } });
  });

  test('takes the longest silence', async () => {
    expect((await arm('collect', 'slow', { delayMs: 200_000 })).http).toBe(201);
  });

  test.each([
    ['faults?operation=collect', ['session.query']],
    ['faults?site=EC', ['session.query', 'collect']],
    ['faults?operation=collect&site=CO', ['session.query', 'collect']],
  ])('is cleared in part by DELETE %s', async (path, left) => {
    await arm('session.query', 'malformed');
    await arm('collect', 'malformed', { site: 'CO' });
    await arm('collect', 'malformed', { site: 'EC' });
    if (path.includes('site=EC')) await arm('session.query', 'malformed', { site: 'EC' });
    await co.control(path, undefined, 'DELETE');
    expect((await armed()).map(({ operation }) => operation)).toEqual(left);
  });

  test('clears nothing of an operation that does not exist', async () => {
    const { http, body } = await co.control('faults?operation=x', undefined, 'DELETE');
    expect([http, body.error]).toEqual([400, expect.stringMatching(/^operation: /)]);
  });
});

describe('a notification out of order', () => {
  test('swaps places with the next of its site', async () => {
    const listener = await startListener();
    await ec.control('sites/EC', { notificationUrl: listener.url }, 'PATCH');
    await arm('notification', 'reorder', { site: 'EC' });
    const opened: Opened[] = [];
    for (const reference of ['ONE', 'TWO', 'THREE']) {
      opened.push(await ec.open({ reference, amount: { currency: 'USD', total: 1 } }, { payer: ANA }));
    }
    for (const [index, session] of opened.entries()) {
      await fetch(`${session.processUrl}/cancel`, { method: 'POST', redirect: 'manual' });
      // The third only once the pair is through, so that there is an order to speak of.
      if (index === 1) await eventually(async () => listener.heard.length === 2);
    }
    await eventually(async () => listener.heard.length === 3);
    await listener.stop();
    expect(listener.heard.map(({ body }) => JSON.parse(body).reference)).toEqual(['TWO', 'ONE', 'THREE']);
  });
});
