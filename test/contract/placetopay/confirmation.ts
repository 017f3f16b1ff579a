/** The confirmation flow: captured first, confirmed or cancelled by the merchant later (sections 3.5, 5, 8.9). */
import type { GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { HOLD } from './holds.js';
import { ORDER } from './samples.js';
import { acted, asked, invalid, opened, paying, type Question, refused } from './sentences.js';
import { attempt, calls, networkDeclines, on, opens, pays, turns } from './steps.js';
import { TO_STORE } from './subscription.js';
import type { GoldenAttempt } from './transactions.js';

const metadata = { requiresConfirmation: true };
export const TO_CONFIRM: Json = { ...ORDER, metadata };
export const ALLOWED = turns({ confirmation: true });
const CAPTURED = pays('10:20:00', 'approved');
const SOON = on('10:30:00');

const numbersOf = (n: number) => ({ requestId: 5700 + n, internalReference: 707000 + 10 * n });
const does = (action: 'confirm' | 'cancel', n: number, at = on('10:25:00')): GoldenStep =>
  calls(at, '/api/transaction', { action, internalReference: numbersOf(n).internalReference });
const tried = (n: number, [status, reason]: [GoldenAttempt['status'], string], time: string): GoldenAttempt =>
  attempt(numbersOf(n).internalReference, status, reason, time, 'approved');

/** The switch is turned before the session is opened. */
const allowed = (pair: GoldenPair): GoldenPair => ({ ...pair, given: [ALLOWED, ...pair.given] });

const asking = (
  n: number,
  question: Omit<Question, 'order' | 'section' | 'requestId'> & { section?: string },
) =>
  allowed(
    asked({ section: '5.1, 5.2, 8.9', order: TO_CONFIRM, requestId: numbersOf(n).requestId, ...question }),
  );

const SESSIONS: GoldenPair[] = [
  opened({
    name: 'a payment to be confirmed is opened by a site that may',
    section: '4.10, 8.9',
    requestId: 5701,
    request: { body: TO_CONFIRM },
    given: [ALLOWED],
  }),
  invalid('a site that may not is refused a payment to be confirmed', '8.9', 'requiresConfirmation', {
    metadata,
  }),
  asking(3, {
    name: 'a payment that was captured waits to be confirmed',
    steps: [CAPTURED],
    at: SOON,
    state: 'PENDING',
    reason: 'PT',
    attempts: [tried(3, ['PENDING_CONFIRMATION', 'PT'], '10:20:00')],
  }),
  asking(4, {
    name: 'a confirmed payment makes its session approved',
    steps: [CAPTURED, does('confirm', 4)],
    at: SOON,
    state: 'APPROVED',
    reason: '00',
    date: on('10:25:00'),
    attempts: [tried(4, ['APPROVED', '00'], '10:25:00')],
  }),
  asking(5, {
    name: 'a confirmation that was cancelled makes its session rejected',
    steps: [CAPTURED, does('cancel', 5)],
    at: SOON,
    state: 'REJECTED',
    reason: '?C',
    date: on('10:25:00'),
    attempts: [tried(5, ['REJECTED', '?C'], '10:25:00')],
  }),
  allowed(
    asking(6, {
      name: 'a site that is told so calls a session cancelled whose confirmation was',
      section: '5.1, 8.9, 13 (7)',
      steps: [turns({ cancelledConfirmation: 'CANCELED' }), CAPTURED, does('cancel', 6)],
      at: SOON,
      state: 'CANCELED',
      reason: '?C',
      date: on('10:25:00'),
      attempts: [tried(6, ['REJECTED', '?C'], '10:25:00')],
    }),
  ),
  asking(7, {
    name: 'a confirmation that the network declines makes its session rejected',
    section: '3.5, 8.9',
    steps: [CAPTURED, networkDeclines('51'), does('confirm', 7)],
    at: SOON,
    state: 'REJECTED',
    reason: 'XN',
    date: on('10:25:00'),
    attempts: [tried(7, ['REJECTED', '51'], '10:25:00')],
  }),
  asking(8, {
    name: 'what nobody confirmed in time is rejected, the session with its payment',
    steps: [turns({ confirmationMinutes: 60 }), CAPTURED],
    at: on('12:00:00'),
    state: 'REJECTED',
    reason: 'EX',
    date: on('11:20:00'),
    attempts: [tried(8, ['REJECTED', 'EX'], '11:20:00')],
  }),
  asking(9, {
    name: 'a captured payment outlives the expiry of its page',
    section: '5.1, 8.9',
    steps: [CAPTURED],
    at: on('12:00:00'),
    state: 'PENDING',
    reason: 'PT',
    attempts: [tried(9, ['PENDING_CONFIRMATION', 'PT'], '10:20:00')],
  }),
];

interface Confirmation {
  name: string;
  section?: string;
  n: number;
  action: 'confirm' | 'cancel';
  how: [GoldenAttempt['status'], string];
  steps?: GoldenStep[];
}

const doing = ({ name, section = '3.5, 8.9', n, action, how, steps = [] }: Confirmation): GoldenPair =>
  acted({
    name,
    section,
    numbers: numbersOf(n),
    given: [ALLOWED, opens(TO_CONFIRM), CAPTURED, ...steps],
    at: SOON,
    body: { action, internalReference: numbersOf(n).internalReference },
    done: tried(n, how, '10:30:00'),
  });

const ACTIONS: GoldenPair[] = [
  doing({ name: 'a captured payment is confirmed', n: 21, action: 'confirm', how: ['APPROVED', '00'] }),
  doing({
    name: 'a captured payment is cancelled, and that is no error',
    section: '3.5, 10',
    n: 22,
    action: 'cancel',
    how: ['REJECTED', '?C'],
  }),
  doing({
    name: 'a confirmation that the network declines for lack of balance says so',
    n: 23,
    action: 'confirm',
    how: ['REJECTED', '51'],
    steps: [networkDeclines('51')],
  }),
];

function notDone(
  name: string,
  n: number,
  action: 'confirm' | 'cancel',
  steps: GoldenStep[],
  more: { section?: string; reason?: string; at?: string; message?: string; locale?: string } = {},
): GoldenPair {
  const { section = '2.3, 3.5', reason = 'request_not_valid', at = SOON, message, locale } = more;
  return refused(
    { name, section, numbers: numbersOf(n) },
    {
      at,
      path: '/api/transaction',
      body: { action, internalReference: numbersOf(n).internalReference, ...(locale && { locale }) },
    },
    { http: 400, reason, message: message ?? 'no es posible', ...(!message && { free: /./ }) },
    steps,
  );
}

const captured = (...steps: GoldenStep[]): GoldenStep[] => [ALLOWED, opens(TO_CONFIRM), CAPTURED, ...steps];
const unsupported = (action: string): string => `The action [${action}] is not supported for this session`;

const NOT_DONE: GoldenPair[] = [
  notDone('a payment is confirmed only once', 31, 'confirm', captured(does('confirm', 31))),
  notDone('a confirmed payment is not cancelled', 32, 'cancel', captured(does('confirm', 32))),
  notDone('a cancelled confirmation is not confirmed', 33, 'confirm', captured(does('cancel', 33))),
  notDone('a confirmation is cancelled only once', 34, 'cancel', captured(does('cancel', 34))),
  notDone('a plain payment is not confirmed', 35, 'confirm', [opens(ORDER), CAPTURED], {
    message: unsupported('confirm'),
    locale: 'en_US',
  }),
  notDone('a plain payment is not cancelled', 36, 'cancel', [opens(ORDER), CAPTURED], {
    message: unsupported('cancel'),
    locale: 'en_US',
  }),
  notDone('a payment whose time to be confirmed is over is not confirmed', 37, 'confirm', captured(), {
    section: '2.3, 3.5, 8.9',
    reason: 'transaction_request_error',
    at: on('10:20:01', '2026-03-03'),
  }),
  refused(
    {
      name: 'a session with a payment to be confirmed is not cancelled',
      section: '3.3, 8.9',
      numbers: numbersOf(39),
    },
    { at: SOON, path: '/api/session/5739/cancel', body: {} },
    { http: 400, reason: 'action_not_allowed', message: 'no es posible', free: /./ },
    captured(),
  ),
  refused(
    {
      name: 'a payment that waits to be confirmed is not given back',
      section: '2.3, 3.5',
      numbers: numbersOf(40),
    },
    { at: SOON, path: '/api/transaction', body: { action: 'reverse', internalReference: 707400 } },
    { http: 400, reason: 'request_not_valid', message: 'no es posible', free: /./ },
    captured(),
  ),
];

/** Basic payments only. */
const alone = (name: string, body: Json): GoldenPair => {
  const pair = invalid(name, '8.9', 'metadata', body, undefined, { given: [ALLOWED] });
  return { ...pair, free: { ...pair.free, 'status.message': /metadata|payment|type|subscription/ } };
};

const ALONE: GoldenPair[] = [
  alone('a check-in is not confirmed later', { ...HOLD, metadata }),
  alone('a card to be stored is not confirmed later', { ...TO_STORE, payment: undefined, metadata }),
  alone('a payment in parts is not confirmed later', {
    ...paying({ amount: { currency: 'COP', total: 84500 }, allowPartial: true }),
    metadata,
  }),
];

/** The authorization runs on confirming (8.9): until then a card that will be declined is captured like any other. */
const CONFIRMED_IN_VAIN: GoldenPair[] = [
  asking(10, {
    name: 'a card that the network will decline is captured all the same: the authorization runs on confirming',
    steps: [pays('10:20:00', 'declined')],
    at: SOON,
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(707100, 'PENDING_CONFIRMATION', 'PT', '10:20:00', 'declined')],
  }),
  acted({
    name: 'a confirmation of a declined card says so',
    section: '3.5, 8.9, 9.1',
    numbers: numbersOf(24),
    given: [ALLOWED, opens(TO_CONFIRM), pays('10:20:00', 'declined')],
    at: SOON,
    body: { action: 'confirm', internalReference: numbersOf(24).internalReference },
    done: attempt(numbersOf(24).internalReference, 'REJECTED', '05', '10:30:00', 'declined'),
  }),
  notDone('a payment that was declined on confirming is not confirmed again', 38, 'confirm', [
    ALLOWED,
    opens(TO_CONFIRM),
    pays('10:20:00', 'declined'),
    does('confirm', 38),
  ]),
];

export const CONFIRMED: GoldenPair[] = [...SESSIONS, ...ACTIONS, ...CONFIRMED_IN_VAIN, ...NOT_DONE, ...ALONE];
