import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { Merchant } from '../testing/merchant.js';
import {
  eventually,
  type PracticeGateway,
  startListener,
  startPracticeGateway,
} from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let co: Merchant;
let ec: Merchant;
let ear: Awaited<ReturnType<typeof startListener>>;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  ear = await startListener();
  [co, ec] = (await Promise.all(['CO', 'EC'].map((code) => Merchant.at(gateway, code)))) as [
    Merchant,
    Merchant,
  ];
});
afterAll(async () => {
  await ear.stop();
  await gateway.stop();
});
afterEach(() => co.control('clock', { offsetMs: 0 }));

const DAY_MS = 86_400_000;
const monthly = (more: object = {}) => ({
  recurring: { periodicity: 'M', interval: 1, maxPeriods: 3, notificationUrl: ear.url, ...more },
});

interface Charge {
  internalReference: number;
  at: string;
  status: string;
  reason: string;
}

async function recurrence({ requestId }: { requestId: number }) {
  const { body } = await co.control(`recurrences?requestId=${requestId}`, undefined, 'GET');
  return body[0] as {
    id: number;
    state: string;
    periodsDone: number;
    triesMade: number;
    nextAt: string;
    charges: Charge[];
  };
}

/** Jumps ahead and waits until so many charges are made. */
async function after(days: number, session: { requestId: number }, charges: number) {
  await co.control('clock', { advanceMs: days * DAY_MS });
  return eventually(async () => {
    const found = await recurrence(session);
    return found.charges.length >= charges && found;
  });
}

describe('a recurrence', () => {
  test('charges every period on its day, and ends with the last', async () => {
    const session = await co.paid(monthly());
    const done = await after(100, session, 3);
    expect([
      done.state,
      done.nextAt,
      done.charges.map(({ at, status }) => `${status} ${new Date(at).toISOString().slice(0, 10)}`),
      await co.money(session),
    ]).toEqual([
      'finished',
      null,
      ['APPROVED 2026-04-02', 'APPROVED 2026-05-02', 'APPROVED 2026-06-02'],
      ['payment 10000', 'recurring 10000', 'recurring 10000', 'recurring 10000'],
    ]);
  });

  test('tells every charge once, signed, without a requestId', async () => {
    const session = await co.paid(monthly({ maxPeriods: 1 }));
    const done = await after(32, session, 1);
    const { internalReference } = done.charges[0] as Charge;
    const news = await eventually(async () =>
      ear.heard
        .map(({ body }) => JSON.parse(body))
        .find((told) => told.internalReference === internalReference),
    );
    const { status, signature, ...others } = news;
    const text = `${internalReference}${status.status}${status.date}${co.site.secretKey}`;
    const wanted = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    expect([status.date, others, signature]).toEqual([
      '2026-04-02T03:00:00-05:00',
      { internalReference, reference: 'ORD-1', recurring: { tries: 1, enabled: 0 } },
      wanted,
    ]);
  });

  test('lacks balance on four days and is over', async () => {
    const session = await co.paid(monthly());
    const { id } = await recurrence(session);
    await co.control(`recurrences/${id}/next-outcomes`, { outcomes: ['51', '51', '51', '51'] });
    const done = await after(40, session, 4);
    expect([done.state, done.charges.map(({ at }) => new Date(at).toISOString().slice(0, 10))]).toEqual([
      'failed',
      ['2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05'],
    ]);
  });

  test('recovers and keeps to its calendar', async () => {
    const session = await co.paid(monthly({ maxPeriods: 2 }));
    const { id } = await recurrence(session);
    await co.control(`recurrences/${id}/next-outcomes`, { outcomes: ['51', '00'] });
    const done = await after(70, session, 3);
    expect(
      done.charges.map(({ at, reason }) => `${new Date(at).toISOString().slice(0, 10)} ${reason}`),
    ).toEqual(['2026-04-02 51', '2026-04-03 00', '2026-05-02 00']);
  });

  test('is ended by staff, and only once', async () => {
    const session = await co.paid(monthly());
    const { id } = await recurrence(session);
    const answers = [
      await co.control(`recurrences/${id}/cancel`, {}),
      await co.control(`recurrences/${id}/cancel`, {}),
    ];
    await co.control('clock', { advanceMs: 60 * DAY_MS });
    expect([
      answers.map(({ http }) => http),
      answers[0]?.body.state,
      (await recurrence(session)).charges,
    ]).toEqual([[200, 409], 'cancelled', []]);
  });

  test('of which a charge is given back', async () => {
    const session = await co.paid(monthly({ maxPeriods: 1 }));
    const done = await after(32, session, 1);
    const { body } = await co.act('reverse', done.charges[0]?.internalReference ?? 0, undefined, 40 * 86_400);
    expect([body.status.status, (await co.money(session)).at(-1)]).toEqual(['APPROVED', 'reverse 10000']);
  });
});

