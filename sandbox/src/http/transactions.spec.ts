import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Merchant } from '../testing/merchant.js';
import { type PracticeGateway, startPracticeGateway } from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let ec: Merchant;
let pr: Merchant;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  [ec, pr] = (await Promise.all(['EC', 'PR'].map((code) => Merchant.at(gateway, code)))) as [
    Merchant,
    Merchant,
  ];
});
afterAll(() => gateway.stop());

const DAY = 86_400;
const checkin = (form?: Record<string, string>) => ec.paid({}, { type: 'checkin' }, form);
const facts = ({ http, body }: { http: number; body: { status: { status: string; reason: string } } }) =>
  `${http} ${body.status.status}/${body.status.reason}`;

describe('a preauthorization', () => {
  test('reserves, is changed, and is taken, each step with its own number and line', async () => {
    const held = await checkin();
    const raised = await ec.act('reauthorization', held.internalReference, 150);
    const taken = await ec.act('checkout', raised.body.payment.internalReference, 120);
    const numbers = [
      held.internalReference,
      raised.body.payment.internalReference,
      taken.body.payment.internalReference,
    ];
    expect([
      [raised, taken].map(facts),
      taken.body.payment.amount.from,
      new Set(numbers).size,
      await ec.money(held),
      (await ec.query(held)).body.payment.length,
    ]).toEqual([
      ['200 APPROVED/00', '200 APPROVED/00'],
      { currency: 'USD', total: 120 },
      3,
      ['checkin 10000', 'reauthorization 15000', 'checkout 12000'],
      1,
    ]);
  });

  test('shows one number for the whole chain under the switch, and gives the capture back by it', async () => {
    await ec.under({ internalReferences: 'same' }, async () => {
      const held = await checkin();
      const taken = await ec.act('checkout', held.internalReference, 100);
      const back = await ec.act('reverse', held.internalReference);
      expect([taken.body.payment.internalReference, facts(back), await ec.money(held)]).toEqual([
        held.internalReference,
        '200 APPROVED/00',
        ['checkin 10000', 'checkout 10000', 'reverse 10000'],
      ]);
    });
  });

  test('of nothing lets go', async () => {
    const held = await checkin();
    const { body } = await ec.act('checkout', held.internalReference, 0);
    expect([body.status.status, body.payment.amount.from.total, await ec.money(held)]).toEqual([
      'APPROVED',
      0,
      ['checkin 10000', 'release 10000'],
    ]);
  });

  test('that is reversed lets go, and says so when it is reversed again', async () => {
    const held = await checkin();
    const answers = [
      await ec.act('reverse', held.internalReference),
      await ec.act('reverse', held.internalReference),
    ];
    expect([
      answers.map(facts),
      (await ec.query(held)).body.payment[0].refunded,
      await ec.money(held),
    ]).toEqual([['200 APPROVED/00', '400 FAILED/BR'], true, ['checkin 10000', 'release 10000']]);
  });

  test('is taken once, however many ask at once', async () => {
    const held = await checkin();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ec.act('checkout', held.internalReference, 100)),
    );
    expect([answers.map(facts).sort(), await ec.money(held)]).toEqual([
      ['200 APPROVED/00', ...Array<string>(4).fill('400 FAILED/request_not_valid')],
      ['checkin 10000', 'checkout 10000'],
    ]);
  });

  test.each([
    ['request_not_valid', '400 FAILED/request_not_valid'],
    ['br', '400 FAILED/BR'],
    ['rejected', '200 REJECTED/13'],
  ])('refuses a second capture in the wording of its site: %s', async (secondCheckout, wanted) => {
    const held = await checkin();
    await ec.act('checkout', held.internalReference, 100);
    const again = await ec.under({ secondCheckout }, () => ec.act('checkout', held.internalReference, 100));
    expect([facts(again), (await ec.money(held)).length]).toEqual([wanted, 2]);
  });

  test('cannot be taken when its time is over', async () => {
    const held = await checkin();
    expect(facts(await ec.act('checkout', held.internalReference, 100, 31 * DAY))).toBe(
      '400 FAILED/request_not_valid',
    );
  });

  test.each([
    ['in Puerto Rico not at all', 'PR', {}, 150],
    ['only upwards where the provider says so', 'EC', { increaseOnly: true }, 99],
  ])('is changed %s', async (_what, code, switches, total) => {
    const of = code === 'PR' ? pr : ec;
    const held = await of.paid({}, { type: 'checkin' });
    const answer = await of.under(switches, () => of.act('reauthorization', held.internalReference, total));
    expect([facts(answer), await of.money(held)]).toEqual([
      '400 FAILED/request_not_valid',
      ['checkin 10000'],
    ]);
  });

  test.each([
    [true, '200 APPROVED/00'],
    [false, '400 FAILED/request_not_valid'],
  ])('may be taken beyond the hold: %s', async (overCapture, wanted) => {
    const held = await checkin();
    const answer = await ec.under({ overCapture }, () => ec.act('checkout', held.internalReference, 130));
    expect(facts(answer)).toBe(wanted);
  });

  test('that the issuer does not raise stays as it was', async () => {
    const held = await checkin({ number: '4110760000000057' });
    const refused = await ec.act('reauthorization', held.internalReference, 250);
    const taken = await ec.act('checkout', held.internalReference, 100);
    expect([facts(refused), facts(taken)]).toEqual(['200 REJECTED/61', '200 APPROVED/00']);
  });
});

