import { describe, expect, test } from '@jest/globals';
import { Refusal, refuseUnstorable } from './refusal.js';
import { readSessionRequest, type SessionRequest } from './session-request.js';

const CONTEXT = {
  locale: 'es_CO',
  zone: 'America/Bogota',
  country: 'CO',
  currency: 'COP',
  maxDispersions: 3,
  confirmation: false,
  now: new Date('2026-03-02T15:15:31.400Z'),
};

type Fields = Record<string, unknown>;

const body = (more: Fields = {}, payment: Fields = {}): Fields => ({
  payment: { reference: 'ORD-1001', amount: { currency: 'COP', total: 84500 }, ...payment },
  returnUrl: 'https://shop.example/back',
  ipAddress: '190.85.10.20',
  userAgent: 'Mozilla/5.0',
  ...more,
});

const read = (more?: Fields, payment?: Fields): SessionRequest =>
  readSessionRequest(body(more, payment), CONTEXT).request;

function refusal(more?: Fields, payment?: Fields): string | null {
  try {
    read(more, payment);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return `${error.reason} ${error.field} ${error.rule}`;
    throw error;
  }
}

const person = { name: 'Ana', surname: 'Ruiz', email: 'ana@example.com' };

const cop = (total: unknown, more: Fields = {}) => ({ amount: { currency: 'COP', total, ...more } });
const parts = (...list: Fields[]) => ({ dispersion: list });
const monthly = { periodicity: 'M', interval: '1', maxPeriods: '12' };
const recurring = (more: Fields) => ({ recurring: { ...monthly, ...more } });
const air = { agreementType: 'AIRLINE', ...cop(40000) };

/** What each kind of payment forbids (protocol 8.1 to 8.4, 8.9). */
const KINDS: [string, Fields, Fields][] = [
  ['request_not_valid payment.allowPartial notWith', {}, { allowPartial: true, recurring: monthly }],
  ['request_not_valid payment.allowPartial notWith', {}, { allowPartial: 'true', ...parts(cop(84500)) }],
  ['request_not_valid payment.allowPartial notWith', { type: 'checkin' }, { allowPartial: true }],
  ['request_not_valid payment.dispersion notWith', { type: 'checkin' }, parts(cop(84500))],
  ['request_not_valid payment.recurring notWith', { type: 'checkin' }, { recurring: monthly }],
  [
    'request_not_valid payment.amount.taxes notInPartial',
    {},
    { allowPartial: true, ...cop(84500, { taxes: [{ kind: 'ice', amount: 1 }] }) },
  ],
  [
    'request_not_valid payment.amount.details insideParts',
    {},
    { ...parts(cop(84500)), ...cop(84500, { details: [{ kind: 'tip', amount: 1 }] }) },
  ],
  ['max_dispersion_error payment.dispersion maxDispersions', {}, parts(cop(1), cop(1), cop(1), cop(84497))],
  ['request_not_valid payment.dispersion dispersionSum', {}, parts(cop(40000), cop(44500.01))],
  [
    'request_not_valid payment.dispersion[1].amount.currency sameCurrency',
    {},
    parts(cop(40000), cop(44500, { currency: 'USD' })),
  ],
  [
    'request_not_valid payment.dispersion[0].agreement numeric',
    {},
    parts({ ...cop(84500), agreement: 'x1' }),
  ],
  [
    'request_not_valid payment.dispersion[0].agreementType oneOf',
    {},
    parts({ ...cop(84500), agreementType: 'BUS' }),
  ],
  ['request_not_valid payment.dispersion oneAirline', {}, parts(air, { ...air, ...cop(44500) })],
  ['request_not_valid payment.dispersion[1].amount.total positive', {}, parts(cop(84500), cop(0))],
  ['request_not_valid payment.recurring.periodicity oneOf', {}, recurring({ periodicity: 'W' })],
  ['request_not_valid payment.recurring.interval atLeast', {}, recurring({ interval: 0 })],
  ['request_not_valid payment.recurring.interval whole', {}, recurring({ interval: '1.5' })],
  ['request_not_valid payment.recurring.maxPeriods required', {}, recurring({ maxPeriods: undefined })],
  ['request_not_valid payment.recurring.nextPayment future', {}, recurring({ nextPayment: '2026-03-02' })],
  ['request_not_valid payment.recurring.nextPayment day', {}, recurring({ nextPayment: '2026-02-30' })],
  ['request_not_valid payment.recurring.notificationUrl url', {}, recurring({ notificationUrl: 'x' })],
];

