import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, Merchant } from '../testing/merchant.js';
import { type PracticeGateway, sendForm, startPracticeGateway } from '../testing/practice-gateway.js';

let gateway: PracticeGateway;
let co: Merchant;
let ec: Merchant;
let pr: Merchant;

beforeAll(async () => {
  gateway = await startPracticeGateway();
  [co, ec, pr] = (await Promise.all(['CO', 'EC', 'PR'].map((code) => Merchant.at(gateway, code)))) as [
    Merchant,
    Merchant,
    Merchant,
  ];
});
afterAll(() => gateway.stop());

const word = async (of: Merchant, session: { requestId: number }, seconds?: number): Promise<string> => {
  const { status } = (await of.query(session, seconds)).body;
  return `${status.status}/${status.reason}`;
};

describe('a partial payment', () => {
  test('is paid in parts, each of its own amount, and approved with the last', async () => {
    const session = await co.open({ allowPartial: true });
    await co.pay(session, { amount: '30.50' });
    const between = await word(co, session);
    await co.pay(session, {});
    const { body } = await co.query(session);
    expect([
      between,
      body.status.status,
      body.payment.map((one: { amount: { from: { total: number } } }) => one.amount.from.total),
      await co.money(session),
    ]).toEqual(['APPROVED_PARTIAL/P0', 'APPROVED', [69.5, 30.5], ['payment 3050', 'payment 6950']]);
  });

  test.each(['0', '100.01', '-5', 'all'])('takes no part of %s', async (amount) => {
    const session = await co.open({ allowPartial: true });
    expect([(await co.pay(session, { amount })).http, (await co.query(session)).body.payment]).toEqual([
      422,
      null,
    ]);
  });

  test('from many browsers at once is never paid beyond its total', async () => {
    const session = await co.open({ allowPartial: true });
    await Promise.all(Array.from({ length: 6 }, () => co.pay(session, { amount: '40' })));
    const taken = (await co.book(session)).reduce((sum, line) => sum + line.amountMinor, 0);
    expect([taken, await word(co, session)]).toEqual([8000, 'APPROVED_PARTIAL/P0']);
  });

  test('that is given up ends with what was paid, by the way for those who cancel', async () => {
    const session = await co.open({ allowPartial: true }, { cancelUrl: 'https://shop.example/no' });
    await co.pay(session, { amount: '30' });
    const { location } = await sendForm(`${session.processUrl}/cancel`, {}, at(90));
    expect([location, await word(co, session)]).toEqual(['https://shop.example/no', 'PARTIAL_EXPIRED/PX']);
  });

  test('shows what is paid and what is left', async () => {
    const session = await co.open({ allowPartial: true });
    await co.pay(session, { amount: '30' });
    const text = await (await fetch(session.processUrl, { headers: at(90) })).text();
    expect(['Falta por pagar', '70,00', 'value="70"'].filter((part) => !text.includes(part))).toEqual([]);
  });
});

describe('a merchant who cancels', () => {
  const cancel = ({ requestId }: { requestId: number }) => co.call(`session/${requestId}/cancel`, {}, 100);

  test('ends a pending session', async () => {
    const { http, body } = await cancel(await co.open());
    expect([http, body.status.status, body.status.reason, body.session.status]).toEqual([
      200,
      'OK',
      '00',
      {
        status: 'REJECTED',
        reason: 'MC',
        message: 'La petición ha sido cancelada por el comercio',
        date: '2026-03-02T10:17:11-05:00',
      },
    ]);
  });

  test.each([
    ['paid', {}, { number: '4110760000000081' }],
    ['being paid', {}, { number: '4110760000000073' }],
    ['paid in part', { allowPartial: true }, { amount: '1' }],
  ])('is too late for a session that is %s', async (_what, payment, form) => {
    const session = await co.open(payment);
    await co.pay(session, form, 95);
    const { http, body } = await cancel(session);
    expect([http, body.status.status, body.status.reason]).toEqual([400, 'FAILED', 'action_not_allowed']);
  });

  test('and a payer who pays at the same moment come to one of the two', async () => {
    const session = await co.open();
    await Promise.all([cancel(session), co.pay(session, {}, 100)]);
    const { status } = (await co.query(session)).body;
    expect(await co.money(session)).toEqual(status.status === 'APPROVED' ? ['payment 10000'] : []);
  });
});

