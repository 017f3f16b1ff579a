/** Tokens: subscription sessions, and payments that offer to save the instrument (sections 4.8, 8.6, 10). */
import type { GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { CARDS, ORDER, SUBTOKEN, TOKEN } from './samples.js';
import { asked, invalid, opened, paying, type Question, type Stored } from './sentences.js';
import { attempt, calls, givesUp, on, pays, turns } from './steps.js';

const { payment: _payment, ...rest } = ORDER;
const SUBSCRIPTION = { reference: 'SUB-7', description: 'Plan mensual' };
export const TO_STORE: Json = { ...rest, subscription: SUBSCRIPTION };
export const STORES = pays('10:20:00', 'approved');

/** The instrument of section 10, as stored at `date`; `validUntil` is the last day of the card's month. */
export function stored(date: string, card = CARDS.approved, validUntil = '2030-12-31'): Stored {
  const lastDigits = card.number.slice(-4);
  const list: [string, unknown][] = [
    ['token', TOKEN],
    ['subtoken', SUBTOKEN],
    ['franchise', 'visa'],
    ['franchiseName', 'Visa'],
    ['issuerName', card.number === CARDS.approved.number ? 'JPMORGAN CHASE BANK, N.A.' : 'TESTING'],
    ['lastDigits', lastDigits],
    ['validUntil', validUntil],
    ['installments', null],
  ];
  return {
    body: {
      type: 'token',
      status: { status: 'OK', reason: '00', message: 'Token generado exitosamente', date },
      instrument: list.map(([keyword, value]) => ({ keyword, value, displayOn: 'none' })),
    },
    instrument: {
      type: 'token',
      token: TOKEN,
      subtoken: SUBTOKEN,
      lastFour: lastDigits,
      brand: 'visa',
      validUntil,
    },
    free: { 'subscription.status.message': /./, 'subscription.instrument.4.value': /./ },
  };
}

const asking = (
  question: Omit<Question, 'attempts' | 'order' | 'section'> & { section?: string },
): GoldenPair => asked({ section: '4.8, 8.6', order: TO_STORE, attempts: [], ...question });

const SESSIONS: GoldenPair[] = [
  opened({
    name: 'a session to store a card is opened',
    section: '3.1, 4.8',
    requestId: 5501,
    request: { body: TO_STORE },
  }),
  asking({
    name: 'an untouched session to store a card has no payment and no instrument',
    section: '3.2, 4.8',
    requestId: 5502,
    steps: [],
    at: on('10:16:02'),
    state: 'PENDING',
    reason: 'PC',
  }),
  asking({
    name: 'a stored card is told as a list of keywords, and no payment is',
    section: '4.8, 8.6, 10',
    requestId: 5503,
    steps: [STORES],
    at: on('10:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    subscription: stored(on('10:20:00')),
  }),
  asking({
    name: 'a stored card is valid until the last day of its month, as a whole date',
    section: '4.8, 11 (20)',
    requestId: 5504,
    steps: [{ at: on('10:20:00'), do: 'pay', card: CARDS.shortLived }],
    at: on('10:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    subscription: stored(on('10:20:00'), CARDS.shortLived, '2028-02-29'),
  }),
  asking({
    name: 'a card that could not be stored leaves the session pending without a payment',
    section: '5.1, 8.8',
    requestId: 5505,
    steps: [pays('10:20:00', 'declined')],
    at: on('10:30:00'),
    state: 'PENDING',
    reason: 'PT',
    payer: true,
  }),
  asking({
    name: 'a declined card does not keep another from being stored',
    section: '8.6, 8.8',
    requestId: 5506,
    steps: [pays('10:18:00', 'declined'), STORES],
    at: on('10:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    subscription: stored(on('10:20:00')),
  }),
  asking({
    name: 'a session to store a card is rejected when its tries are used up',
    section: '5.1, 8.8',
    requestId: 5507,
    steps: [turns({ attempts: 1 }), pays('10:20:00', 'declined')],
    at: on('10:30:00'),
    state: 'REJECTED',
    reason: 'XN',
    date: on('10:20:00'),
    payer: true,
  }),
  asking({
    name: 'a session to store a card may be given up',
    section: '5.1',
    requestId: 5508,
    steps: [givesUp('10:20:00')],
    at: on('10:30:00'),
    state: 'REJECTED',
    reason: '?C',
    date: on('10:20:00'),
  }),
  asking({
    name: 'a session to store a card expires',
    section: '5.1',
    requestId: 5509,
    steps: [],
    at: on('12:00:00'),
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:45:30'),
  }),
  asking({
    name: 'a session to store a card can be cancelled by the merchant',
    section: '3.3',
    requestId: 5510,
    steps: [calls(on('10:20:00'), '/api/session/5510/cancel', {})],
    at: on('10:30:00'),
    state: 'REJECTED',
    reason: 'MC',
    date: on('10:20:00'),
  }),
  asking({
    name: 'a session whose card was invalidated later still shows it',
    section: '5.1, 8.6',
    requestId: 5511,
    steps: [
      STORES,
      calls(on('11:00:00'), '/api/instrument/invalidate', { instrument: { token: { token: TOKEN } } }),
    ],
    at: on('12:00:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    subscription: stored(on('10:20:00')),
  }),
];

const OFFERED = paying({ subscribe: true });
const offering = (question: Omit<Question, 'order' | 'section' | 'at'>): GoldenPair =>
  asked({ section: '4.5, 8.6', order: OFFERED, at: on('10:30:00'), ...question });
const accepts = (time: string, card: 'approved' | 'declined' = 'approved'): GoldenStep =>
  pays(time, card, { subscribe: true });

const PAYMENTS: GoldenPair[] = [
  offering({
    name: 'a payer who agrees pays and leaves the card',
    requestId: 5521,
    steps: [accepts('10:20:00')],
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [attempt(706210, 'APPROVED', '00', '10:20:00', 'approved')],
    subscription: stored(on('10:20:00')),
  }),
  offering({
    name: 'a payer who does not agree pays and leaves nothing',
    requestId: 5522,
    steps: [pays('10:20:00', 'approved')],
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [attempt(706220, 'APPROVED', '00', '10:20:00', 'approved')],
  }),
  offering({
    name: 'a payer who agrees and is declined leaves nothing',
    requestId: 5523,
    steps: [accepts('10:20:00', 'declined')],
    state: 'PENDING',
    reason: 'PT',
    attempts: [attempt(706230, 'REJECTED', '05', '10:20:00', 'declined')],
  }),
  offering({
    name: 'an untouched payment that offers to save the card says that it does',
    requestId: 5524,
    steps: [],
    state: 'PENDING',
    reason: 'PC',
    attempts: [],
  }),
];

const subscribing = (name: string, field: string, subscription: unknown): GoldenPair =>
  invalid(name, '4.8', field, { payment: undefined, subscription });

const WRONG: GoldenPair[] = [
  subscribing('a subscription without a reference is refused', 'subscription.reference', {
    description: 'Plan',
  }),
  subscribing('a subscription with too long a reference is refused', 'subscription.reference', {
    reference: 'x'.repeat(33),
  }),
  subscribing('a subscription with too long a description is refused', 'subscription.description', {
    reference: 'SUB-7',
    description: 'x'.repeat(256),
  }),
];

export const SUBSCRIBED: GoldenPair[] = [...SESSIONS, ...PAYMENTS, ...WRONG];