describe('a request is refused by the name of its field', () => {
  const amount = (total: unknown, currency: unknown = 'COP') => ({ amount: { currency, total } });
  test.each<[string, Fields, Fields]>([
    ['request_not_valid payment required', { payment: undefined }, {}],
    ['request_not_valid payment, subscription onePurpose', { subscription: { reference: 'x' } }, {}],
    ['request_not_valid autopay notSupported', { payment: null, autopay: { action: 'CREATE' } }, {}],
    ['request_not_valid type notSupported', { type: 'autopay' }, {}],
    ['request_not_valid type oneOf', { type: 'checkout' }, {}],
    [
      'request_not_valid type notWith',
      { payment: null, subscription: { reference: 'x' }, type: 'checkin' },
      {},
    ],
    [
      'request_not_valid subscription.reference required',
      { payment: null, subscription: { fields: [] } },
      {},
    ],
    ['request_not_valid ipAddress required', { ipAddress: undefined }, {}],
    ['request_not_valid ipAddress tooLong', { ipAddress: '1'.repeat(47) }, {}],
    ['request_not_valid userAgent required', { userAgent: '' }, {}],
    ['request_not_valid userAgent tooLong', { userAgent: 'x'.repeat(256) }, {}],
    ['request_not_valid returnUrl required', { returnUrl: null }, {}],
    ['request_not_valid returnUrl url', { returnUrl: 'javascript:alert(1)' }, {}],
    ['request_not_valid cancelUrl url', { cancelUrl: 'nowhere' }, {}],
    ['request_not_valid expiration instant', { expiration: 'tomorrow' }, {}],
    ['request_not_valid expiration tooSoon', { expiration: '2026-03-02T15:20:31Z' }, {}],
    ['request_not_valid paymentMethod string', { paymentMethod: ['visa'] }, {}],
    ['request_not_valid paymentMethod noMethod', { paymentMethod: 'safetypay' }, {}],
    ['request_not_valid skipResult boolean', { skipResult: 'perhaps' }, {}],
    ['request_not_valid metadata.initiatorIndicator oneOf', { metadata: { initiatorIndicator: 'ME' } }, {}],
    [
      'request_not_valid metadata.requiresConfirmation confirmationOff',
      { metadata: { requiresConfirmation: true } },
      {},
    ],
    ['payer_data_not_valid payer.name tooLong', { payer: { name: 'x'.repeat(61) } }, {}],
    ['payer_data_not_valid payer.name cardNumber', { payer: { name: 'Ana 4111 1111 1111 1111' } }, {}],
    ['payer_data_not_valid payer.email tooLong', { payer: { email: `${'x'.repeat(80)}@x.co` } }, {}],
    ['payer_data_not_valid payer.email email', { payer: { email: 'ana' } }, {}],
    ['request_not_valid payer.document document', { payer: { documentType: 'CC', document: 'abc' } }, {}],
    ['request_not_valid payer object', { payer: 'Ana' }, {}],
    ['request_not_valid payment.reference required', {}, { reference: undefined }],
    ['request_not_valid payment.reference tooLong', {}, { reference: 'x'.repeat(33) }],
    ['request_not_valid payment.reference characters', {}, { reference: '<b>' }],
    ['request_not_valid payment.description tooLong', {}, { description: 'x'.repeat(256) }],
    ['request_not_valid payment.amount required', {}, { amount: undefined }],
    ['request_not_valid payment.amount.currency currency', {}, amount(1, 'XXX')],
    ['request_not_valid payment.amount.currency required', {}, amount(1, null)],
    ['request_not_valid payment.amount.total required', {}, amount(null)],
    ['request_not_valid payment.amount.total number', {}, amount('84.500,5')],
    ['request_not_valid payment.amount.total positive', {}, amount(0)],
    ['request_not_valid payment.amount.total positive', {}, amount(-5)],
    ['request_not_valid payment.amount.total positive', {}, amount(0.4, 'CLP')],
    ['request_not_valid payment.amount.total tooLarge', {}, amount(1e12)],
    ...KINDS,
    ['request_not_valid fields list', { fields: {} }, {}],
    ['request_not_valid fields[0].keyword required', { fields: [{ value: 1 }] }, {}],
    ['request_not_valid payment.items[0].price number', {}, { items: [{ price: 'free' }] }],
  ])('%s', (wanted, more, payment) => {
    expect(refusal(more, payment)).toBe(wanted);
  });
});

