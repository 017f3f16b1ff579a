/** Partial payments: several attempts until the total is met (sections 5.1, 8.1). */
import type { GoldenPair, Json } from './golden-pair.js';
import { asked, invalid, opened, paying, type Question } from './sentences.js';
import { attempt, givesUp, on, pays } from './steps.js';
import type { GoldenAttempt } from './transactions.js';

const amount = { currency: 'COP', total: 84500 };
/** The order of the samples, to be paid in parts; it has no taxes. */
const IN_PARTS = paying({ amount, allowPartial: true });

const asking = (question: Omit<Question, 'section'> & { section?: string }): GoldenPair =>
  asked({ section: '5.1, 8.1', order: IN_PARTS, ...question });

/** An attempt of its own amount: that of a part. */
const part = (
  internalReference: number,
  total: number,
  [status, reason]: [GoldenAttempt['status'], string],
  time: string,
  card: Parameters<typeof attempt>[4] = 'approved',
): GoldenAttempt => attempt(internalReference, status, reason, time, card, { total });

const APPROVED: [GoldenAttempt['status'], string] = ['APPROVED', '00'];
const DECLINED: [GoldenAttempt['status'], string] = ['REJECTED', '05'];
const WAITING: [GoldenAttempt['status'], string] = ['PENDING', '?-'];

