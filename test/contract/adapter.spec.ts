import 'reflect-metadata';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayCaller } from '../../server/src/gateways/caller.js';
import type { AttemptSnapshot, Credentials, OpenRequest } from '../../server/src/gateways/gateway.port.js';
import { PlacetoPayGateway } from '../../server/src/gateways/placetopay/placetopay.gateway.js';
import { termsOf } from '@recaudo/shared';
import { Clock } from '../../server/src/platform/clock.js';
import { GOLDEN_PAIRS, type GoldenPair, type Understood } from './placetopay/index.js';

/** Answers every call with what the test says; real HTTP, so that the adapter is tested down to its sockets. */
let respond: (response: ServerResponse) => void;
let server: Server;
let base: string;
let seen: { path: string; body: Record<string, unknown> }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      seen.push({ path: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> });
      respond(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await caller.onApplicationShutdown();
  await new Promise((resolve) => server.close(resolve));
});

const caller = new GatewayCaller(new Clock());
const gateway = new PlacetoPayGateway(caller, new Clock());
const credentials = (): Credentials => ({
  baseUrl: base,
  login: 'a'.repeat(32),
  secret: 's3cr3t-K3y-01',
  hash: 'sha256',
});

const request: OpenRequest = {
  reference: 'ORD-1001',
  description: 'Pedido 1001',
  amountMinor: 8_450_000,
  currency: 'COP',
  terms: termsOf({}),
  notificationUrl: 'https://recaudo.example/api/notifications/1',
  payer: { name: 'Ana', email: 'ana@example.com' },
  locale: 'es_CO',
  expiresAt: new Date('2026-03-02T15:45:30Z'),
  returnUrl: 'https://shop.example/back/1001',
  ipAddress: '190.85.10.20',
  userAgent: 'Mozilla/5.0',
};

const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** What our adapter makes of a pair, in the words of the pair. */
async function understand(pair: GoldenPair): Promise<unknown> {
  if (pair.expect.kind === 'notification') return understandNotification(pair);
  respond = json(pair.answer.http, pair.answer.body);
  const number = /^\/api\/session\/(\d+)$/.exec(pair.request?.path ?? '')?.[1];
  return number ? understandQuery(pair, number) : understandCreation(pair);
}

async function understandCreation(pair: GoldenPair): Promise<unknown> {
  const answer = await gateway.createSession(credentials(), request);
  if (answer.kind === 'opened')
    return { kind: 'opened', requestId: Number(answer.number), processUrl: answer.processUrl };
  return answer.kind === 'refused' ? refused(answer, pair) : answer;
}

async function understandQuery(pair: GoldenPair, number: string): Promise<unknown> {
  const answer = await gateway.querySession(credentials(), number);
  if (answer.kind === 'notFound') return { kind: 'refused', http: 404, reason: 'request_not_valid' };
  if (answer.kind === 'refused') return refused(answer, pair);
  if (answer.kind !== 'session') return answer;
  const { session } = answer;
  return {
    kind: 'session',
    requestId: Number(session.number),
    state:
      session.state === 'pending' || session.state === 'approved' ? session.state.toUpperCase() : 'REJECTED',
    reason: session.reason,
    at: session.at.getTime(),
    reference: session.reference,
    attempts: [...session.attempts].reverse().map(attempt),
  };
}

function attempt(each: AttemptSnapshot) {
  return {
    state: each.state,
    reason: each.reason,
    internalReference: Number(each.internalReference),
    amountMinor: each.fromMinor,
    currency: each.fromCurrency,
    at: each.at.getTime(),
  };
}

function refused(answer: { reason: string; message: string; authentication: boolean }, pair: GoldenPair) {
  const code = Number(/(\d+)$/.exec(answer.message)?.[1]);
  return {
    kind: 'refused',
    http: pair.answer.http,
    reason: answer.reason,
    ...(answer.authentication ? { authentication: code } : {}),
  };
}

