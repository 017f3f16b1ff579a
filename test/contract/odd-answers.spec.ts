import { describe, expect, it } from '@jest/globals';
import { json, OPEN, useRig, type Respond } from './rig.js';

const rig = useRig();

const status = (state: string, reason = '00') => ({
  status: state,
  reason,
  message: 'x',
  date: '2026-03-02T10:21:07-05:00',
});
const amount = (total: unknown, currency = 'COP') => ({
  from: { currency, total },
  to: { currency, total },
  factor: 1,
});
const session = (overrides: object = {}) => ({
  requestId: 4821,
  status: status('PENDING', 'PC'),
  request: { payment: { reference: 'ORD-1001', amount: { currency: 'COP', total: 84500 } } },
  payment: null,
  subscription: null,
  ...overrides,
});
const paid = (overrides: object = {}, around: object = {}) =>
  session({
    payment: [
      {
        status: status('APPROVED'),
        internalReference: 700001,
        reference: 'ORD-1001',
        amount: amount(84500),
        ...overrides,
      },
    ],
    ...around,
  });

/** A dispersion of two parts. */
const dispersed = (overrides: object = {}) =>
  session({
    status: status('APPROVED'),
    request: {
      payment: {
        reference: 'ORD-1001',
        amount: { currency: 'COP', total: 84500 },
        dispersion: [{ amount: { currency: 'COP', total: 84500 } }],
      },
    },
    payment: [
      {
        status: status('APPROVED'),
        internalReference: 700001,
        reference: 'ORD-1001',
        amount: amount(84500),
        ...overrides,
      },
    ],
  });

/** Whatever may have reached the gateway and came back as less than a whole answer leaves us knowing nothing. */
const UNKNOWN: [string, Respond][] = [
  ['a dropped connection', (response) => response.destroy()],
  ['an empty 204', (response) => response.writeHead(204).end()],
  ['an empty 200', (response) => response.writeHead(200).end()],
  ['an HTML error page', (response) => response.writeHead(500).end('<h1>Oops</h1>')],
  ['an HTML page with status 200', (response) => response.writeHead(200).end('<h1>Mantenimiento</h1>')],
  ['a 500 with an envelope', json(500, { status: status('FAILED', '0') })],
  ['a 500 that says APPROVED', json(500, paid({}, { status: status('APPROVED') }))],
  ['a 503 with an envelope', json(503, { status: status('FAILED', '0') })],
  ['a 429 with an envelope', json(429, { status: status('FAILED', 'RM') })],
  ['a 400 without an envelope', json(400, { error: 'bad' })],
  ['a 400 that says APPROVED', json(400, paid({}, { status: status('APPROVED') }))],
  ['a redirect', (response) => response.writeHead(302, { location: 'https://gateway.invalid/' }).end()],
  ['JSON cut in the middle', (response) => response.writeHead(200).end('{"status":{"status":"APPROVED"')],
  [
    'a body shorter than it says',
    (response) => response.writeHead(200, { 'content-length': '500' }).end('{}'),
  ],
  ['a whole answer of more than 2 MB', json(200, paid({}, { padding: 'x'.repeat(2_000_000) }))],
  ['an array', json(200, [1, 2])],
  ['JSON null', json(200, null)],
  ['no envelope', json(200, { requestId: 4821 })],
  ['a status that is a word', json(200, { ...session(), status: 'APPROVED' })],
  [
    'a status without a date',
    json(200, { ...session(), status: { status: 'PENDING', reason: 'PC', message: 'x' } }),
  ],
  ['a date that is none', json(200, session({ status: { ...status('APPROVED'), date: 'ayer' } }))],
  ['a session of another number', json(200, session({ requestId: 4822 }))],
  ['a session without a number', json(200, session({ requestId: null }))],
  ['a state nobody documented', json(200, session({ status: status('MAYBE') }))],
  ['a call’s OK in place of a state', json(200, session({ status: status('OK') }))],
  ['a session that asks for nothing', json(200, session({ request: {} }))],
  ['a request that is missing', json(200, session({ request: null }))],
  ['a currency we do not know', json(200, paid({ amount: amount(84500, 'XTS') }))],
  ['more decimals than the currency has', json(200, paid({ amount: amount(84500.123) }))],
  ['a negative amount', json(200, paid({ amount: amount(-84500) }))],
  ['an amount that is no number', json(200, paid({ amount: amount('mucho') }))],
  ['an amount in exponents', json(200, paid({ amount: amount('8.45e4') }))],
  ['an amount too large to be exact', json(200, paid({ amount: amount('99999999999999999') }))],
  ['a transaction without an amount', json(200, paid({ amount: undefined }))],
  ['a transaction without a number', json(200, paid({ internalReference: null }))],
  ['a transaction without a reference', json(200, paid({ reference: undefined }))],
  ['a transaction without a status', json(200, paid({ status: undefined }))],
  ['payment as an object', json(200, session({ payment: { status: status('APPROVED') } }))],
  ['processorFields as a map', json(200, paid({ processorFields: { lastDigits: '1111' } }))],
  ['an approved dispersion without its parts', json(200, dispersed())],
  ['parts as an object', json(200, dispersed({ dispersion: { status: status('APPROVED') } }))],
  [
    'subscription.instrument as an object',
    json(200, session({ subscription: { instrument: { token: 'x' } } })),
  ],
];

