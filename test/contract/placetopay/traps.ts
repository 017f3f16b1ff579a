/** What real clients send (section 11), and what is cut or dropped of it (section 3.1). */
import type { GoldenPair, Json } from './golden-pair.js';
import { BUYER, ORDER } from './samples.js';
import { asked, cancelled, opened, paying, refused } from './sentences.js';
import { attempt, on, pays } from './steps.js';

const amount = { currency: 'COP', total: 84500 };

const OPENED: GoldenPair[] = [
  opened({
    name: 'nulls for what is optional are what SDKs send',
    section: '3.2, 11 (28)',
    requestId: 6101,
    request: {
      body: {
        ...ORDER,
        payer: null,
        cancelUrl: null,
        paymentMethod: null,
        fields: null,
        type: null,
        metadata: null,
        subscription: null,
        autopay: null,
        payment: {
          reference: 'ORD-1001',
          description: null,
          amount,
          items: null,
          shipping: null,
          fields: null,
        },
      },
    },
  }),
  opened({
    name: 'a seed without an offset is read in the zone of the site',
    section: '1.3',
    requestId: 6104,
    request: { auth: { seed: '2026-03-02T10:15:30' } },
  }),
  opened({
    name: 'a seed in UTC with milliseconds is taken',
    section: '1.3',
    requestId: 6105,
    request: { auth: { seed: '2026-03-02T15:15:30.123Z' } },
  }),
  opened({
    name: 'a seed exactly five minutes old is young enough',
    section: '1.3',
    requestId: 6106,
    request: { auth: { seed: '2026-03-02T10:10:31-05:00' } },
  }),
  opened({
    name: 'the code of a law may be a string',
    section: '4.5, 11 (25)',
    requestId: 6107,
    request: {
      body: paying({
        modifiers: [{ type: 'FEDERAL_GOVERNMENT', code: '17934', additional: { invoice: '123456789' } }],
      }),
    },
  }),
];

const ASKED = asked({
  name: 'a question with a trailing slash is answered',
  section: '2.1, 11 (32)',
  requestId: 6111,
  steps: [],
  at: on('10:16:02'),
  state: 'PENDING',
  reason: 'PC',
  attempts: [],
});
const PAID = asked({
  name: 'a question under a prefix of the path is answered',
  section: '2.1, 11 (32)',
  requestId: 6112,
  steps: [pays('10:20:00', 'approved')],
  at: on('10:30:00'),
  state: 'APPROVED',
  reason: '00',
  date: on('10:20:00'),
  attempts: [attempt(711120, 'APPROVED', '00', '10:20:00', 'approved')],
});

/** The same, asked at another path. */
const at = (pair: GoldenPair, change: (path: string) => string): GoldenPair => ({
  ...pair,
  request: pair.request && { ...pair.request, path: change(pair.request.path) },
});

/** Base URLs of old have a prefix. */
export const PREFIXED: GoldenPair[] = [
  opened({
    name: 'a prefix of the path is tolerated',
    section: '2.1, 11 (32)',
    requestId: 6102,
    request: { path: '/redirection/api/session' },
  }),
  opened({
    name: 'a prefix of the path and a trailing slash are tolerated together',
    section: '2.1, 11 (32)',
    requestId: 6103,
    request: { path: '/redirection/api/session/' },
  }),
  at(PAID, (path) => `/redirection${path}`),
  refused(
    { name: 'an unknown session under a prefix of the path is not found', section: '2.1, 2.3' },
    { path: '/redirection/api/session/1', body: {} },
    { http: 404, reason: 'request_not_valid', message: 'La sesión que busca no existe' },
  ),
];

const CANCELLED = cancelled({
  name: 'a cancellation with a trailing slash is done',
  section: '2.1, 3.3, 11 (32)',
  requestId: 6115,
  steps: [],
  at: on('10:30:00'),
  attempts: [],
});

export const SLASHED: GoldenPair[] = [ASKED, CANCELLED].map((pair) => at(pair, (path) => `${path}/`));