describe('staff in the console', () => {
  const news = async ({ requestId }: { requestId: number }): Promise<number> =>
    (await ec.control(`deliveries?requestId=${requestId}`, undefined, 'GET')).body.length;

  test('give money back, in part and whole, and no merchant is told', async () => {
    const session = await ec.paid();
    await ec.control('clock', { advanceMs: DAY_MS });
    const path = `transactions/${session.internalReference}/refund`;
    const answers = [
      await ec.control(path, { amountMinor: 2500 }),
      await ec.control(path, {}),
      await ec.control(path, {}),
    ];
    expect([
      answers.map(({ http }) => http),
      await ec.money(session),
      (await ec.query(session)).body.payment[0].refunded,
      await news(session),
    ]).toEqual([[200, 200, 409], ['payment 10000', 'reverse 2500', 'reverse 7500'], true, 1]);
  });

  test('let a hold go', async () => {
    const session = await ec.paid({}, { type: 'checkin' });
    const { http } = await ec.control(`transactions/${session.internalReference}/release`, {}, 'POST', 200);
    const { body } = await ec.control('holds?site=EC', undefined, 'GET');
    expect([http, body[0], await ec.money(session)]).toEqual([
      200,
      expect.objectContaining({
        internalReference: session.internalReference,
        state: 'released',
        amountMinor: 10000,
      }),
      ['checkin 10000', 'release 10000'],
    ]);
  });

  test('cancel what waits for its confirmation, silently', async () => {
    await ec.under({ confirmation: true }, async () => {
      const session = await ec.paid({}, { metadata: { requiresConfirmation: true } });
      await ec.control(`transactions/${session.internalReference}/cancel`, {}, 'POST', 200);
      const { status } = (await ec.control(`sessions/${session.requestId}`, undefined, 'GET')).body;
      expect([status.status, status.reason, await news(session)]).toEqual(['REJECTED', '?C', 0]);
    });
  });

  test('see holds let go by themselves, on the day that was planned', async () => {
    const session = await ec.paid({}, { type: 'checkin' });
    await ec.control('clock', { advanceMs: 30 * DAY_MS });
    const lines = await eventually(async () => {
      const found = await ec.money(session);
      return found.length === 2 && found;
    });
    const { body } = await ec.control('holds?site=EC', undefined, 'GET');
    expect([lines, body[0].releaseAt]).toEqual([
      ['checkin 10000', 'release 10000'],
      '2026-04-01T15:16:31.000Z',
    ]);
  });

  test.each([
    ['GET', 'sessions/1', undefined, 404, 'no such session'],
    [
      'POST',
      'recurrences/1/next-outcomes',
      { outcomes: ['??????'] },
      400,
      expect.stringContaining('outcomes:'),
    ],
    ['POST', 'recurrences/999/next-outcomes', { outcomes: [] }, 404, 'no such recurrence'],
    ['POST', 'transactions/1/refund', {}, 409, 'The transaction does not exist'],
    ['POST', 'transactions/x/refund', {}, 404, 'internalReference: must be a number'],
    ['POST', 'transactions/1/refund', { amountMinor: 0 }, 400, expect.stringContaining('amountMinor:')],
  ])('are told what makes no sense: %s %s %j', async (method, path, body, http, error) => {
    expect(await ec.control(path, body, method)).toEqual({ http, body: { error } });
  });
});

describe('the switches of a site', () => {
  test.each([
    [
      { duplicateCollect: 'twice' },
      'duplicateCollect: must be one of earlier, earlier_208, refused_400, rejected, earlier_blocks_rejected',
    ],
    [{ validationStatus: 500 }, 'validationStatus: must be one of 400, 200'],
    [{ overCapture: 'yes' }, 'overCapture: must be true or false'],
    [{ settlementHour: 24 }, 'settlementHour: must be a whole number from 0 to 23'],
  ])('%j are refused by name', async (switches, error) => {
    expect(await co.control('sites/CO', switches, 'PATCH')).toEqual({ http: 400, body: { error } });
  });

  test('stand at the house rules in a site that nobody has touched', async () => {
    const { body } = await co.control('sites', undefined, 'GET');
    expect(body.find(({ site }: { site: string }) => site === 'CL')).toMatchObject({
      maxDispersions: 3,
      confirmation: false,
      duplicateCollect: 'earlier',
      expiredReason: 'EX',
      validationStatus: 400,
      holdDays: 30,
    });
  });

  test('may answer a request that is not valid with 200', async () => {
    const { http, body } = await co.under({ validationStatus: 200 }, () =>
      co.call('session', { payment: 5 }),
    );
    expect([http, body.status.status, body.status.reason]).toEqual([200, 'FAILED', 'request_not_valid']);
  });
});