const PROGRESS: GoldenPair[] = [
  opened({
    name: 'an order to be paid in parts is opened',
    section: '8.1',
    requestId: 5201,
    request: { body: IN_PARTS },
  }),
  asking({
    name: 'an untouched session for parts says that it takes parts',
    section: '3.2, 8.1',
    requestId: 5202,
    steps: [],
    at: on('10:16:02'),
    state: 'PENDING',
    reason: 'PC',
    attempts: [],
  }),
  asking({
    name: 'a session of which a part is paid is partially approved',
    requestId: 5203,
    steps: [pays('10:20:00', 'approved', { amount: '30000' })],
    at: on('10:21:00'),
    state: 'APPROVED_PARTIAL',
    reason: 'P0',
    attempts: [part(701030, 30000, APPROVED, '10:20:00')],
  }),
  asking({
    name: 'a partial approval is told in the English words of the document',
    requestId: 5204,
    order: { ...IN_PARTS, locale: 'en_US' },
    steps: [pays('10:20:00', 'approved', { amount: '30000' })],
    at: on('10:21:00'),
    state: 'APPROVED_PARTIAL',
    reason: 'P0',
    message: 'The request has been partially approved',
    attempts: [part(701040, 30000, APPROVED, '10:20:00')],
  }),
  asking({
    name: 'a session whose first part was declined is pending',
    requestId: 5205,
    steps: [pays('10:20:00', 'declined', { amount: '30000' })],
    at: on('10:21:00'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [part(701050, 30000, DECLINED, '10:20:00', 'declined')],
  }),
  asking({
    name: 'a declined part takes nothing from what was approved before',
    requestId: 5206,
    steps: [
      pays('10:20:00', 'approved', { amount: '30000' }),
      pays('10:22:00', 'declined', { amount: '20000' }),
    ],
    at: on('10:23:00'),
    state: 'APPROVED_PARTIAL',
    reason: 'P0',
    attempts: [
      part(701061, 20000, DECLINED, '10:22:00', 'declined'),
      part(701060, 30000, APPROVED, '10:20:00'),
    ],
  }),
  asking({
    name: 'a session whose first part waits at the network is pending',
    requestId: 5207,
    steps: [pays('10:20:00', 'pendingApproved', { amount: '30000' })],
    at: on('10:20:30'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [part(701070, 30000, WAITING, '10:20:00', 'pendingApproved')],
  }),
  asking({
    name: 'a part that the network approves later makes the session partially approved',
    requestId: 5208,
    steps: [pays('10:20:00', 'pendingApproved', { amount: '30000' })],
    at: on('10:25:00'),
    state: 'APPROVED_PARTIAL',
    reason: 'P0',
    attempts: [part(701080, 30000, APPROVED, '10:21:00', 'pendingApproved')],
  }),
  asking({
    name: 'a part that the network declines later leaves the session pending',
    requestId: 5209,
    steps: [pays('10:20:00', 'pendingRejected', { amount: '30000' })],
    at: on('10:25:00'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [part(701090, 30000, DECLINED, '10:21:00', 'pendingRejected')],
  }),
];

const COMPLETION: GoldenPair[] = [
  asking({
    name: 'the remainder completes the session',
    requestId: 5211,
    steps: [pays('10:20:00', 'approved', { amount: '30000' }), pays('10:24:00', 'approved')],
    at: on('10:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:24:00'),
    attempts: [part(701111, 54500, APPROVED, '10:24:00'), part(701110, 30000, APPROVED, '10:20:00')],
  }),
  asking({
    name: 'three parts complete the session when they meet the total',
    requestId: 5212,
    steps: [
      pays('10:20:00', 'approved', { amount: '30000' }),
      pays('10:22:00', 'approved', { amount: '50000.50' }),
      pays('10:24:00', 'approved', { amount: '4499.50' }),
    ],
    at: on('10:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:24:00'),
    attempts: [
      part(701122, 4499.5, APPROVED, '10:24:00'),
      part(701121, 50000.5, APPROVED, '10:22:00'),
      part(701120, 30000, APPROVED, '10:20:00'),
    ],
  }),
  asking({
    name: 'a session for parts that is paid at once is approved',
    requestId: 5213,
    steps: [pays('10:20:00', 'approved')],
    at: on('10:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [part(701130, 84500, APPROVED, '10:20:00')],
  }),
  asking({
    name: 'the last part, approved by the network after the expiry, completes the session',
    requestId: 5214,
    steps: [pays('10:20:00', 'approved', { amount: '30000' }), pays('10:45:00', 'pendingApproved')],
    at: on('11:00:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:46:00'),
    attempts: [
      part(701141, 54500, APPROVED, '10:46:00', 'pendingApproved'),
      part(701140, 30000, APPROVED, '10:20:00'),
    ],
  }),
];

const ENDS: GoldenPair[] = [
  asking({
    name: 'a session of which only a part was paid ends by its expiry with what was paid',
    requestId: 5221,
    steps: [pays('10:20:00', 'approved', { amount: '30000' })],
    at: on('12:00:00'),
    state: 'PARTIAL_EXPIRED',
    reason: 'PX',
    date: on('10:45:30'),
    attempts: [part(701210, 30000, APPROVED, '10:20:00')],
  }),
  asking({
    name: 'a session of which only a part was paid ends with what was paid when the payer gives up',
    requestId: 5222,
    steps: [pays('10:20:00', 'approved', { amount: '30000' }), givesUp('10:25:00')],
    at: on('10:30:00'),
    state: 'PARTIAL_EXPIRED',
    reason: 'PX',
    date: on('10:25:00'),
    attempts: [part(701220, 30000, APPROVED, '10:20:00')],
  }),
  asking({
    name: 'a declined part is shown among what a session that ended in part holds',
    requestId: 5223,
    steps: [
      pays('10:20:00', 'approved', { amount: '30000' }),
      pays('10:22:00', 'declined', { amount: '54500' }),
    ],
    at: on('12:00:00'),
    state: 'PARTIAL_EXPIRED',
    reason: 'PX',
    date: on('10:45:30'),
    attempts: [
      part(701231, 54500, DECLINED, '10:22:00', 'declined'),
      part(701230, 30000, APPROVED, '10:20:00'),
    ],
  }),
  asking({
    name: 'the last part, declined by the network after the expiry, ends the session with what was paid',
    requestId: 5224,
    steps: [pays('10:20:00', 'approved', { amount: '30000' }), pays('10:45:00', 'pendingRejected')],
    at: on('11:00:00'),
    state: 'PARTIAL_EXPIRED',
    reason: 'PX',
    date: on('10:46:00'),
    attempts: [
      part(701241, 54500, DECLINED, '10:46:00', 'pendingRejected'),
      part(701240, 30000, APPROVED, '10:20:00'),
    ],
  }),
  asking({
    name: 'a session for parts of which nothing was paid expires like any other',
    requestId: 5225,
    steps: [pays('10:20:00', 'declined', { amount: '30000' })],
    at: on('12:00:00'),
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:45:30'),
    attempts: [part(701250, 30000, DECLINED, '10:20:00', 'declined')],
  }),
  asking({
    name: 'a session for parts that is given up untouched is rejected',
    requestId: 5226,
    steps: [givesUp('10:20:00')],
    at: on('10:30:00'),
    state: 'REJECTED',
    reason: '?C',
    date: on('10:20:00'),
    attempts: [],
  }),
];

const monthly = { periodicity: 'M', interval: 1, maxPeriods: 12 };
const twoParts = [
  { amount: { currency: 'COP', total: 80000 }, agreement: 1001, agreementType: 'MERCHANT' },
  { amount: { currency: 'COP', total: 4500 }, agreementType: 'MERCHANT' },
];
const taxes = [{ kind: 'valueAddedTax', amount: 13491.6 }];

/** The message names one of the two that do not go together. */
const apart = (name: string, body: Json, section = '8.1'): GoldenPair => {
  const pair = invalid(name, section, 'payment', body);
  return { ...pair, free: { ...pair.free, 'status.message': /payment|type/ } };
};

const CONTRADICTIONS: GoldenPair[] = [
  apart('parts do not go with a recurrence', paying({ recurring: monthly }, IN_PARTS), '2.3, 8.1'),
  apart('parts do not go with a dispersion', paying({ dispersion: twoParts }, IN_PARTS), '8.1, 8.4'),
  apart('parts do not go with a check-in', { ...IN_PARTS, type: 'checkin' }, '8.1, 8.3'),
  apart('parts do not go with taxes', paying({ amount: { ...amount, taxes } }, IN_PARTS), '4.4, 8.1'),
  apart(
    'parts do not go with details',
    paying({ amount: { ...amount, details: [{ kind: 'shipping', amount: 4500 }] } }, IN_PARTS),
    '4.4, 8.1',
  ),
];

export const PARTIAL: GoldenPair[] = [...PROGRESS, ...COMPLETION, ...ENDS, ...CONTRADICTIONS];
