/** Recurring payments: their sessions, and what is refused (sections 4.6, 8.2). */
import type { GoldenPair, Json } from './golden-pair.js';
import { CHARGED, MONTHLY, repeating } from './recurring-charges.js';
import { asked, invalid, opened, paying } from './sentences.js';
import { attempt, on, pays } from './steps.js';

const named = repeating({ nextPayment: '2026-04-15', dueDate: '2027-03-02' });

const SESSIONS: GoldenPair[] = [
  opened({
    name: 'a payment that repeats is opened',
    section: '4.6, 8.2',
    requestId: 5991,
    request: { body: repeating() },
  }),
  opened({
    name: 'the numbers of a recurrence may be strings',
    section: '4.6, 11 (25)',
    requestId: 5992,
    request: { body: repeating({ interval: '1', maxPeriods: '12' }) },
  }),
  opened({
    name: 'a recurrence may have no end',
    section: '4.6',
    requestId: 5993,
    request: { body: repeating({ periodicity: 'Y', maxPeriods: -1 }) },
  }),
  asked({
    name: 'an untouched payment that repeats echoes how',
    section: '3.2, 4.6',
    requestId: 5994,
    order: named,
    steps: [],
    at: on('10:16:02'),
    state: 'PENDING',
    reason: 'PC',
    attempts: [],
  }),
  asked({
    name: 'the first payment of a recurrence is made in its session',
    section: '8.2',
    requestId: 5995,
    order: named,
    steps: [pays('10:20:00', 'approved')],
    at: on('10:30:00'),
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [attempt(709950, 'APPROVED', '00', '10:20:00', 'approved')],
  }),
];

const wrong = (name: string, field: string, recurring: Json, section = '4.6'): GoldenPair =>
  invalid(name, section, `payment.recurring${field}`, paying({ recurring }));
const lacking = (key: string): Json => ({ ...MONTHLY, [key]: undefined });

const WRONG: GoldenPair[] = [
  wrong('a recurrence without a periodicity is refused', '.periodicity', lacking('periodicity')),
  wrong(
    'a recurrence by weeks belongs to another product',
    '.periodicity',
    { ...MONTHLY, periodicity: 'W' },
    '4.6, 8.2',
  ),
  wrong('a recurrence without an interval is refused', '.interval', lacking('interval')),
  wrong('a recurrence without any interval between charges is refused', '.interval', {
    ...MONTHLY,
    interval: 0,
  }),
  wrong('a first charge today is refused', '.nextPayment', { ...MONTHLY, nextPayment: '2026-03-02' }, '8.2'),
  wrong('a first charge on no day is refused', '.nextPayment', { ...MONTHLY, nextPayment: '2026-02-30' }),
  wrong('an end on no day is refused', '.dueDate', { ...MONTHLY, dueDate: 'mañana' }),
  wrong('too long an address for the news is refused', '.notificationUrl', {
    ...MONTHLY,
    notificationUrl: `https://shop.example/${'x'.repeat(255)}`,
  }),
];

/** The charges first: a recurrence that lives on would be charged when a later pair moves the clock. */
export const RECURRING: GoldenPair[] = [...CHARGED, ...SESSIONS, ...WRONG];
