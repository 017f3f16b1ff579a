/** The charges that the gateway makes by itself, known from its news alone (sections 7.4, 8.2). */
import type { GoldenPair, GoldenSite, GoldenStep, Json } from './golden-pair.js';
import { CARDS, MONTHLY_SHOP, NEWS, OLD_SHOP, signed } from './samples.js';
import { paying } from './sentences.js';
import { networkDeclines, on, opens, turns } from './steps.js';

export const MONTHLY: Json = { periodicity: 'M', interval: 1, maxPeriods: 12, notificationUrl: NEWS };
export const repeating = (more: Json = {}): Json => paying({ recurring: { ...MONTHLY, ...more } });

const days = (count: number): GoldenStep => ({
  at: on('10:20:00'),
  do: 'control',
  method: 'POST',
  path: '/control/clock',
  body: { advanceMs: count * 86_400_000 },
});

const NEXT_MONTH = on('10:20:00', '2026-04-02');

interface Charge {
  name: string;
  section?: string;
  /** Of the charge that is told; the session's own payment has the number `first`. */
  number: number;
  first?: number;
  site?: GoldenSite;
  recurring?: Json;
  /** Before the session. */
  switches?: Json;
  openedAt?: string;
  paidAt?: string;
  /** After the first payment. */
  steps: GoldenStep[];
  /** Approved without it. */
  declined?: string;
  /** The day is the document's, the hour the gateway's; a month after the first payment without it. */
  date?: string;
  tries?: number;
  enabled?: 0 | 1;
  prefix?: '' | 'sha256:';
}

/** Section 7.4: a charge is told to the address of the recurrence, without a number of any session. */
function charged(charge: Charge): GoldenPair {
  const { name, section = '7.4, 8.2', number, site = MONTHLY_SHOP } = charge;
  const { date = NEXT_MONTH, declined: reason = '00' } = charge;
  const state = reason === '00' ? 'APPROVED' : 'REJECTED';
  const { first = number - 1, tries = 1, enabled = 1, prefix = 'sha256:' } = charge;
  const openedAt = charge.openedAt ?? on('10:15:31');
  const paidAt = charge.paidAt ?? on('10:20:00');
  const message = state === 'APPROVED' ? 'Aprobada' : 'Fondos insuficientes';
  const signature = signed(site, number, state, date, prefix);
  return {
    name,
    section,
    site,
    numbers: { requestId: 5900 + (Math.floor(number / 10) % 100), internalReference: first },
    given: [
      ...(charge.switches ? [turns(charge.switches)] : []),
      opens({ ...repeating(charge.recurring), expiration: undefined }, openedAt),
      { at: paidAt, do: 'pay', card: CARDS.approved },
      ...charge.steps,
    ],
    request: null,
    answer: {
      http: 200,
      body: {
        status: { status: state, reason, message, date },
        internalReference: number,
        reference: 'ORD-1001',
        signature,
        recurring: { tries, enabled },
      },
    },
    free: {
      'status.message': /./,
      'status.date': new RegExp(`^${date.slice(0, 10)}T\\d\\d:\\d\\d:\\d\\d-05:00$`),
      signature: new RegExp(`^${prefix}[0-9a-f]{${site.algorithm === 'sha1' ? 40 : 64}}$`),
    },
    expect: {
      kind: 'recurring',
      internalReference: number,
      state,
      reason,
      reference: 'ORD-1001',
      tries,
      enabled: enabled === 1,
      at: date,
    },
  };
}

const declines = (reason: string, count: number) => networkDeclines(reason, count, MONTHLY_SHOP);
const ONCE = { maxPeriods: 1 };

