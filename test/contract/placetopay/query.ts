/** `POST /api/session/{requestId}`: a session in each of its states (sections 3.2, 4.7, 5, 10). */
import type { GoldenPair, GoldenStep, Json } from './golden-pair.js';
import {
  BUYER,
  CARDS,
  CHILEAN_SHOP,
  echo,
  freeInQuery,
  type GoldenAttempt,
  ORDER,
  processUrl,
  SHOP,
  sessionStatus,
  transaction,
  understood,
} from './samples.js';

const OPEN_AT = '2026-03-02T10:15:31-05:00';

interface Question {
  name: string;
  section: string;
  requestId: number;
  /** Between the opening and the question. */
  steps: GoldenStep[];
  at: string;
  state: 'PENDING' | 'APPROVED' | 'REJECTED';
  reason: string;
  /** When the state was reached; an open session is dated by the question. */
  date?: string;
  /** Newest first. */
  attempts: GoldenAttempt[];
}

function asked(question: Question): GoldenPair {
  const { name, section, requestId, steps, at, state, reason, attempts } = question;
  const date = question.date ?? at;
  return {
    name,
    section,
    site: SHOP,
    given: [{ at: OPEN_AT, do: 'open', body: ORDER }, ...steps],
    request: { at, path: `/api/session/${requestId}`, body: {} },
    answer: {
      http: 200,
      body: {
        requestId,
        status: sessionStatus(state, reason, date),
        request: echo(requestId, attempts.length > 0 ? BUYER : undefined),
        payment: attempts.length > 0 ? attempts.map(transaction) : null,
        subscription: null,
      },
    },
    free: freeInQuery(attempts.length),
    expect: {
      kind: 'session',
      requestId,
      state,
      reason,
      at: date,
      reference: 'ORD-1001',
      attempts: attempts.map((attempt) => understood(attempt)),
    },
  };
}

const on = (time: string): string => `2026-03-02T${time}-05:00`;
const pays = (time: string, card: keyof typeof CARDS): GoldenStep => ({
  at: on(time),
  do: 'pay',
  card: CARDS[card],
});

const attempt = (
  internalReference: number,
  status: GoldenAttempt['status'],
  reason: string,
  time: string,
  card: keyof typeof CARDS,
): GoldenAttempt => ({ internalReference, status, reason, date: on(time), card: CARDS[card] });