describe('our adapter knows nothing after', () => {
  it.each(UNKNOWN)('%s', async (_name, act) => {
    rig.answer(act);
    expect((await rig.gateway.querySession(rig.credentials(), '4821')).kind).toBe('unknown');
  });

  it('a creation that was answered with a redirect, and does not follow it', async () => {
    rig.answer((response) => response.writeHead(307, { location: `${rig.base()}/elsewhere` }).end());
    const answer = await rig.gateway.createSession(rig.credentials(), OPEN);
    expect([answer.kind, rig.seen.length]).toEqual(['unknown', 1]);
  });
});

const CONFIRM = {
  action: 'confirm' as const,
  internalReference: '700001',
  reference: 'ORD-1001',
  amount: null,
  locale: 'es_CO',
};
const acted = (overrides: object = {}, around: object = {}) => ({
  status: status('APPROVED'),
  payment: {
    status: status('APPROVED'),
    internalReference: 700001,
    reference: 'ORD-1001',
    amount: amount(84500),
    ...overrides,
  },
  ...around,
});

describe('of a confirmation our adapter says', () => {
  it.each<[string, string, Respond]>([
    ['unknown', 'when the answer is about another order', json(200, acted({ reference: 'ORD-1002' }))],
    ['unknown', 'when the answer is about another payment', json(200, acted({ internalReference: 700002 }))],
    ['unknown', 'when the payment comes as a list', json(200, { ...acted(), payment: [acted().payment] })],
    ['unknown', 'when a 500 says that it is approved', json(500, acted())],
    ['unknown', 'when the amount cannot be read', json(200, acted({ amount: amount('1e3') }))],
    ['unknown', 'when the connection is dropped', (response) => response.destroy()],
    ['unknown', 'when there is an OK and no payment', json(200, { status: status('OK') })],
    ['refused', 'when it failed with HTTP 200 and no payment', json(200, { status: status('FAILED', 'BR') })],
    [
      'refused',
      'when HTTP 400 says why',
      json(400, { status: status('FAILED', 'transaction_request_error') }),
    ],
    ['refused', 'when our credentials are refused', json(401, { status: status('FAILED', '401') })],
    [
      'unknown',
      'when the call says that it failed and its payment that it is approved',
      json(200, acted({}, { status: status('FAILED', 'BR') })),
    ],
  ])('%s %s', async (kind, _case, respond) => {
    rig.answer(respond);
    expect((await rig.gateway.operate(rig.credentials(), CONFIRM)).kind).toBe(kind);
  });
});

describe('of a cancelled session our adapter says', () => {
  it.each<[string, string, Respond]>([
    ['unknown', 'when the session is missing', json(200, { status: status('OK') })],
    [
      'unknown',
      'when it is another session',
      json(200, { status: status('OK'), session: session({ requestId: 1 }) }),
    ],
    [
      'refused',
      'when it may not be cancelled',
      json(400, { status: status('FAILED', 'action_not_allowed') }),
    ],
    ['notFound', 'when there is none', json(404, { status: status('FAILED', 'request_not_valid') })],
    ['session', 'what it is then', json(200, { status: status('OK'), session: session() })],
  ])('%s %s', async (kind, _case, respond) => {
    rig.answer(respond);
    expect((await rig.gateway.cancelSession(rig.credentials(), '4821')).kind).toBe(kind);
  });
});