function understandNotification(pair: GoldenPair): unknown {
  const reading = gateway.readNotification(pair.answer.body, ['another-secret', pair.site.secretKey]);
  if (reading.kind !== 'session') return reading;
  return {
    kind: 'notification',
    requestId: Number(reading.number),
    state: reading.state,
    reference: reading.reference,
  };
}

const STATES = {
  APPROVED: 'approved',
  REJECTED: 'rejected',
  FAILED: 'rejected',
  PENDING: 'pending',
  PENDING_VALIDATION: 'pending',
};

/** The pair's expectation in the shape above: instants as numbers, and what a notification does not carry left out. */
function expected({ expect: wanted }: GoldenPair): unknown {
  if (wanted.kind === 'notification') {
    const { kind, requestId, state, reference } = wanted;
    return { kind, requestId, state, reference };
  }
  if (wanted.kind !== 'session') return wanted;
  return {
    ...wanted,
    at: Date.parse(wanted.at),
    attempts: wanted.attempts.map(({ status, at, ...rest }) => ({
      ...rest,
      state: STATES[status],
      at: Date.parse(at),
    })),
  };
}

const wellMeant = (understood: Understood): boolean => understood.kind !== 'refused' || understood.http < 500;

describe('our adapter understands', () => {
  it.each(
    GOLDEN_PAIRS.filter((pair) => wellMeant(pair.expect)).map(
      (pair) => [pair.section, pair.name, pair] as const,
    ),
  )('%s: %s', async (_section, _name, pair) => {
    expect(await understand(pair)).toEqual(expected(pair));
  });

  it('nothing from a notification whose signature has one other digit', () => {
    const pair = GOLDEN_PAIRS.find((each) => each.expect.kind === 'notification');
    const signature = String(pair?.answer.body.signature);
    const last = signature.endsWith('0') ? '1' : '0';
    const body = { ...pair?.answer.body, signature: signature.slice(0, -1) + last };
    expect(gateway.readNotification(body, [pair?.site.secretKey ?? '']).kind).toBe('badSignature');
  });
});

describe('our adapter says', () => {
  it('what the protocol’s sample of a creation says', async () => {
    seen = [];
    respond = (response) => response.end('{}');
    await gateway.createSession(credentials(), request);
    const { auth, ...rest } = seen[0]?.body ?? {};
    expect(seen[0]?.path).toBe('/api/session');
    expect(Object.keys(auth as object).sort()).toEqual(['login', 'nonce', 'seed', 'tranKey']);
    expect(rest).toEqual({
      locale: 'es_CO',
      buyer: { name: 'Ana', email: 'ana@example.com' },
      payment: {
        reference: 'ORD-1001',
        description: 'Pedido 1001',
        amount: { currency: 'COP', total: 84500 },
      },
      expiration: '2026-03-02T15:45:30.000Z',
      returnUrl: 'https://shop.example/back/1001',
      ipAddress: '190.85.10.20',
      userAgent: 'Mozilla/5.0',
    });
  });

  it('its prefix before the path, when the address has one', async () => {
    seen = [];
    respond = (response) => response.end('{}');
    await gateway.createSession({ ...credentials(), baseUrl: `${base}/redirection/` }, request);
    expect(seen[0]?.path).toBe('/redirection/api/session');
  });
});

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
const paid = (overrides: object = {}) =>
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
  });

