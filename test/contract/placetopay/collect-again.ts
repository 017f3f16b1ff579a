/** The same charge twice within a day, and charges that are refused (sections 2.3, 3.4, 8.7, 13). */
import { charged, charging, COLLECT, one, php } from './collect.js';
import type { GoldenAuth, GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { CHILEAN_SHOP, SUBTOKEN, TOKEN } from './samples.js';
import { acted, refused } from './sentences.js';
import { attempt, calls, networkDeclines, on, opens, turns } from './steps.js';
import { STORES, TO_STORE } from './subscription.js';

const AT = on('12:00:00');
const EARLIER_AT = on('11:30:00');

/** A card is stored, charged once at half past eleven, and then asked for again. */
const twice = (requestId: number, earlier: Json, steps: GoldenStep[] = []): GoldenStep[] => [
  ...charging(requestId, 710000 + requestId, steps),
  calls(EARLIER_AT, COLLECT, earlier),
];
const earlierOne = (requestId: number, reference: string, how?: Parameters<typeof one>[2]) => ({
  ...one(requestId, reference, how),
  date: EARLIER_AT,
});

/** The charge is answered by the session of the earlier one, and nothing is charged. */
function answeredByEarlier(
  name: string,
  requestId: number,
  reference: string,
  request: Json,
  more: { steps?: GoldenStep[]; http?: number; section?: string; total?: number } = {},
): GoldenPair {
  return charged({
    name,
    section: more.section ?? '8.7',
    requestId,
    given: twice(requestId, php(reference), more.steps),
    request: { ...request, payment: php(reference).payment },
    ...(more.http && { http: more.http }),
    state: 'APPROVED',
    reason: '00',
    date: EARLIER_AT,
    attempts: [earlierOne(requestId, reference)],
  });
}

/** What is asked differs from what the earlier session echoes. */
const asking = (pair: GoldenPair, body: Json): GoldenPair => ({
  ...pair,
  request: { at: AT, path: COLLECT, body },
});

const waiting: GoldenStep = {
  at: AT,
  do: 'control',
  method: 'POST',
  path: '/control/faults',
  body: { operation: 'payment', kind: 'pending_for_ever', site: 'SHOP' },
};

const SAME: GoldenPair[] = [
  answeredByEarlier(
    'the same charge within a day is answered by the earlier one',
    5622,
    'DUP-1',
    php('DUP-1'),
  ),
  asking(
    answeredByEarlier('amounts of charges are compared after rounding', 5624, 'DUP-2', php('DUP-2')),
    php('DUP-2', '12000.004'),
  ),
  asking(answeredByEarlier('the instrument does not tell two charges apart', 5626, 'DUP-3', php('DUP-3')), {
    ...php('DUP-3'),
    instrument: { token: { subtoken: SUBTOKEN } },
  }),
  answeredByEarlier('a site that is told so answers the same charge with 208', 5628, 'DUP-4', php('DUP-4'), {
    steps: [turns({ duplicateCollect: 'earlier_208' })],
    http: 208,
    section: '8.7, 13 (1)',
  }),
  charged({
    name: 'the same charge is answered by the earlier one while that waits at the network',
    section: '8.7',
    requestId: 5630,
    given: twice(5630, php('DUP-5'), [waiting]),
    request: php('DUP-5'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [earlierOne(5630, 'DUP-5', ['PENDING', '?-'])],
  }),
  refused(
    {
      name: 'a site that is told so refuses the same charge',
      section: '8.7, 13 (1)',
      numbers: { requestId: 5631 },
    },
    { at: AT, path: COLLECT, body: php('DUP-6') },
    { http: 400, reason: 'request_not_valid', message: 'la petición está duplicada', free: /./ },
    twice(5632, php('DUP-6'), [turns({ duplicateCollect: 'refused_400' })]),
  ),
  charged({
    name: 'a site that is told so rejects the same charge by a session without payment',
    section: '8.7, 13 (1)',
    requestId: 5635,
    storedBy: 5633,
    given: twice(5634, php('DUP-7'), [turns({ duplicateCollect: 'rejected' })]),
    request: php('DUP-7'),
    state: 'REJECTED',
    reason: 'XN',
    attempts: [],
  }),
  charged({
    name: 'a site that is told so lets a rejected charge block the same one',
    section: '8.7, 13 (1)',
    requestId: 5638,
    given: twice(5638, php('DUP-8'), [
      turns({ duplicateCollect: 'earlier_blocks_rejected' }),
      networkDeclines('05'),
    ]),
    request: php('DUP-8'),
    state: 'REJECTED',
    reason: 'XN',
    date: EARLIER_AT,
    attempts: [earlierOne(5638, 'DUP-8', ['REJECTED', '05'])],
  }),
];

const NOT_THE_SAME: GoldenPair[] = [
  charged({
    name: 'a rejected charge does not block the same one',
    section: '8.7',
    requestId: 5641,
    storedBy: 5639,
    given: twice(5640, php('DUP-11'), [networkDeclines('05')]),
    request: php('DUP-11'),
    state: 'APPROVED',
    reason: '00',
    attempts: [one(5641, 'DUP-11')],
  }),
  charged({
    name: 'a charge of another amount is another charge',
    section: '8.7',
    requestId: 5645,
    storedBy: 5643,
    given: twice(5644, php('DUP-12')),
    request: php('DUP-12', 12000.01),
    state: 'APPROVED',
    reason: '00',
    attempts: [one(5645, 'DUP-12', undefined, 12000.01)],
  }),
  charged({
    name: 'the same charge a day later is another charge',
    section: '8.7',
    requestId: 5648,
    storedBy: 5646,
    given: twice(5647, php('DUP-13')),
    request: { ...php('DUP-13'), expiration: '2026-03-04T10:15:30+00:00' },
    at: on('11:30:01', '2026-03-03'),
    state: 'APPROVED',
    reason: '00',
    attempts: [{ ...one(5648, 'DUP-13'), date: on('11:30:01', '2026-03-03') }],
  }),
];

const fromChile: GoldenAuth = { login: CHILEAN_SHOP.login, secretKey: CHILEAN_SHOP.secretKey };
const usingToken = (requestId: number): GoldenStep[] => charging(requestId, 710000 + requestId);
const invalidated = calls(on('11:00:00'), '/api/instrument/invalidate', {
  instrument: { token: { token: TOKEN } },
});

function notCharged(
  name: string,
  section: string,
  body: Json,
  answer: { reason: string; message: string; free: RegExp },
  more: { requestId?: number; given?: GoldenStep[]; auth?: GoldenAuth } = {},
): GoldenPair {
  const { requestId, given, auth } = more;
  return refused(
    { name, section, ...(requestId && { numbers: { requestId: requestId - 1 } }) },
    { at: AT, path: COLLECT, body, ...(auth && { auth }) },
    { http: 400, ...answer },
    given,
  );
}

const XN = { reason: 'XN', message: 'El token usado no es válido', free: /./ };
const wrong = (field: string, reason = 'request_not_valid') => ({
  reason,
  message: `${field}: no es válido`,
  free: new RegExp(field),
});

const NOT_CHARGED: GoldenPair[] = [
  notCharged(
    'a token that nobody gave out is not charged',
    '2.3, 3.4',
    { ...php('NO-1'), instrument: { token: { token: '0'.repeat(64) } } },
    XN,
  ),
  notCharged('a dead token is not charged', '2.3, 3.4', php('NO-2'), XN, {
    requestId: 5652,
    given: [...usingToken(5652), invalidated],
  }),
  notCharged(
    'with its token a subtoken is dead too',
    '3.4, 3.7',
    { ...php('NO-3'), instrument: { token: { subtoken: SUBTOKEN } } },
    XN,
    { requestId: 5654, given: [...usingToken(5654), invalidated] },
  ),
  notCharged('a token of another site is not charged', '3.4, 8.6', php('NO-4'), XN, {
    requestId: 5656,
    given: usingToken(5656),
    auth: fromChile,
  }),
  notCharged(
    'a charge without an instrument is refused',
    '3.4',
    { ...php('NO-5'), instrument: undefined },
    wrong('instrument'),
  ),
  notCharged(
    'a charge without a payment is refused',
    '3.4',
    { ...php('NO-6'), payment: undefined },
    wrong('payment'),
  ),
  notCharged(
    'a charge without a payer is refused',
    '3.4',
    { ...php('NO-7'), payer: undefined },
    wrong('payer'),
    {
      requestId: 5658,
      given: usingToken(5658),
    },
  ),
  notCharged(
    'a charge whose payer has too long an e-mail is refused as payer data',
    '2.3, 3.1',
    { ...php('NO-8'), payer: { name: 'Ana', email: `${'a'.repeat(80)}@example.com` } },
    wrong('payer.email', 'payer_data_not_valid'),
    { requestId: 5660, given: usingToken(5660) },
  ),
];

/** A stored card can be held as well as charged. */
const HELD: GoldenPair[] = [
  charged({
    name: 'a stored card is held by a charge that is a check-in',
    section: '3.4, 8.3',
    requestId: 5672,
    request: { ...php('HOLD-1'), type: 'checkin' },
    state: 'APPROVED',
    reason: '00',
    attempts: [one(5672, 'HOLD-1')],
  }),
  acted({
    name: 'what was held of a stored card is taken',
    section: '3.4, 8.3',
    numbers: { requestId: 5673, internalReference: 715670 },
    given: [
      opens(TO_STORE),
      STORES,
      { at: AT, do: 'number', next: { requestId: 5674, internalReference: 715674 } },
      calls(on('11:00:00'), COLLECT, { ...php('HOLD-2'), type: 'checkin' }),
    ],
    at: AT,
    body: { action: 'checkout', internalReference: 715674, amount: { currency: 'COP', total: 12000 } },
    done: attempt(715675, 'APPROVED', '00', '12:00:00', 'approved', { reference: 'HOLD-2', total: 12000 }),
  }),
];

export const COLLECTED_AGAIN: GoldenPair[] = [...SAME, ...NOT_THE_SAME, ...NOT_CHARGED, ...HELD];