describe('our adapter knows that nothing was sent when', () => {
  it('nobody listens there', async () => {
    const credentials = { ...rig.credentials(), baseUrl: 'http://127.0.0.1:1' };
    expect(await rig.gateway.createSession(credentials, OPEN)).toEqual({
      kind: 'unsent',
      why: 'ECONNREFUSED',
    });
  });

  it('the name does not exist', async () => {
    const credentials = { ...rig.credentials(), baseUrl: 'http://gateway.invalid' };
    expect((await rig.gateway.createSession(credentials, OPEN)).kind).toBe('unsent');
  });
});

describe('our adapter tolerates', () => {
  it.each<[string, object]>([
    ['fields it does not know', paid({ novelty: { deep: [1] } })],
    ['amounts as text', paid({ amount: amount('84500.00') })],
    ['numbers as text', { ...paid({ internalReference: '700001' }), requestId: '4821' }],
    ['an authorization of digits', paid({ authorization: 965960 })],
    ['a missing issuer', paid({ issuerName: null })],
    ['a receipt of letters', paid({ receipt: 'R-1' })],
    ['no processorFields at all', paid({ processorFields: null })],
    ['a request without fields', paid({}, {})],
    ['a status without a reason', paid({}, { status: { ...status('PENDING'), reason: null } })],
    [
      'a recurrence it cannot read',
      paid(
        {},
        {
          request: {
            payment: { reference: 'ORD-1001', amount: { currency: 'COP', total: 84500 }, recurring: 'M' },
          },
        },
      ),
    ],
    [
      'a payer full of nulls',
      paid({}, { request: { ...session().request, payer: { name: null, mobile: 300123 } } }),
    ],
  ])('%s', async (_name, body) => {
    rig.answer(json(200, body));
    const answer = await rig.gateway.querySession(rig.credentials(), '4821');
    expect(answer.kind === 'session' && answer.session.attempts[0]).toMatchObject({
      state: 'approved',
      fromMinor: 8_450_000,
    });
  });

  it('a transaction state it does not know, as unknown', async () => {
    rig.answer(json(200, paid({ status: status('DISPUTE') })));
    const answer = await rig.gateway.querySession(rig.credentials(), '4821');
    expect(answer.kind === 'session' && answer.session.attempts[0]?.state).toBe('unknown');
  });

  it('a card’s validity as month and year, as no date that anybody may misread', async () => {
    const instrument = [
      { keyword: 'token', value: 'a'.repeat(64) },
      { keyword: 'validUntil', value: '12/29' },
    ];
    const subscription = { type: 'token', status: status('OK'), instrument };
    rig.answer(json(200, session({ request: { subscription: { reference: 'SUB-7' } }, subscription })));
    const answer = await rig.gateway.querySession(rig.credentials(), '4821');
    expect(answer.kind === 'session' && answer.session.instrument?.validUntil).toBeNull();
  });
});

describe('what is kept of an answer', () => {
  it('holds no token, no person, no address to pay at', async () => {
    const body = {
      ...paid({ processorFields: [{ keyword: 'token', value: 'T0K3N' }] }),
      request: {
        ...session().request,
        payer: { name: 'Ana', document: '1020304050' },
        fields: [{ keyword: '_processUrl_', value: 'https://pay.example/x' }],
      },
      subscription: {
        type: 'token',
        status: status('OK'),
        instrument: [
          { keyword: 'token', value: 'T0K3N' },
          { keyword: 'subtoken', value: 'SUBT0K3N' },
        ],
      },
    };
    rig.answer(json(200, body));
    const answer = await rig.gateway.querySession(rig.credentials(), '4821');
    const kept = JSON.stringify(answer.kind === 'session' && answer.session.evidence);
    expect(kept).not.toMatch(/T0K3N|Ana|1020304050|pay\.example/);
  });
});