export const CHARGED: GoldenPair[] = [
  charged({
    name: 'a charge is told under the signature of the document’s vector',
    section: '7.4',
    number: 700412,
    steps: [days(32)],
    date: '2026-04-02T03:00:11-05:00',
  }),
  charged({
    name: 'the last charge says that the recurrence is over',
    number: 709021,
    recurring: ONCE,
    steps: [days(32)],
    enabled: 0,
  }),
  charged({
    name: 'a charge without balance is told, and the recurrence goes on',
    section: '7.4, 8.2',
    number: 709031,
    recurring: ONCE,
    steps: [declines('51', 1), days(34)],
    declined: '51',
  }),
  charged({
    name: 'a charge without balance is tried again the day after, as the sample tells',
    section: '7.4, 8.2',
    number: 709042,
    first: 709040,
    recurring: ONCE,
    steps: [declines('51', 2), days(35)],
    declined: '51',
    date: on('10:20:00', '2026-04-03'),
    tries: 2,
  }),
  charged({
    name: 'a charge that was recovered is told as approved',
    number: 709052,
    first: 709050,
    recurring: ONCE,
    steps: [declines('51', 1), days(34)],
    date: on('10:20:00', '2026-04-03'),
    tries: 2,
    enabled: 0,
  }),
  charged({
    name: 'after three more tries without balance the recurrence is over',
    number: 709064,
    first: 709060,
    recurring: ONCE,
    steps: [declines('51', 4), days(38)],
    declined: '51',
    date: on('10:20:00', '2026-04-05'),
    tries: 4,
    enabled: 0,
  }),
  charged({
    name: 'a hard decline ends the recurrence at once',
    section: '6, 8.2',
    number: 709071,
    steps: [declines('05', 1), days(32)],
    declined: '05',
    enabled: 0,
  }),
  charged({
    name: 'a limit is no lack of balance and ends the recurrence',
    section: '6, 8.2',
    number: 709081,
    steps: [declines('61', 1), days(32)],
    declined: '61',
    enabled: 0,
  }),
  charged({
    name: 'the first charge falls on the day that the merchant named',
    section: '8.2',
    number: 709091,
    recurring: { ...ONCE, nextPayment: '2026-03-10' },
    steps: [days(9)],
    date: on('10:20:00', '2026-03-10'),
    enabled: 0,
  }),
  charged({
    name: 'the recurrence is over when the next charge would come after its due date',
    section: '8.2',
    number: 709101,
    recurring: { maxPeriods: -1, dueDate: '2026-04-15' },
    steps: [days(32)],
    enabled: 0,
  }),
  charged({
    name: 'every other day is an interval of days',
    section: '4.6, 8.2',
    number: 709112,
    first: 709110,
    recurring: { periodicity: 'D', interval: '2', maxPeriods: '2' },
    steps: [days(5)],
    date: on('10:20:00', '2026-03-06'),
    enabled: 0,
  }),
  charged({
    name: 'a month later than the last of January is the last of February',
    section: '8.2',
    number: 709121,
    recurring: ONCE,
    openedAt: on('10:15:31', '2026-01-31'),
    paidAt: on('10:20:00', '2026-01-31'),
    steps: [days(29)],
    date: on('10:20:00', '2026-02-28'),
    enabled: 0,
  }),
  charged({
    name: 'after a short month the charge returns to the last day',
    section: '8.2',
    number: 709132,
    first: 709130,
    recurring: { maxPeriods: 2 },
    openedAt: on('10:15:31', '2026-01-31'),
    paidAt: on('10:20:00', '2026-01-31'),
    steps: [days(60)],
    date: on('10:20:00', '2026-03-31'),
    enabled: 0,
  }),
  charged({
    name: 'a site that is told so stays on the day of the short month',
    section: '8.2, 13 (5)',
    number: 709142,
    first: 709140,
    switches: { monthEnd: 'drift' },
    recurring: { maxPeriods: 2 },
    openedAt: on('10:15:31', '2026-01-31'),
    paidAt: on('10:20:00', '2026-01-31'),
    steps: [days(60)],
    date: on('10:20:00', '2026-03-28'),
    enabled: 0,
  }),
  charged({
    name: 'a site that is told so counts the first payment as a period',
    section: '8.2, 13 (5)',
    number: 709151,
    switches: { firstPaymentCounts: true },
    recurring: { maxPeriods: 2 },
    steps: [days(32)],
    enabled: 0,
  }),
  charged({
    name: 'a site that is told so tells the tries that are left',
    section: '7.4, 13 (4)',
    number: 709161,
    switches: { recurringTries: 'left' },
    recurring: ONCE,
    steps: [declines('51', 1), days(34)],
    declined: '51',
    tries: 3,
  }),
  charged({
    name: 'a site that is told so signs its charges without a prefix, as the sample does',
    section: '7.4, 13 (4)',
    number: 709171,
    switches: { recurringSignature: 'bare' },
    recurring: ONCE,
    steps: [days(32)],
    enabled: 0,
    prefix: '',
  }),
  charged({
    name: 'an older site signs its charges by SHA-1',
    section: '7.2, 7.4',
    number: 709181,
    site: OLD_SHOP,
    recurring: ONCE,
    steps: [days(32)],
    enabled: 0,
    prefix: '',
  }),
];