const STATES: GoldenPair[] = [
  asked({
    name: 'an untouched session is active and has no payment',
    section: '10, 5.1',
    requestId: 4801,
    steps: [],
    at: on('10:16:02'),
    state: 'PENDING',
    reason: 'PC',
    attempts: [],
  }),
  asked({
    name: 'a session with one decline is pending',
    section: '5.1',
    requestId: 4802,
    steps: [pays('10:19:44', 'declined')],
    at: on('10:20:00'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(700010, 'REJECTED', '05', '10:19:44', 'declined')],
  }),
  asked({
    name: 'a session that was approved after a decline shows the newest attempt first',
    section: '10',
    requestId: 4803,
    steps: [pays('10:19:44', 'declined'), pays('10:21:05', 'approved')],
    at: on('10:22:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:21:05'),
    attempts: [
      attempt(700021, 'APPROVED', '00', '10:21:05', 'approved'),
      attempt(700020, 'REJECTED', '05', '10:19:44', 'declined'),
    ],
  }),
  asked({
    name: 'a session approved at the first attempt is final',
    section: '5.1',
    requestId: 4804,
    steps: [pays('10:20:00', 'approved')],
    at: on('11:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [attempt(700030, 'APPROVED', '00', '10:20:00', 'approved')],
  }),
  asked({
    name: 'a session pending at the network is pending',
    section: '5.1, 5.2, 6',
    requestId: 4805,
    steps: [pays('10:20:00', 'pendingApproved')],
    at: on('10:20:30'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(700040, 'PENDING', '?-', '10:20:00', 'pendingApproved')],
  }),
  asked({
    name: 'a pending attempt that the network approves makes the session approved',
    section: '5.1, 9.1',
    requestId: 4806,
    steps: [pays('10:20:00', 'pendingApproved')],
    at: on('10:25:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:21:00'),
    attempts: [attempt(700050, 'APPROVED', '00', '10:21:00', 'pendingApproved')],
  }),
  asked({
    name: 'a pending attempt that the network declines leaves the session open',
    section: '5.1, 9.1',
    requestId: 4807,
    steps: [pays('10:20:00', 'pendingRejected')],
    at: on('10:25:00'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(700060, 'REJECTED', '05', '10:21:00', 'pendingRejected')],
  }),
  asked({
    name: 'a network that answers after 180 s leaves the session pending until then',
    section: '9.1',
    requestId: 4808,
    steps: [pays('10:20:00', 'slowApproved')],
    at: on('10:22:59'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(700070, 'PENDING', '?-', '10:20:00', 'slowApproved')],
  }),
  asked({
    name: 'a network that has answered after 180 s has approved',
    section: '9.1',
    requestId: 4809,
    steps: [pays('10:20:00', 'slowApproved')],
    at: on('10:23:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:23:00'),
    attempts: [attempt(700080, 'APPROVED', '00', '10:23:00', 'slowApproved')],
  }),
  asked({
    name: 'a technical failure of an attempt leaves the session open',
    section: '5.2, 9.1',
    requestId: 4810,
    steps: [pays('10:20:00', 'exception')],
    at: on('10:20:10'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(700090, 'FAILED', 'XH', '10:20:00', 'exception')],
  }),
  asked({
    name: 'an unknown card number is declined with 14',
    section: '6',
    requestId: 4811,
    steps: [pays('10:20:00', 'unknown')],
    at: on('10:20:10'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(700100, 'REJECTED', '14', '10:20:00', 'unknown')],
  }),
  asked({
    name: 'a session that the payer gave up is rejected',
    section: '5.1',
    requestId: 4812,
    steps: [{ at: on('10:20:00'), do: 'cancel' }],
    at: on('10:30:00'),
    state: 'REJECTED',
    reason: '?C',
    date: on('10:20:00'),
    attempts: [],
  }),
  asked({
    name: 'a session that expired untouched is rejected, and that is no error',
    section: '5.1, 11 (24)',
    requestId: 4813,
    steps: [],
    at: on('12:00:00'),
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:45:30'),
    attempts: [],
  }),
  asked({
    name: 'a session that expired after a decline is rejected as expired',
    section: '5.1',
    requestId: 4814,
    steps: [pays('10:20:00', 'declined')],
    at: on('12:00:00'),
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:45:30'),
    attempts: [attempt(700110, 'REJECTED', '05', '10:20:00', 'declined')],
  }),
  asked({
    name: 'a session that expires while an attempt is pending waits for the network',
    section: '5.1',
    requestId: 4815,
    steps: [pays('10:45:00', 'pendingApproved')],
    at: on('10:45:45'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(700120, 'PENDING', '?-', '10:45:00', 'pendingApproved')],
  }),
  asked({
    name: 'an attempt that is approved after the expiry makes the session approved',
    section: '5.1',
    requestId: 4816,
    steps: [pays('10:45:00', 'pendingApproved')],
    at: on('11:00:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:46:00'),
    attempts: [attempt(700130, 'APPROVED', '00', '10:46:00', 'pendingApproved')],
  }),
  asked({
    name: 'an attempt that is declined after the expiry ends the session as expired',
    section: '5.1',
    requestId: 4817,
    steps: [pays('10:45:00', 'pendingRejected')],
    at: on('11:00:00'),
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:46:00'),
    attempts: [attempt(700140, 'REJECTED', '05', '10:46:00', 'pendingRejected')],
  }),
  asked({
    name: 'a session whose attempts are used up is rejected',
    section: '5.1, 8.8',
    requestId: 4818,
    steps: [
      { at: OPEN_AT, do: 'switch', switches: { attempts: 2 } },
      pays('10:20:00', 'declined'),
      pays('10:21:00', 'unknown'),
    ],
    at: on('10:30:00'),
    state: 'REJECTED',
    reason: 'XN',
    date: on('10:21:00'),
    attempts: [
      attempt(700151, 'REJECTED', '14', '10:21:00', 'unknown'),
      attempt(700150, 'REJECTED', '05', '10:20:00', 'declined'),
    ],
  }),
];

/** What a request becomes before it is stored (sections 2.5, 3.1, 3.2): a pair of its own each. */
function echoed(
  name: string,
  section: string,
  requestId: number,
  body: Json,
  request: Json,
  more: { site?: GoldenPair['site']; message?: string; at?: string } = {},
): GoldenPair {
  const at = more.at ?? on('10:16:02');
  const status = { ...sessionStatus('PENDING', 'PC', at), ...(more.message && { message: more.message }) };
  const fields = (request.fields ?? []) as Json[];
  const own = { keyword: '_processUrl_', value: processUrl(requestId), displayOn: 'none' };
  return {
    name,
    section,
    site: more.site ?? SHOP,
    given: [{ at: OPEN_AT, do: 'open', body: { ...ORDER, ...body } }],
    request: { at: on('10:16:02'), path: `/api/session/${requestId}`, body: {} },
    answer: {
      http: 200,
      body: {
        requestId,
        status,
        request: { ...echo(requestId), ...request, fields: [...fields, own] },
        payment: null,
        subscription: null,
      },
    },
    free: { [`request.fields.${fields.length}.value`]: freeInQuery(0)['request.fields.0.value'] as RegExp },
    expect: {
      kind: 'session',
      requestId,
      state: 'PENDING',
      reason: 'PC',
      at,
      reference: (((request.payment ?? ORDER.payment) as Json).reference ?? '') as string,
      attempts: [],
    },
  };
}

const rounded = (reference: string, currency: string, total: number): Json => ({
  payment: { reference, amount: { currency, total }, allowPartial: false, subscribe: false },
});
const bare = (reference: string, currency: string, total: unknown): Json => ({
  payment: { reference, amount: { currency, total } },
});

const ECHOES: GoldenPair[] = [
  echoed(
    '576.12345 dollars are 576.12',
    '2.5',
    4831,
    bare('R-1', 'USD', 576.12345),
    rounded('R-1', 'USD', 576.12),
  ),
  echoed(
    '576.9875 dollars are 576.99',
    '2.5',
    4832,
    bare('R-2', 'USD', '576.9875'),
    rounded('R-2', 'USD', 576.99),
  ),
  echoed(
    '576.12345 Colombian pesos are 576.12',
    '2.5',
    4833,
    bare('R-3', 'COP', '576.12345'),
    rounded('R-3', 'COP', 576.12),
  ),
  echoed(
    '576.9875 Chilean pesos are 577',
    '2.5',
    4834,
    { ...bare('R-4', 'CLP', 576.9875), locale: 'es_CL' },
    { ...rounded('R-4', 'CLP', 577), locale: 'es_CL' },
    {
      site: CHILEAN_SHOP,
      at: '2026-03-02T12:16:02-03:00',
    },
  ),
  echoed(
    'an amount sent as a string is told as a number',
    '2.5, 11 (25)',
    4835,
    bare('R-5', 'COP', '10000'),
    rounded('R-5', 'COP', 10000),
  ),
  echoed(
    'an expiration in UTC is told as it came',
    '3.2',
    4836,
    { expiration: '2026-03-02T15:45:30Z' },
    { expiration: '2026-03-02T15:45:30Z' },
  ),
  echoed(
    'of a repeated keyword the first stays',
    '3.1, 4.9',
    4837,
    {
      fields: [
        { keyword: 'order', value: '1' },
        { keyword: 'order', value: '2' },
      ],
    },
    { fields: [{ keyword: 'order', value: '1', displayOn: 'none' }] },
  ),
  echoed(
    'taxes of an unknown kind are dropped',
    '4.4',
    4838,
    {
      payment: {
        reference: 'R-8',
        amount: {
          currency: 'COP',
          total: 5,
          taxes: [
            { kind: 'windows', amount: 1 },
            { kind: 'ice', amount: 1 },
          ],
        },
      },
    },
    {
      payment: {
        reference: 'R-8',
        amount: { currency: 'COP', total: 5, taxes: [{ kind: 'ice', amount: 1 }] },
        allowPartial: false,
        subscribe: false,
      },
    },
  ),
  echoed(
    'the city of an address is cut to 30 characters',
    '3.1',
    4839,
    { buyer: { ...BUYER, address: { city: 'c'.repeat(31), country: 'CO' } } },
    { buyer: { ...BUYER, address: { city: 'c'.repeat(30), country: 'CO' } } },
  ),
  echoed(
    'a buyer whose name holds a card number loses the name',
    '3.1',
    4840,
    { buyer: { ...BUYER, name: 'Ana 4111111111111111' } },
    { buyer: { surname: 'Ruiz', email: 'ana@example.com', documentType: 'CC', document: '1020304050' } },
  ),
  echoed(
    'English sessions are told of in English',
    '2.4',
    4841,
    { locale: 'en_US' },
    { locale: 'en_US' },
    { message: 'The request is active' },
  ),
];

export const QUERIED: GoldenPair[] = [...STATES, ...ECHOES];