/** Whatever may have reached the gateway and came back as less than a whole answer leaves us knowing nothing. */
const UNKNOWN: [string, (response: ServerResponse) => void][] = [
  ['a dropped connection', (response) => response.destroy()],
  ['an empty 204', (response) => response.writeHead(204).end()],
  ['an HTML error page', (response) => response.writeHead(500).end('<h1>Oops</h1>')],
  ['a 500 with an envelope', json(500, { status: status('FAILED', '0') })],
  ['a 503 with an envelope', json(503, { status: status('FAILED', '0') })],
  ['a 429 with an envelope', json(429, { status: status('FAILED', 'RM') })],
  ['a redirect', (response) => response.writeHead(302, { location: `${base}/elsewhere` }).end()],
  ['JSON cut in the middle', (response) => response.writeHead(200).end('{"status":{"status":"APPROVED"')],
  [
    'a body shorter than it says',
    (response) => response.writeHead(200, { 'content-length': '500' }).end('{}'),
  ],
  ['an array', json(200, [1, 2])],
  ['no envelope', json(200, { requestId: 4821 })],
  [
    'a status without a date',
    json(200, { ...session(), status: { status: 'PENDING', reason: 'PC', message: 'x' } }),
  ],
  ['a session of another number', json(200, session({ requestId: 4822 }))],
  ['a state nobody documented', json(200, session({ status: status('MAYBE') }))],
  ['a currency we do not know', json(200, paid({ amount: amount(84500, 'XTS') }))],
  ['more decimals than the currency has', json(200, paid({ amount: amount(84500.123) }))],
  ['a negative amount', json(200, paid({ amount: amount(-84500) }))],
  ['an amount that is no number', json(200, paid({ amount: amount('mucho') }))],
  ['a transaction without an amount', json(200, paid({ amount: undefined }))],
  ['a transaction without a number', json(200, paid({ internalReference: null }))],
  ['payment as an object', json(200, session({ payment: { status: status('APPROVED') } }))],
];

describe('our adapter knows nothing after', () => {
  it.each(UNKNOWN)('%s', async (_name, act) => {
    respond = act;
    expect((await gateway.querySession(credentials(), '4821')).kind).toBe('unknown');
  });

  it('a creation that was answered with a redirect, and does not follow it', async () => {
    seen = [];
    respond = (response) => response.writeHead(307, { location: `${base}/elsewhere` }).end();
    const answer = await gateway.createSession(credentials(), request);
    expect([answer.kind, seen.length]).toEqual(['unknown', 1]);
  });
});

describe('our adapter knows that nothing was sent when', () => {
  it('nobody listens there', async () => {
    const answer = await gateway.createSession({ ...credentials(), baseUrl: 'http://127.0.0.1:1' }, request);
    expect(answer).toEqual({ kind: 'unsent', why: 'ECONNREFUSED' });
  });

  it('the name does not exist', async () => {
    const answer = await gateway.createSession(
      { ...credentials(), baseUrl: 'http://gateway.invalid' },
      request,
    );
    expect(answer.kind).toBe('unsent');
  });
});

describe('our adapter tolerates', () => {
  it.each([
    ['fields it does not know', paid({ novelty: { deep: [1] } })],
    ['amounts as text', paid({ amount: amount('84500.00') })],
    ['an authorization of digits', paid({ authorization: 965960 })],
    ['a missing issuer', paid({ issuerName: null })],
    [
      'a payer full of nulls',
      { ...paid(), request: { ...session().request, payer: { name: null, mobile: 300123 } } },
    ],
  ])('%s', async (_name, body) => {
    respond = json(200, body);
    const answer = await gateway.querySession(credentials(), '4821');
    expect(answer.kind === 'session' && answer.session.attempts[0]).toMatchObject({
      state: 'approved',
      fromMinor: 8_450_000,
    });
  });

  it('a transaction state it does not know, as unknown', async () => {
    respond = json(200, paid({ status: status('DISPUTE') }));
    const answer = await gateway.querySession(credentials(), '4821');
    expect(answer.kind === 'session' && answer.session.attempts[0]?.state).toBe('unknown');
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
    };
    respond = json(200, body);
    const answer = await gateway.querySession(credentials(), '4821');
    const kept = JSON.stringify(answer.kind === 'session' && answer.session.evidence);
    expect(kept).not.toMatch(/T0K3N|Ana|1020304050|pay\.example/);
  });
});