describe('a dispersion', () => {
  const part = (total: number, more: object = {}) => ({
    agreement: 29,
    agreementType: 'MERCHANT',
    amount: { currency: 'USD', total },
    ...more,
  });
  const three = {
    amount: { currency: 'USD', total: 400 },
    dispersion: [part(100), part(250), part(50, { agreement: '' })],
  };

  test('writes a line for each approved part, and none for the whole', async () => {
    const session = await ec.paid(three);
    const lines = await ec.book(session);
    expect([
      lines.map(({ kind, amountMinor, parent }) => [kind, amountMinor, parent === session.internalReference]),
      await word(ec, session),
    ]).toEqual([
      [
        ['payment', 10000, true],
        ['payment', 25000, true],
        ['payment', 5000, true],
      ],
      'APPROVED/00',
    ]);
  });

  test('of which a part is rejected ends half paid', async () => {
    const session = await ec.paid(three, {}, { number: '4110760000000057' });
    const { payment } = (await ec.query(session)).body;
    expect([
      await word(ec, session),
      payment[0].status.status,
      payment[0].dispersion.map((one: { status: { reason: string } }) => one.status.reason),
      payment[0].authorization === payment[0].dispersion[0].authorization,
      await ec.money(session),
    ]).toEqual(['PARTIAL_EXPIRED/PX', 'APPROVED_PARTIAL', ['00', '61', '?C'], true, ['payment 10000']]);
  });

  test('that is reversed gives every part back, once', async () => {
    const session = await ec.paid(three);
    const first = await ec.act('reverse', session.internalReference);
    const second = await ec.act('reverse', session.internalReference);
    const { payment } = (await ec.query(session)).body;
    expect([
      [first.http, first.body.payment.amount.from.total],
      [second.http, second.body.status.reason],
      payment[0].refunded,
      payment[0].dispersion.map(({ refunded }: { refunded: boolean }) => refunded),
      (await ec.money(session)).slice(3),
    ]).toEqual([
      [200, 400],
      [400, 'BR'],
      true,
      [true, true, true],
      ['reverse 10000', 'reverse 25000', 'reverse 5000'],
    ]);
  });

  test('of which one part is reversed leaves the others for the whole', async () => {
    const session = await ec.paid(three);
    const { payment } = (await ec.query(session)).body;
    await ec.act('reverse', payment[0].dispersion[1].internalReference);
    const rest = await ec.act('reverse', session.internalReference);
    expect([rest.body.payment.amount.from.total, (await ec.money(session)).slice(3)]).toEqual([
      150,
      ['reverse 25000', 'reverse 10000', 'reverse 5000'],
    ]);
  });
});

describe('the confirmation flow', () => {
  const captured = { metadata: { requiresConfirmation: true } };

  test('moves money when it is confirmed, not before, and once', async () => {
    await co.under({ confirmation: true }, async () => {
      const session = await co.paid({}, captured);
      const before = [await word(co, session), await co.money(session)];
      const answers = await Promise.all([
        co.act('confirm', session.internalReference),
        co.act('confirm', session.internalReference),
      ]);
      expect([
        before,
        answers.map(({ http }) => http).sort(),
        await word(co, session),
        await co.money(session),
      ]).toEqual([['PENDING/PT', []], [200, 400], 'APPROVED/00', ['payment 10000']]);
    });
  });

  test('is over when its window is', async () => {
    await co.under({ confirmation: true, confirmationMinutes: 60 }, async () => {
      const session = await co.paid({}, captured);
      const { http, body } = await co.act('confirm', session.internalReference, undefined, 3_700);
      expect([http, body.status.reason, await word(co, session, 3_700)]).toEqual([
        400,
        'transaction_request_error',
        'REJECTED/EX',
      ]);
    });
  });

  test('is told apart from every other session', async () => {
    const session = await co.paid();
    const { body } = await co.act('confirm', session.internalReference, undefined, 200);
    expect(body.status.message).toBe('La acción [confirm] no está disponible para esta sesión');
  });
});