describe('a request is put in order before it is stored', () => {
  test('the flags of a payment are written out', () => {
    expect(read().payment).toEqual({
      reference: 'ORD-1001',
      amount: { currency: 'COP', total: 84500 },
      allowPartial: false,
      subscribe: false,
    });
  });

  test('an expiration that came is echoed as it came', () => {
    expect(read({ expiration: '2026-03-02T16:00:00.000Z' }).expiration).toBe('2026-03-02T16:00:00.000Z');
  });

  test('without an expiration it lasts half an hour', () => {
    expect(read().expiration).toBe('2026-03-02T10:45:31-05:00');
  });

  test.each([undefined, null, 'es', 'ES_co', 'es_CO_x', 5])(
    'the locale %j is replaced by the site’s',
    (locale) => {
      expect(read({ locale }).locale).toBe('es_CO');
    },
  );

  test('only the first 50 items stay, and their long texts are cut', () => {
    const item = {
      sku: 's'.repeat(31),
      name: 'n'.repeat(121),
      category: 'simple',
      qty: '1.0000',
      price: '940',
      tax: '89.3',
    };
    const items = read({}, { items: Array.from({ length: 60 }, () => item) }).payment?.items;
    expect([items?.length, items?.[49]]).toEqual([
      50,
      {
        sku: 's'.repeat(30),
        name: 'n'.repeat(120),
        category: 'simple',
        qty: '1.0000',
        price: 940,
        tax: 89.3,
      },
    ]);
  });

  test('taxes and details of unknown kinds are dropped, the others rounded', () => {
    const amount = {
      currency: 'COP',
      total: '84500',
      taxes: [
        { kind: 'valueAddedTax', amount: '13491.595', base: 71008.4 },
        { kind: 'windowTax', amount: 1 },
      ],
      details: [
        { kind: 'shipping', amount: 5 },
        { kind: 'bribe', amount: 5 },
      ],
    };
    expect(read({}, { amount }).payment?.amount).toEqual({
      currency: 'COP',
      total: 84500,
      taxes: [{ kind: 'valueAddedTax', amount: 13491.6, base: 71008.4 }],
      details: [{ kind: 'shipping', amount: 5 }],
    });
  });

  test('of a repeated keyword the first stays, and no session has more than 50 fields', () => {
    const many = (prefix: string) =>
      Array.from({ length: 40 }, (_, index) => ({ keyword: `${prefix}${index}`, value: index }));
    const request = read(
      { fields: [{ keyword: 'a0', value: 'first' }, ...many('a')] },
      { fields: many('b') },
    );
    expect([request.fields[0], request.fields.length, request.payment?.fields?.length]).toEqual([
      { keyword: 'a0', value: 'first', displayOn: 'none' },
      40,
      10,
    ]);
  });

  test('what is wrong with a buyer is left out silently', () => {
    const buyer = { ...person, name: 'x'.repeat(61), email: `${'x'.repeat(80)}@x.co`, mobile: 3001234567 };
    expect(read({ buyer }).buyer).toEqual({ surname: 'Ruiz', mobile: '3001234567' });
  });

  test('addresses are cut to their limits, and whole names of states stay', () => {
    const address = {
      city: 'c'.repeat(40),
      postalCode: '1'.repeat(12),
      street: 's'.repeat(200),
      state: 'Antioquia',
      phone: '',
    };
    expect(read({ payer: { ...person, address } }).payer?.address).toEqual({
      state: 'Antioquia',
      city: 'c'.repeat(30),
      postalCode: '1'.repeat(10),
      street: 's'.repeat(128),
    });
  });

  test('what official clients send and nobody asked for is no reason to refuse', () => {
    const more = {
      captureAddress: false,
      provider: null,
      payer: [],
      metadata: [],
      type: '',
      autopay: null,
      unknown: 1,
    };
    expect(refusal(more, { recurring: null, dispersion: [], fields: [], items: null })).toBeNull();
  });
});

describe('each kind of payment is put in order', () => {
  test('a recurrence has numbers, whatever was sent', () => {
    expect(read({}, recurring({ nextPayment: '2026-03-31', dueDate: null })).payment?.recurring).toEqual({
      periodicity: 'M',
      interval: 1,
      maxPeriods: 12,
      nextPayment: '2026-03-31',
    });
  });

  test('a part of a dispersion carries what it shares with the whole, and no empty agreement', () => {
    const first = { ...cop('40000.004'), agreement: '29', agreementType: 'MERCHANT' };
    const { payment } = read({}, { description: 'Two', ...parts(first, { ...cop(44500), agreement: '' }) });
    const shared = { reference: 'ORD-1001', description: 'Two', allowPartial: false, subscribe: false };
    expect(payment?.dispersion).toEqual([
      { ...shared, amount: { currency: 'COP', total: 40000 }, agreement: 29, agreementType: 'MERCHANT' },
      { ...shared, amount: { currency: 'COP', total: 44500 }, agreementType: 'MERCHANT' },
    ]);
  });
});

test.each([
  ['payment.reference characters', { payment: { reference: 'a\0b' } }],
  ['fields.0.value characters', { fields: [{ value: '\0' }] }],
])('%s: what no database can hold is refused', (wanted, value) => {
  let told = '';
  try {
    refuseUnstorable(value);
  } catch (error) {
    told = error instanceof Refusal ? `${error.field} ${error.rule}` : '';
  }
  expect(told).toBe(wanted);
});
