/** What may not be done with a hold, or with what is none (sections 2.3, 3.5, 5.3, 8.3). */
import type { GoldenNumbers, GoldenPair, GoldenSite, GoldenStep, Json } from './golden-pair.js';
import { act, HELD, HOLD, usd } from './holds.js';
import { ORDER, PUERTO_RICAN_SHOP, SHOP } from './samples.js';
import { invalid, paying, refused } from './sentences.js';
import { on, opens, turns } from './steps.js';

const LATER = on('12:00:00');

interface Refused {
  name: string;
  section?: string;
  n: number;
  action?: unknown;
  internalReference?: unknown;
  amount?: Json;
  given?: GoldenStep[];
  order?: Json;
  site?: GoldenSite;
  at?: string;
  reason?: string;
  /** Switches that are turned before the hold. */
  held?: Json;
}

/** An action that HTTP 400 answers; the hold's check-in is 704000 + 10 n. */
function notDone(wanted: Refused): GoldenPair {
  const { name, section = '2.3, 3.5', n, given = [], order = HOLD, site = SHOP, at = LATER } = wanted;
  const numbers: GoldenNumbers = { requestId: 5330 + n, internalReference: 704000 + 10 * n };
  const { action = 'checkout', internalReference = numbers.internalReference, amount } = wanted;
  return refused(
    { name, section, numbers, site },
    { at, path: '/api/transaction', body: { action, internalReference, ...(amount && { amount }) } },
    { http: 400, reason: wanted.reason ?? 'request_not_valid', message: 'no es posible', free: /./ },
    [...(wanted.held ? [turns(wanted.held)] : []), opens(order), HELD, ...given],
  );
}

const first = (n: number): number => 704000 + 10 * n;
const took = (n: number, total = 1500): GoldenStep => act('checkout', first(n), total, on('11:00:00'));

const WRONG_STATE: GoldenPair[] = [
  notDone({
    name: 'a hold is taken only once',
    section: '3.5, 5.3',
    n: 1,
    amount: usd(1500),
    given: [took(1)],
  }),
  notDone({
    name: 'a site that is told so refuses a second checkout as a bad request',
    section: '3.5, 5.3',
    n: 2,
    amount: usd(1500),
    given: [turns({ secondCheckout: 'br' }), took(2)],
    reason: 'BR',
  }),
  notDone({
    name: 'nothing is taken of a released hold',
    section: '5.3',
    n: 3,
    amount: usd(1500),
    given: [took(3, 0)],
  }),
  notDone({
    name: 'a hold that was taken is not reauthorized',
    section: '3.5, 5.3',
    n: 4,
    action: 'reauthorization',
    amount: usd(1500),
    given: [took(4)],
  }),
  notDone({
    name: 'a released hold is not reauthorized',
    section: '3.5, 5.3',
    n: 5,
    action: 'reauthorization',
    amount: usd(1500),
    given: [took(5, 0)],
  }),
  notDone({
    name: 'after 30 days a hold has been released by itself',
    section: '5.3, 8.3',
    n: 6,
    amount: usd(1500),
    at: on('10:21:00', '2026-04-01'),
  }),
  notDone({
    name: 'a site with a shorter limit releases its holds earlier',
    section: '8.3',
    n: 7,
    amount: usd(1500),
    held: { holdDays: 7 },
    at: on('10:21:00', '2026-03-09'),
  }),
  notDone({
    name: 'a plain payment is no hold to take',
    n: 8,
    order: ORDER,
    amount: { currency: 'COP', total: 84500 },
  }),
  notDone({
    name: 'a plain payment is no hold to reauthorize',
    n: 9,
    order: ORDER,
    action: 'reauthorization',
    amount: { currency: 'COP', total: 90000 },
  }),
  notDone({
    name: 'in Puerto Rico no hold is reauthorized',
    section: '3.5, 8.3',
    n: 10,
    site: PUERTO_RICAN_SHOP,
    order: { ...HOLD, locale: 'es_PR' },
    action: 'reauthorization',
    amount: usd(2000),
  }),
  notDone({
    name: 'more than the hold is not taken by a site that forbids it',
    section: '8.3, 13 (9)',
    n: 11,
    amount: usd(1500.01),
    given: [turns({ overCapture: false })],
  }),
];

const WRONG_BODY: GoldenPair[] = [
  notDone({
    name: 'a reauthorization of nothing is refused',
    n: 15,
    action: 'reauthorization',
    amount: usd(0),
  }),
  notDone({
    name: 'a reauthorization of less than nothing is refused',
    n: 16,
    action: 'reauthorization',
    amount: usd(-1),
  }),
  notDone({ name: 'a checkout of less than nothing is refused', n: 17, amount: usd(-1) }),
  notDone({ name: 'a reauthorization without an amount is refused', n: 18, action: 'reauthorization' }),
  notDone({ name: 'a checkout without an amount is refused', n: 19 }),
  notDone({ name: 'an amount that is no number takes no hold', n: 20, amount: usd('mil') }),
  notDone({ name: 'void belongs to another product', section: '3.5, 12', n: 21, action: 'void' }),
  notDone({ name: 'refund belongs to another product', section: '3.5, 12', n: 22, action: 'refund' }),
  notDone({ name: 'process belongs to another product', section: '3.5, 12', n: 23, action: 'process' }),
  notDone({ name: 'a transaction without an action is refused', n: 24, action: null }),
  notDone({ name: 'a hold is not confirmed', n: 25, action: 'confirm' }),
];

const dispersed = {
  dispersion: [
    { amount: usd(1400), agreement: 1001, agreementType: 'MERCHANT' },
    { amount: usd(100), agreementType: 'MERCHANT' },
  ],
};

const WRONG_ORDER: GoldenPair[] = [
  invalid('a type that nobody documented is refused', '3.1', 'type', { type: 'reservation' }),
  {
    ...invalid('a check-in does not go with a dispersion', '8.3, 8.4', 'type', paying(dispersed, HOLD)),
    free: { 'status.message': /type|dispersion/, 'status.date': /^2026/ },
  },
];

const AUTHENTICATION: GoldenPair[] = [
  refused(
    { name: 'an action with a wrong digest is 102', section: '1.4, 3.5' },
    {
      at: LATER,
      path: '/api/transaction',
      auth: { secretKey: 'another' },
      body: { action: 'checkout', internalReference: 1, amount: usd(1) },
    },
    { http: 401, reason: 401, message: 'Autenticación fallida 102', code: 102 },
  ),
  refused(
    { name: 'an action whose seed is more than five minutes old is 103', section: '1.3, 3.5' },
    {
      at: LATER,
      path: '/api/transaction',
      auth: { seed: on('11:54:59') },
      body: { action: 'checkout', internalReference: 1, amount: usd(1) },
    },
    { http: 401, reason: 401, message: 'Autenticación fallida 103', code: 103 },
  ),
];

export const PREAUTHORIZATION_REFUSED: GoldenPair[] = [
  ...WRONG_STATE,
  ...WRONG_BODY,
  ...WRONG_ORDER,
  ...AUTHENTICATION,
];