describe('a refund', () => {
  test('of everything happens once, however many ask at once', async () => {
    const session = await ec.paid();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ec.act('reverse', session.internalReference)),
    );
    expect([answers.map(facts).sort(), await ec.money(session)]).toEqual([
      ['200 APPROVED/00', ...Array<string>(4).fill('400 FAILED/BR')],
      ['payment 10000', 'reverse 10000'],
    ]);
  });

  test('of parts never gives back more than was taken, however many ask at once', async () => {
    const session = await ec.paid();
    await Promise.all(
      Array.from({ length: 6 }, () => ec.act('reverse', session.internalReference, 30, 2 * DAY)),
    );
    const back = (await ec.book(session)).filter(({ kind }) => kind === 'reverse');
    expect(back.map(({ amountMinor }) => amountMinor)).toEqual([3000, 3000, 3000]);
  });

  test('leaves the session as it ended, but for what it says of refunds', async () => {
    const session = await ec.paid();
    await ec.act('reverse', session.internalReference, 30, 2 * DAY);
    const { body } = await ec.query(session, 3 * DAY);
    expect([body.status.status, body.payment.length, body.payment[0].refunded]).toEqual([
      'APPROVED',
      1,
      true,
    ]);
  });

  test.each([
    ['refused', '400 FAILED/request_not_valid', []],
    ['voids_whole', '200 APPROVED/00', ['reverse 10000']],
  ])('of a part before settlement is read by the site: %s', async (earlyPartialRefund, wanted, money) => {
    const session = await ec.paid();
    const answer = await ec.under({ earlyPartialRefund }, () =>
      ec.act('reverse', session.internalReference, 30),
    );
    expect([facts(answer), (await ec.money(session)).slice(1)]).toEqual([wanted, money]);
  });

  test('that is refused is BR for every reason under the switch', async () => {
    const session = await ec.paid();
    const answers = await ec.under({ refundRefusal: 'br' }, async () => [
      await ec.act('reverse', session.internalReference, 30),
      await ec.act('reverse', 1),
    ]);
    expect(answers.map(facts)).toEqual(['400 FAILED/BR', '400 FAILED/BR']);
  });

  test.each(['12x', '', undefined, 0])('of %j is refused by its reference', async (internalReference) => {
    const { http, body } = await ec.call('reverse', { internalReference });
    expect([http, body.status.reason]).toEqual([400, '0']);
  });

  test('is none of another merchant’s business', async () => {
    const session = await ec.paid();
    expect([facts(await pr.act('reverse', session.internalReference)), await ec.money(session)]).toEqual([
      '400 FAILED/request_not_valid',
      ['payment 10000'],
    ]);
  });

  test('by the older route is the same', async () => {
    const session = await ec.paid();
    const { body } = await ec.call('reverse', { internalReference: String(session.internalReference) }, 200);
    expect([
      body.status.status,
      body.payment.refunded,
      body.payment.internalReference === session.internalReference,
    ]).toEqual(['APPROVED', false, false]);
  });

  test('that the network declines leaves the money where it is', async () => {
    const session = await ec.paid();
    await ec.control('faults', { operation: 'payment', kind: 'decline', reason: '91', site: 'EC' });
    const answer = await ec.act('reverse', session.internalReference);
    expect([facts(answer), await ec.money(session)]).toEqual(['200 REJECTED/91', ['payment 10000']]);
  });
});

describe('the network of the confirmation flow', () => {
  const toConfirm = { metadata: { requiresConfirmation: true } };

  test.each([
    ['a declined card', { number: '4110760000000016' }, 'REJECTED', '05', '05'],
    ['an unknown card', { number: '4999999999999995' }, 'REJECTED', '14', '14'],
    ['an expired card', { expiry: '01/26' }, 'REJECTED', '54', '54'],
    ['a technical failure', { number: '4110760000000065' }, 'FAILED', 'BR', 'XH'],
  ])('tells of %s on confirming, not before', async (_name, form, status, reason, own) => {
    await ec.under({ confirmation: true }, async () => {
      const session = await ec.paid({}, toConfirm, form);
      const captured = (await ec.query(session)).body;
      const { http, body } = await ec.act('confirm', session.internalReference);
      const after = (await ec.query(session, 300)).body.status;
      expect([
        captured.payment[0].status.status,
        [http, body.status.status, body.status.reason, body.payment.status.reason],
        [after.status, after.reason],
        await ec.money(session),
      ]).toEqual(['PENDING_CONFIRMATION', [200, status, reason, own], ['REJECTED', 'XN'], []]);
    });
  });

  test('keeps a planned answer for the confirmation', async () => {
    await ec.under({ confirmation: true }, async () => {
      await ec.control('faults', { operation: 'payment', kind: 'decline', reason: '51', site: 'EC' });
      const session = await ec.paid({}, toConfirm);
      const { body } = await ec.act('confirm', session.internalReference);
      expect([body.status.status, body.status.reason]).toEqual(['REJECTED', '51']);
    });
  });
});
