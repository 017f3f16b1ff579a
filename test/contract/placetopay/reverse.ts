/** Refunds by both routes, which are one (sections 3.5, 3.6, 8.5, 10). */
import type { GoldenNumbers, GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { act, HOLD } from './holds.js';
import { ORDER } from './samples.js';
import { acted, asked } from './sentences.js';
import { attempt, calls, networkDeclines, on, opens, pays, turns } from './steps.js';
import type { GoldenAttempt } from './transactions.js';

export type Route = '/api/transaction' | '/api/reverse';
export const ROUTES: Route[] = ['/api/transaction', '/api/reverse'];

export const cop = (total: unknown): Json => ({ currency: 'COP', total });
export const PAID = pays('10:20:00', 'approved');
/** Before the settlement of that evening, and after it. */
export const SAME_DAY = on('12:00:00');
export const NEXT_DAY = on('09:00:00', '2026-03-03');

/** SDKs name the transaction by a string on the older route (section 3.6). */
export function bodyOf(route: Route, internalReference: number, amount?: Json): Json {
  const more = amount && { amount };
  return route === '/api/reverse'
    ? { internalReference: String(internalReference), ...more }
    : { action: 'reverse', internalReference, ...more };
}

export const back = (
  internalReference: number,
  at: string,
  amount?: Json,
  route: Route = '/api/transaction',
) => calls(at, route, bodyOf(route, internalReference, amount));

export const numbersOf = (n: number): Required<GoldenNumbers> => ({
  requestId: 5400 + n,
  internalReference: 705000 + 10 * n,
});

interface Refund {
  name: string;
  section?: string;
  n: number;
  route?: Route;
  amount?: Json;
  order?: Json;
  given?: GoldenStep[];
  at?: string;
  /** How far what is given back is from the session's first transaction. */
  of?: number;
  /** How far the refund's number is from that first one. */
  after?: number;
  /** What went back. */
  total?: number;
  done?: Partial<GoldenAttempt>;
  free?: Record<string, RegExp>;
}

function refunded(refund: Refund): GoldenPair {
  const { n, route = '/api/transaction', amount, given = [], at = SAME_DAY, of = 0, after = 1 } = refund;
  const numbers = numbersOf(n);
  const pair = acted({
    name: refund.name,
    section: refund.section ?? '3.5, 3.6, 8.5',
    numbers,
    given: [opens(refund.order ?? ORDER), PAID, ...given],
    path: route,
    at,
    body: bodyOf(route, numbers.internalReference + of, amount),
    done: {
      ...attempt(numbers.internalReference + after, 'APPROVED', '00', '12:00:00', 'approved'),
      date: at,
      total: refund.total ?? 84500,
      ...refund.done,
    },
  });
  return { ...pair, free: { ...pair.free, ...refund.free } };
}

const REFUNDS: GoldenPair[] = ROUTES.flatMap((route, index) => {
  const by = ` (${route})`;
  const n = 20 * index;
  return [
    refunded({
      name: `a payment is given back whole on its day${by}`,
      section: '3.5, 3.6, 10',
      n: n + 1,
      route,
    }),
    refunded({ name: `a payment is given back whole the day after${by}`, n: n + 2, route, at: NEXT_DAY }),
    refunded({
      name: `a part of a payment is given back the day after${by}`,
      section: '3.5, 3.6, 8.5, 10',
      n: n + 3,
      route,
      at: NEXT_DAY,
      amount: cop(10000),
      total: 10000,
    }),
    refunded({
      name: `a second part is given back, of an amount as a string${by}`,
      section: '8.5, 11 (25)',
      n: n + 4,
      route,
      at: NEXT_DAY,
      amount: cop('20000.50'),
      given: [back(numbersOf(n + 4).internalReference, NEXT_DAY, cop(10000), route)],
      after: 2,
      total: 20000.5,
    }),
    refunded({
      name: `parts are given back until nothing is left${by}`,
      section: '8.5',
      n: n + 5,
      route,
      at: NEXT_DAY,
      amount: cop(74500),
      given: [back(numbersOf(n + 5).internalReference, NEXT_DAY, cop(10000), route)],
      after: 2,
      total: 74500,
    }),
    refunded({
      name: `a refund that the network declines says so${by}`,
      section: '3.5',
      n: n + 6,
      route,
      given: [networkDeclines('05')],
      done: { status: 'REJECTED', reason: '05' },
      free: { 'payment.internalReference': /^\d+$/ },
    }),
  ];
});

const MORE_REFUNDS: GoldenPair[] = [
  refunded({
    name: 'after a declined refund the payment can still be given back',
    section: '3.5, 8.5',
    n: 41,
    given: [networkDeclines('05'), back(numbersOf(41).internalReference, on('11:00:00'))],
    free: { 'payment.internalReference': /^\d+$/ },
    after: 2,
  }),
  refunded({
    name: 'a site that is told so gives the whole back for a part asked before the settlement',
    section: '8.5',
    n: 42,
    given: [turns({ earlyPartialRefund: 'voids_whole' })],
    amount: cop(10000),
  }),
  refunded({
    name: 'a site that settles earlier gives a part back earlier',
    section: '8.5',
    n: 43,
    given: [turns({ settlementHour: 11 })],
    amount: cop(10000),
    total: 10000,
  }),
  refunded({
    name: 'what was taken of a hold is given back',
    section: '8.3, 8.5',
    n: 44,
    order: HOLD,
    given: [act('checkout', numbersOf(44).internalReference, 1200, on('11:00:00'))],
    of: 1,
    done: { reference: 'HTL-88', currency: 'USD', total: 1200 },
    after: 2,
  }),
  refunded({
    name: 'a hold that is reversed is released',
    section: '5.3, 8.5',
    n: 45,
    order: HOLD,
    done: { reference: 'HTL-88', currency: 'USD', total: 1500 },
  }),
];
function shown(name: string, n: number, steps: GoldenStep[], wasRefunded: boolean): GoldenPair {
  const { requestId, internalReference } = numbersOf(n);
  return asked({
    name,
    section: '4.7, 5.1, 11 (23)',
    requestId,
    steps: [PAID, ...steps],
    at: on('10:00:00', '2026-03-03'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [
      attempt(internalReference, 'APPROVED', '00', '10:20:00', 'approved', { refunded: wasRefunded }),
    ],
  });
}

const SHOWN: GoldenPair[] = [
  shown(
    'a payment that was given back stays approved and says that it was refunded',
    51,
    [back(705510, SAME_DAY)],
    true,
  ),
  shown(
    'a payment of which a part was given back says that it was refunded',
    52,
    [back(705520, NEXT_DAY, cop(10000), '/api/reverse')],
    true,
  ),
  shown(
    'a payment whose refund was declined says nothing of a refund',
    53,
    [networkDeclines('05'), back(705530, SAME_DAY)],
    false,
  ),
];

export const REVERSED: GoldenPair[] = [...REFUNDS, ...MORE_REFUNDS, ...SHOWN];