/** What of an order is stored otherwise than it was sent. */
function kept(name: string, section: string, requestId: number, sent: Json, echoed: Json): GoldenPair {
  return asked({
    name,
    section,
    requestId,
    order: { ...ORDER, ...sent },
    echoed,
    steps: [],
    at: on('10:16:02'),
    state: 'PENDING',
    reason: 'PC',
    attempts: [],
  });
}

const long = (length: number): string => 'x'.repeat(length);
const stored = (payment: Json): Json => ({
  payment: { ...(ORDER.payment as Json), ...payment, allowPartial: false, subscribe: false },
});
const item = (sku: string): Json => ({
  sku,
  name: 'Taladro',
  category: 'physical',
  qty: 1,
  price: 940,
  tax: 89.3,
});

const KEPT: GoldenPair[] = [
  kept(
    'of more than fifty items the first fifty stay',
    '3.1',
    6121,
    paying({ items: Array.from({ length: 52 }, (_, index) => item(String(index))) }),
    stored({ items: Array.from({ length: 50 }, (_, index) => item(String(index))) }),
  ),
  kept(
    'the number, name and quantity of an item are cut',
    '3.1, 4.5',
    6122,
    paying({ items: [{ ...item(long(31)), name: long(121), qty: '1'.repeat(31) }] }),
    stored({ items: [{ ...item(long(30)), name: long(120), qty: '1'.repeat(30) }] }),
  ),
  kept(
    'the postal code and the street of an address are cut',
    '3.1, 4.3',
    6123,
    { buyer: { ...BUYER, address: { postalCode: long(11), street: long(129) } } },
    { buyer: { ...BUYER, address: { postalCode: long(10), street: long(128) } } },
  ),
  kept(
    'the address of the shipping is cut as well',
    '3.1',
    6124,
    paying({ shipping: { ...BUYER, address: { city: long(31) } } }),
    stored({ shipping: { ...BUYER, address: { city: long(30) } } }),
  ),
  kept(
    'a state by its full name is kept',
    '4.3, 11 (29)',
    6125,
    { buyer: { ...BUYER, address: { state: 'Antioquia', country: 'CO' } } },
    { buyer: { ...BUYER, address: { state: 'Antioquia', country: 'CO' } } },
  ),
  kept(
    'of a buyer with too long a name only the name is dropped',
    '3.1',
    6126,
    { buyer: { ...BUYER, name: long(61) } },
    { buyer: { surname: 'Ruiz', email: 'ana@example.com', documentType: 'CC', document: '1020304050' } },
  ),
  kept(
    'details of an unknown kind are dropped',
    '4.4',
    6127,
    paying({
      amount: {
        ...amount,
        details: [
          { kind: 'magic', amount: 1 },
          { kind: 'tip', amount: 2 },
        ],
      },
    }),
    stored({ amount: { ...amount, details: [{ kind: 'tip', amount: 2 }] } }),
  ),
  kept(
    'details need not add up to the total',
    '4.4',
    6128,
    paying({
      amount: {
        ...amount,
        details: [
          { kind: 'subtotal', amount: 1 },
          { kind: 'shipping', amount: 2 },
        ],
      },
    }),
    stored({
      amount: {
        ...amount,
        details: [
          { kind: 'subtotal', amount: 1 },
          { kind: 'shipping', amount: 2 },
        ],
      },
    }),
  ),
  kept(
    'methods of payment are echoed as the one string that they are',
    '3.1, 11 (17)',
    6129,
    { paymentMethod: 'visa,master' },
    { paymentMethod: 'visa,master' },
  ),
  kept(
    'a payer that the merchant fixed is echoed as sent',
    '3.1, 8.10',
    6130,
    { payer: BUYER, buyer: undefined },
    { payer: BUYER },
  ),
];

const REFUSED: GoldenPair[] = [
  refused(
    { name: 'methods of payment as a list are refused', section: '11 (17)' },
    { body: { ...ORDER, paymentMethod: ['visa'] } },
    { http: 400, reason: 'request_not_valid', message: 'paymentMethod: no es válido', free: /paymentMethod/ },
  ),
];

export const TRAPS: GoldenPair[] = [...OPENED, ...KEPT, ...REFUSED];
