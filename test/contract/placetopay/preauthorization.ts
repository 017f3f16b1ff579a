/** Preauthorization: check-in, reauthorization, checkout and release (sections 3.5, 5.3, 8.3, 10). */
import type { GoldenPair, GoldenStep } from './golden-pair.js';
import { act, HELD, HOLD, usd } from './holds.js';
import { acted, asked, opened, type Question } from './sentences.js';
import { attempt, networkDeclines, on, opens, pays, turns } from './steps.js';
import type { GoldenAttempt } from './transactions.js';

const LATER = on('12:00:00');

/** A transaction of the hold's chain. */
const of = (internalReference: number, total: number, more: Partial<GoldenAttempt> = {}): GoldenAttempt =>
  attempt(internalReference, 'APPROVED', '00', '12:00:00', 'approved', {
    reference: 'HTL-88',
    currency: 'USD',
    total,
    ...more,
  });
const checkIn = (internalReference: number, more: Partial<GoldenAttempt> = {}) =>
  of(internalReference, 1500, { date: on('10:20:00'), ...more });

const asking = (question: Omit<Question, 'order' | 'section'>): GoldenPair =>
  asked({ section: '5.3, 8.3', order: HOLD, ...question });

const CHECK_IN: GoldenPair[] = [
  opened({ name: 'a check-in is opened', section: '8.3, 10', requestId: 5301, request: { body: HOLD } }),
  asking({
    name: 'an untouched check-in says what it is',
    requestId: 5302,
    steps: [],
    at: on('10:16:02'),
    state: 'PENDING',
    reason: 'PC',
    attempts: [],
  }),
  asking({
    name: 'a hold that was accepted makes the session approved',
    requestId: 5303,
    steps: [HELD],
    at: on('10:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [checkIn(703030)],
  }),
  asking({
    name: 'a hold that was declined leaves the session pending',
    requestId: 5304,
    steps: [pays('10:20:00', 'declined')],
    at: on('10:30:00'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [
      attempt(703040, 'REJECTED', '05', '10:20:00', 'declined', {
        reference: 'HTL-88',
        currency: 'USD',
        total: 1500,
      }),
    ],
  }),
  asking({
    name: 'after the checkout the session still shows its check-in, and is approved as before',
    requestId: 5305,
    steps: [HELD, act('checkout', 703050, 1500, on('11:00:00'))],
    at: LATER,
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [checkIn(703050)],
  }),
  asking({
    name: 'after a release the session stays approved',
    requestId: 5306,
    steps: [HELD, act('checkout', 703060, 0, on('11:00:00'))],
    at: LATER,
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [checkIn(703060)],
  }),
];

interface Step {
  name: string;
  section?: string;
  n: number;
  action: string;
  /** On which transaction; the check-in itself without it. */
  on?: number | string;
  total: unknown;
  given?: GoldenStep[];
  at?: string;
  done: GoldenAttempt;
  /** What else the gateway may choose: whether a decline has a number of its own is not documented. */
  free?: Record<string, RegExp>;
}

const OWN_NUMBER = { 'payment.internalReference': /^\d+$/ };
const OWN_REASON = {
  'status.reason': /^..$/,
  'payment.status.reason': /^..$/,
  'payment.processorFields.3.value': /^..$/,
};

/** An action on the hold of the samples, whose check-in is 703000 + 10 n. */
function step({
  name,
  section = '3.5, 8.3',
  n,
  action,
  on: target,
  total,
  given = [],
  at = LATER,
  done,
  free,
}: Step) {
  const checkedIn = 703000 + 10 * n;
  const pair = acted({
    name,
    section,
    numbers: { requestId: 5300 + n, internalReference: checkedIn },
    given: [opens(HOLD), HELD, ...given],
    at,
    body: { action, internalReference: target ?? checkedIn, amount: usd(total) },
    done,
  });
  return { ...pair, free: { ...pair.free, ...free } };
}

const STEPS: GoldenPair[] = [
  step({
    name: 'a hold is lowered by a reauthorization',
    n: 11,
    action: 'reauthorization',
    total: 500,
    done: of(703111, 500),
  }),
  step({
    name: 'a hold is raised by a reauthorization whose total is a string',
    section: '3.5, 10, 11 (25)',
    n: 12,
    action: 'reauthorization',
    total: '2000',
    done: of(703121, 2000),
  }),
  step({
    name: 'a hold is named by a string as well',
    section: '3.5, 11 (26)',
    n: 13,
    action: 'reauthorization',
    on: '703130',
    total: 1600,
    done: of(703131, 1600),
  }),
  step({
    name: 'a hold is reauthorized any number of times, by its latest number',
    n: 14,
    action: 'reauthorization',
    on: 703142,
    total: 900,
    given: [
      act('reauthorization', 703140, 700, on('11:00:00')),
      act('reauthorization', 703141, 800, on('11:10:00')),
    ],
    done: of(703143, 900),
  }),
  step({
    name: 'a hold is reauthorized any number of times, by the number of its check-in',
    n: 15,
    action: 'reauthorization',
    total: 900,
    given: [act('reauthorization', 703150, 700, on('11:00:00'))],
    done: of(703152, 900),
  }),
  step({
    name: 'a reauthorization that the issuer declines says so and leaves the hold as it was',
    n: 16,
    action: 'reauthorization',
    total: 2500,
    given: [networkDeclines('51')],
    done: of(703161, 2500, { status: 'REJECTED', reason: '51' }),
    free: OWN_NUMBER,
  }),
  step({
    name: 'a reauthorization may be tried again after a decline',
    n: 17,
    action: 'reauthorization',
    total: 2500,
    given: [networkDeclines('51'), act('reauthorization', 703170, 2500, on('11:00:00'))],
    done: of(703172, 2500),
    free: OWN_NUMBER,
  }),
  step({
    name: 'a hold is taken whole by a checkout',
    n: 18,
    action: 'checkout',
    total: 1500,
    done: of(703181, 1500),
  }),
  step({
    name: 'a hold is taken in part by a checkout',
    n: 19,
    action: 'checkout',
    total: '1200.50',
    done: of(703191, 1200.5),
  }),
  step({
    name: 'more than the hold may be taken, as the sample does',
    n: 20,
    action: 'checkout',
    total: 2000,
    done: of(703201, 2000),
  }),
  step({
    name: 'a checkout of nothing releases the hold',
    section: '3.5, 8.3, 10',
    n: 21,
    action: 'checkout',
    total: 0,
    done: of(703211, 0),
  }),
  step({
    name: 'what was reauthorized is taken by the number of the check-in',
    n: 22,
    action: 'checkout',
    total: 1800,
    given: [act('reauthorization', 703220, 1800, on('11:00:00'))],
    done: of(703222, 1800),
  }),
  step({
    name: 'what was reauthorized is taken by the number of the reauthorization',
    n: 23,
    action: 'checkout',
    on: 703231,
    total: 1800,
    given: [act('reauthorization', 703230, 1800, on('11:00:00'))],
    done: of(703232, 1800),
  }),
  step({
    name: 'a checkout that the issuer declines says so and leaves the hold as it was',
    n: 24,
    action: 'checkout',
    total: 1500,
    given: [networkDeclines('05')],
    done: of(703241, 1500, { status: 'REJECTED', reason: '05' }),
    free: OWN_NUMBER,
  }),
  step({
    name: 'a checkout may be tried again after a decline',
    n: 25,
    action: 'checkout',
    total: 1500,
    given: [networkDeclines('05'), act('checkout', 703250, 1500, on('11:00:00'))],
    done: of(703252, 1500),
    free: OWN_NUMBER,
  }),
  step({
    name: 'a site that is told so answers a reauthorization with the number of the check-in',
    section: '3.5, 13 (6)',
    n: 26,
    action: 'reauthorization',
    total: 1700,
    given: [turns({ internalReferences: 'same' })],
    done: of(703260, 1700),
  }),
  step({
    name: 'a site that is told so answers a checkout with the number of the check-in',
    section: '3.5, 13 (6)',
    n: 27,
    action: 'checkout',
    total: 1500,
    given: [turns({ internalReferences: 'same' })],
    done: of(703270, 1500),
  }),
  step({
    name: 'a site that is told so declines a second checkout with a transaction',
    section: '3.5, 5.3',
    n: 28,
    action: 'checkout',
    total: 1500,
    given: [turns({ secondCheckout: 'rejected' }), act('checkout', 703280, 1500, on('11:00:00'))],
    done: of(703282, 1500, { status: 'REJECTED', reason: '13' }),
    free: { ...OWN_NUMBER, ...OWN_REASON },
  }),
  step({
    name: 'the day before its automatic release a hold is still there',
    n: 29,
    action: 'checkout',
    total: 1500,
    at: on('10:00:00', '2026-04-01'),
    done: of(703291, 1500, { date: on('10:00:00', '2026-04-01') }),
  }),
];

export const PREAUTHORIZED: GoldenPair[] = [...CHECK_IN, ...STEPS];
