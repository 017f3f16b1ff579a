/** `POST /api/collect`: a stored card is charged without its owner (sections 3.4, 8.7, 10). */
import type { GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { CARDS, sessionStatus, SHOP, SUBTOKEN, TOKEN } from './samples.js';
import { attempt, networkDeclines, numbers, on, OPENED_AT, opens, pays } from './steps.js';
import { STORES, TO_STORE } from './subscription.js';
import {
  freeInQuery,
  type GoldenAttempt,
  optionalOfTransaction,
  transaction,
  understood,
} from './transactions.js';

const AT = on('12:00:00');
export const COLLECT = '/api/collect';
/** Half an hour after the charge (section 3.4). */
const HALF_AN_HOUR = on('12:30:00');
const EXPIRATION = '2026-03-03T10:15:30+00:00';

/** Exactly what the PHP SDK emits for its minimal example (section 10). */
export const php = (reference: string, total: unknown = 12000): Json => ({
  locale: 'es_CO',
  payer: { name: 'Ana' },
  payment: { reference, amount: { currency: 'COP', total } },
  expiration: EXPIRATION,
  captureAddress: false,
  skipResult: false,
  noBuyerFill: false,
  instrument: { token: { token: TOKEN, installments: '0' } },
  provider: null,
});

/** What of a collect's request is echoed besides these is not documented. */
const ECHO = ['payer', 'payment', 'locale', 'expiration', 'returnUrl'];
const NOT_DOCUMENTED = [
  ...['captureAddress', 'skipResult', 'noBuyerFill', 'provider', 'instrument', 'type'],
  ...['fields', 'ipAddress', 'userAgent', 'buyer', 'metadata'],
].map((key) => `request.${key}`);

export interface Charge {
  name: string;
  section: string;
  requestId: number;
  /** The session that stored the card; the number before without it. */
  storedBy?: number;
  given?: GoldenStep[];
  request: Json;
  at?: string;
  http?: number;
  state: 'APPROVED' | 'PENDING' | 'REJECTED';
  reason: string;
  date?: string;
  attempts: GoldenAttempt[];
  /** The amount as echoed. */
  total?: number;
  free?: Record<string, RegExp>;
}

/** The collect's own numbers, drawn after the card has been stored. */
export const charging = (
  requestId: number,
  internalReference: number,
  steps: GoldenStep[] = [],
): GoldenStep[] => [opens(TO_STORE), STORES, ...steps, numbers({ requestId, internalReference })];

/** One charge on the card that was just stored; its answer is the RedirectInformation of a session of its own. */
export function charged(charge: Charge): GoldenPair {
  const { name, section, requestId, request, at = AT, state, reason, attempts } = charge;
  const date = charge.date ?? at;
  const { reference, amount } = request.payment as {
    reference: string;
    amount: { currency: string; total: unknown };
  };
  const echoed = Object.fromEntries(
    Object.entries(request).filter(([key, value]) => ECHO.includes(key) && value !== undefined),
  );
  const total = charge.total ?? Number(amount.total);
  const payment = {
    ...(request.payment as Json),
    amount: { ...amount, total },
    allowPartial: false,
    subscribe: false,
  };
  const { 'request.fields.0.value': _page, ...free } = freeInQuery(attempts);
  return {
    name,
    section,
    site: SHOP,
    numbers: { requestId: charge.storedBy ?? requestId - 1 },
    given: charge.given ?? charging(requestId, 710000 + requestId),
    request: { at, path: COLLECT, body: request },
    answer: {
      http: charge.http ?? 200,
      body: {
        requestId,
        status: sessionStatus(state, reason, date),
        request: { returnUrl: 'https://sandbox.example/home', expiration: HALF_AN_HOUR, ...echoed, payment },
        payment: attempts.length > 0 ? attempts.map(transaction) : null,
        subscription: null,
      },
    },
    free: {
      ...free,
      // What "0" instalments become is not documented.
      'payment.*.processorFields.2.value': /^[01]$/,
      'request.returnUrl': /^https?:\/\/[^/]+(\/.*)?\/home$/,
      ...charge.free,
    },
    optional: [...NOT_DOCUMENTED, ...optionalOfTransaction('payment.0')],
    expect: {
      kind: 'session',
      requestId,
      state,
      reason,
      at: date,
      reference,
      attempts: attempts.map(understood),
    },
  };
}

export const one = (
  requestId: number,
  reference: string,
  [status, reason]: [GoldenAttempt['status'], string] = ['APPROVED', '00'],
  total = 12000,
): GoldenAttempt => attempt(710000 + requestId, status, reason, '12:00:00', 'approved', { reference, total });

const CHARGES: GoldenPair[] = [
  charged({
    name: 'a stored card is charged by the body that the PHP SDK sends',
    section: '3.4, 10, 11 (27, 28)',
    requestId: 5602,
    request: php('COL-1'),
    state: 'APPROVED',
    reason: '00',
    attempts: [one(5602, 'COL-1')],
  }),
  charged({
    name: 'a stored card is charged by its subtoken, with an amount as a string',
    section: '3.4, 11 (25)',
    requestId: 5604,
    request: {
      ...php('COL-2', '12000.00'),
      instrument: { token: { subtoken: SUBTOKEN, installments: 1, cvv: '123' } },
    },
    state: 'APPROVED',
    reason: '00',
    attempts: [one(5604, 'COL-2')],
  }),
  charged({
    name: 'a charge without an expiration has half an hour',
    section: '3.4',
    requestId: 5606,
    request: { ...php('COL-3'), expiration: undefined, ipAddress: '190.85.10.20', userAgent: 'Mozilla/5.0' },
    state: 'APPROVED',
    reason: '00',
    attempts: [one(5606, 'COL-3')],
  }),
  charged({
    name: 'a charge that the network declines is no error',
    section: '2.3, 3.4, 11 (39)',
    requestId: 5608,
    given: charging(5608, 715608, [networkDeclines('51')]),
    request: php('COL-4'),
    state: 'REJECTED',
    reason: 'XN',
    attempts: [one(5608, 'COL-4', ['REJECTED', '51'])],
  }),
  charged({
    name: 'a charge of 200 dollars is declined by the card that takes less',
    section: '3.4, 9.1',
    requestId: 5610,
    given: [
      opens(TO_STORE),
      pays('10:20:00', 'below200'),
      numbers({ requestId: 5610, internalReference: 715610 }),
    ],
    request: { ...php('COL-5'), payment: { reference: 'COL-5', amount: { currency: 'USD', total: 200 } } },
    state: 'REJECTED',
    reason: 'XN',
    attempts: [
      {
        ...one(5610, 'COL-5', ['REJECTED', '61'], 200),
        currency: 'USD',
        card: CARDS.below200,
      },
    ],
  }),
  charged({
    name: 'a charge that waits at the network is pending',
    section: '3.4',
    requestId: 5612,
    given: charging(5612, 715612, [
      {
        at: OPENED_AT,
        do: 'control',
        method: 'POST',
        path: '/control/faults',
        body: { operation: 'payment', kind: 'pending_for_ever', site: 'SHOP' },
      },
    ]),
    request: php('COL-6'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [one(5612, 'COL-6', ['PENDING', '?-'])],
  }),
];

export const COLLECTED: GoldenPair[] = CHARGES;