describe('methods that are no card', () => {
  test.each([
    ['approved', 'APPROVED/00', ['payment 10000']],
    ['rejected', 'PENDING/PT', []],
    ['pending', 'APPROVED/00', ['payment 10000']],
    ['expired', 'PENDING/PT', []],
  ])('PSE ends as the tester says: %s', async (outcome, wanted, money) => {
    const session = await co.open();
    await sendForm(`${session.processUrl}/pay`, { method: 'pse', bank: '9999', outcome }, at(60));
    const { body } = await co.query(session, 125);
    expect([
      `${body.status.status}/${body.status.reason}`,
      body.payment[0].paymentMethod,
      body.payment[0].franchise,
      body.payment[0].issuerName,
      await co.money(session),
    ]).toEqual([wanted, 'pse', '_PSE_', 'Placetopay Bank', money]);
  });

  test('PSE without an outcome leads to the bank’s page, which takes no card along', async () => {
    const session = await co.open();
    const { http, text } = await co.pay(session, { method: 'pse', bank: '9999' });
    expect([http, text.includes('value="approved"'), text.includes('4110')]).toEqual([200, true, false]);
  });

  test('PSE is offered in Colombia only', async () => {
    const session = await ec.open();
    const form = { method: 'pse', bank: '9999', outcome: 'approved' };
    expect((await sendForm(`${session.processUrl}/pay`, form, at(60))).http).toBe(422);
  });

  test.each([
    ['+19391111114', 'APPROVED/00'],
    ['+19391111119', 'PENDING/PT'],
    ['+19391111118', 'PENDING/PT'],
    ['+17875550000', 'APPROVED/00'],
  ])('ATH Móvil answers by the phone: %s', async (mobile, wanted) => {
    const session = await pr.open();
    await sendForm(`${session.processUrl}/pay`, { method: 'ath', mobile }, at(60));
    expect(await word(pr, session)).toBe(wanted);
  });

  test('ATH Móvil that is never answered keeps its session open beyond its expiry', async () => {
    const session = await pr.open();
    await sendForm(`${session.processUrl}/pay`, { method: 'ath', mobile: '+19391111118' }, at(60));
    expect(await word(pr, session, 1e6)).toBe('PENDING/PT');
  });
});

describe('what a payer is asked', () => {
  test.each([
    ['123456', 'APPROVED/00'],
    ['000000', 'APPROVED/00'],
    ['654321', 'PENDING/PT'],
  ])('the one-time password %s of a card that wants one', async (otp, wanted) => {
    const session = await co.open();
    const asked = await co.pay(session, { number: '5903090000000000' });
    await co.pay(session, { number: '5903090000000000', otp });
    expect([asked.http, await word(co, session)]).toEqual([422, wanted]);
  });

  test.each([
    ['55555', 'APPROVED/00', 200, 'APPROVED'],
    ['44444', 'PENDING/PT', 400, undefined],
    ['33333', 'APPROVED/00', 200, 'REJECTED'],
  ])('the address with postal code %s', async (postalCode, wanted, http, reversed) => {
    const payer = { name: 'Ana', surname: 'Ruiz', email: 'ana@example.com', address: { postalCode } };
    const session = await pr.paid({}, { payer });
    const answer = await pr.act('reverse', session.internalReference);
    expect([await word(pr, session), answer.http, answer.body.payment?.status.status]).toEqual([
      wanted,
      http,
      reversed,
    ]);
  });

  test.each([
    ['yes', 8],
    ['', undefined],
  ])('whether the card may be saved: %s', async (subscribe, fields) => {
    const session = await co.open({ subscribe: true });
    await co.pay(session, { subscribe });
    expect((await co.query(session)).body.subscription?.instrument.length).toBe(fields);
  });

  test('a recurring payment takes credit cards only', async () => {
    const session = await co.open({ recurring: { periodicity: 'M', interval: 1, maxPeriods: 2 } });
    expect((await co.pay(session, { number: '6759649826438453' })).http).toBe(422);
  });
});
