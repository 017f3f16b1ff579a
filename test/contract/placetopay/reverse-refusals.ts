/** What is not given back (sections 2.3, 3.5, 3.6, 8.5). */
import type { GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { act, HELD, HOLD } from './holds.js';
import { back, bodyOf, cop, NEXT_DAY, numbersOf, PAID, type Route, ROUTES, SAME_DAY } from './reverse.js';
import { ORDER } from './samples.js';
import { type RefusalAnswer, refused } from './sentences.js';
import { on, opens, pays, turns } from './steps.js';

const ALREADY: RefusalAnswer = { http: 400, reason: 'BR', message: 'La transacción ya ha sido reembolsada' };
const BAD: RefusalAnswer = { http: 400, reason: 'BR', message: 'no es posible', free: /./ };
const INVALID: RefusalAnswer = { ...BAD, reason: 'request_not_valid' };

interface NotRefunded {
  name: string;
  section?: string;
  n: number;
  route?: Route;
  amount?: Json;
  order?: Json;
  steps?: GoldenStep[];
  at?: string;
  body?: Json;
}

function notRefunded(wanted: NotRefunded, answer: RefusalAnswer): GoldenPair {
  const {
    name,
    section = '2.3, 8.5',
    n,
    route = '/api/transaction',
    amount,
    steps = [PAID],
    at = NEXT_DAY,
  } = wanted;
  const numbers = numbersOf(n);
  const body = { ...bodyOf(route, numbers.internalReference, amount), ...wanted.body };
  return refused({ name, section, numbers }, { at, path: route, body }, answer, [
    opens(wanted.order ?? ORDER),
    ...steps,
  ]);
}

const REPEATED: GoldenPair[] = ROUTES.flatMap((route, index) => {
  const n = 60 + 10 * index;
  const by = ` (${route})`;
  const whole = (offset: number) => back(numbersOf(n + offset).internalReference, SAME_DAY, undefined, route);
  const part = (offset: number) => back(numbersOf(n + offset).internalReference, NEXT_DAY, cop(80000), route);
  return [
    notRefunded(
      {
        name: `a payment is given back only once${by}`,
        section: '2.3, 8.5, 10',
        n,
        route,
        steps: [PAID, whole(0)],
      },
      ALREADY,
    ),
    notRefunded(
      {
        name: `a payment is given back only once, in English${by}`,
        section: '2.3, 3.5, 3.6',
        n: n + 1,
        route,
        steps: [PAID, whole(1)],
        body: { locale: 'en_US' },
      },
      { ...ALREADY, message: 'Transaction already refunded' },
    ),
    notRefunded(
      {
        name: `no more is given back than is left${by}`,
        n: n + 2,
        route,
        steps: [PAID, part(2)],
        amount: cop(4500.01),
      },
      BAD,
    ),
    notRefunded(
      {
        name: `no part is given back before the settlement${by}`,
        section: '8.5',
        n: n + 3,
        route,
        at: SAME_DAY,
        amount: cop(10000),
      },
      INVALID,
    ),
    notRefunded(
      {
        name: `a declined payment is not given back${by}`,
        n: n + 4,
        route,
        steps: [pays('10:20:00', 'declined')],
      },
      INVALID,
    ),
    notRefunded(
      {
        name: `a payment that waits at the network is not given back${by}`,
        n: n + 5,
        route,
        at: on('10:20:30'),
        steps: [pays('10:20:00', 'pendingApproved')],
      },
      INVALID,
    ),
  ];
});

const MORE_REFUSALS: GoldenPair[] = [
  notRefunded({ name: 'more than the payment is not given back', n: 81, amount: cop(84500.01) }, BAD),
  notRefunded(
    {
      name: 'a site that is told so refuses every refund as a bad request',
      section: '8.5',
      n: 82,
      at: SAME_DAY,
      steps: [turns({ refundRefusal: 'br' }), PAID],
      amount: cop(10000),
    },
    BAD,
  ),
  notRefunded(
    {
      name: 'a refund without a reference is refused by the older route',
      section: '2.3',
      n: 83,
      route: '/api/reverse',
      body: { internalReference: undefined, locale: 'en_US' },
    },
    { http: 400, reason: '0', message: 'invalid reference, must be 1 to 32 characters' },
  ),
  notRefunded(
    {
      name: 'a released hold is not given back',
      section: '5.3, 8.5',
      n: 84,
      order: HOLD,
      steps: [HELD, act('checkout', 705840, 0, on('11:00:00'))],
    },
    INVALID,
  ),
];

export const NOT_REVERSED: GoldenPair[] = [...REPEATED, ...MORE_REFUSALS];
