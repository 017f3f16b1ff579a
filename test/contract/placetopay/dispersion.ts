/** Dispersion: one payment for several receivers, run in order (sections 4.7, 8.4). */
import type { GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { type CARDS } from './samples.js';
import { asked, opened, paying, type Question } from './sentences.js';
import { attempt, on, pays } from './steps.js';
import type { GoldenAttempt, GoldenPart } from './transactions.js';

export const to = (
  total: unknown,
  agreement?: unknown,
  agreementType = 'MERCHANT',
  currency = 'USD',
): Json => ({
  amount: { currency, total },
  ...(agreement !== undefined && { agreement }),
  agreementType,
});

/** An order that is divided; its total is the sum unless told. */
export const divided = (dispersion: Json[], total: unknown, currency = 'USD'): Json =>
  paying({ reference: 'MIX-1', amount: { currency, total }, dispersion });

/** 100 to the site itself, 150 and 50 to two others: each below 200 dollars. */
export const THREE = [to(100), to(150, 1001), to(50, 1002)];
/** A card that takes less than 200 dollars at once pays the first and no more. */
const TOO_MUCH_SECOND = [to(100), to(300, 1001), to(50, 1002)];
const TOO_MUCH_FIRST = [to(300, 1001), to(100)];

const description = 'Pedido 1001';
/** Section 3.2: each entry is echoed with the reference and description of the whole. */
const enriched = (dispersion: Json[]): Json[] =>
  dispersion.map((entry) => ({
    ...entry,
    reference: 'MIX-1',
    description,
    allowPartial: false,
    subscribe: false,
  }));

export const numbersOf = (n: number) => ({ requestId: 5800 + n, internalReference: 708000 + 10 * n });

type Outcome = [GoldenPart['status'], string];
const YES: Outcome = ['APPROVED', '00'];
const NO: Outcome = ['REJECTED', '61'];
const UNASKED: Outcome = ['REJECTED', '?C'];
const WAITS: Outcome = ['PENDING', '?-'];
const QUEUED: Outcome = ['PENDING_PROCESS', '?-'];

/** What became of each receiver's part at `date`. */
function partsOf(n: number, dispersion: Json[], outcomes: Outcome[], date: string): GoldenPart[] {
  return dispersion.map((entry, index) => {
    const { amount, agreement, agreementType } = entry as {
      amount: { total: number };
      agreement?: number;
      agreementType: 'MERCHANT' | 'AIRLINE';
    };
    const [status, reason] = outcomes[index] ?? YES;
    const internalReference = numbersOf(n).internalReference + 1 + index;
    return {
      status,
      reason,
      date,
      internalReference,
      total: Number(amount.total),
      agreementType,
      ...(agreement && { agreement }),
    };
  });
}

interface Division {
  name: string;
  section?: string;
  n: number;
  dispersion: Json[];
  /** In the order of their processing, where that is not the order asked for. */
  processed?: Json[];
  total: number;
  steps: GoldenStep[];
  at?: string;
  state: Question['state'];
  reason: string;
  date?: string;
  whole: [GoldenAttempt['status'], string];
  outcomes: Outcome[];
  /** When the parts were answered. */
  answered?: string;
  card?: keyof typeof CARDS;
}

/** The words for a parent with unequal children, and for a child that waits its turn, stand nowhere. */
const NOT_DOCUMENTED = { 'payment.0.status.reason': /^..$/ };

function divides(division: Division): GoldenPair {
  const {
    name,
    section = '4.7, 8.4',
    n,
    dispersion,
    total,
    steps,
    state,
    reason,
    whole,
    outcomes,
  } = division;
  const { requestId, internalReference } = numbersOf(n);
  const answered = division.answered ?? '10:20:00';
  const attempts = outcomes.length
    ? [
        attempt(internalReference, ...whole, answered, division.card ?? 'approved', {
          reference: 'MIX-1',
          currency: 'USD',
          total,
          parts: partsOf(n, division.processed ?? dispersion, outcomes, on(answered)),
        }),
      ]
    : [];
  const order = divided(dispersion, total);
  const pair = asked({
    name,
    section,
    requestId,
    order,
    echoed: {
      payment: {
        ...(order.payment as Json),
        allowPartial: false,
        subscribe: false,
        dispersion: enriched(dispersion),
      },
    },
    steps,
    at: division.at ?? on('10:30:00'),
    state,
    reason,
    ...(division.date && { date: division.date }),
    attempts,
  });
  const waiting = outcomes.flatMap(([status], index) =>
    status === 'PENDING_PROCESS' ? [[`payment.0.dispersion.${index}.status.reason`, /^..$/] as const] : [],
  );
  const own = ['authorization', 'receipt'].map((key): [string, string] => [
    `payment.0.${key}`,
    `payment.0.dispersion.0.${key}`,
  ]);
  return {
    ...pair,
    // Section 8.4: those of the first part that was processed are those of the whole.
    ...(outcomes.length > 0 && { same: own }),
    // Section 4.7 does not list it for a child; what is added does no harm (2.2).
    optional: [...(pair.optional ?? []), 'payment.0.dispersion.*.reference'],
    free: {
      ...pair.free,
      ...(whole[0] === 'APPROVED_PARTIAL' && NOT_DOCUMENTED),
      ...Object.fromEntries(waiting),
    },
  };
}

const SESSIONS: GoldenPair[] = [
  opened({
    name: 'a payment for three receivers is opened',
    section: '8.4',
    requestId: 5801,
    request: { body: divided(THREE, 300) },
  }),
  divides({
    name: 'an untouched payment for several receivers echoes each with the reference of the whole',
    section: '3.2, 8.4',
    n: 2,
    dispersion: THREE,
    total: 300,
    steps: [],
    state: 'PENDING',
    reason: 'PC',
    whole: YES,
    outcomes: [],
  }),
  divides({
    name: 'every receiver of an approved payment has a part of its own',
    n: 3,
    dispersion: THREE,
    total: 300,
    steps: [pays('10:20:00', 'approved')],
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    whole: YES,
    outcomes: [YES, YES, YES],
  }),
  divides({
    name: 'after a rejected part the following ones are rejected unasked, and the earlier stand',
    section: '5.1, 5.2, 8.4',
    n: 4,
    dispersion: TOO_MUCH_SECOND,
    total: 450,
    steps: [pays('10:20:00', 'below200')],
    state: 'PARTIAL_EXPIRED',
    reason: 'PX',
    date: on('10:20:00'),
    whole: ['APPROVED_PARTIAL', 'P0'],
    outcomes: [YES, NO, UNASKED],
    card: 'below200',
  }),
  divides({
    name: 'when the first part is rejected the payment is, and the payer may try again',
    section: '5.1, 8.4',
    n: 5,
    dispersion: TOO_MUCH_FIRST,
    total: 400,
    steps: [pays('10:20:00', 'below200')],
    state: 'PENDING',
    reason: 'PT',
    whole: NO,
    outcomes: [NO, UNASKED],
    card: 'below200',
  }),
  divides({
    name: 'while a part waits at the network the following ones wait for it',
    section: '5.2, 8.4',
    n: 6,
    dispersion: THREE,
    total: 300,
    steps: [pays('10:20:00', 'pendingApproved')],
    at: on('10:20:30'),
    state: 'PENDING',
    reason: 'PT',
    whole: WAITS,
    outcomes: [WAITS, QUEUED, QUEUED],
    card: 'pendingApproved',
  }),
  divides({
    name: 'the airline is served before the merchant',
    n: 7,
    dispersion: [to(20), to(180, 2001, 'AIRLINE')],
    processed: [to(180, 2001, 'AIRLINE'), to(20)],
    total: 200,
    steps: [pays('10:20:00', 'approved')],
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    whole: YES,
    outcomes: [YES, YES],
  }),
  divides({
    name: 'an airline may be served alone',
    n: 8,
    dispersion: [to(180, 2001, 'AIRLINE')],
    total: 180,
    steps: [pays('10:20:00', 'approved')],
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    whole: YES,
    outcomes: [YES],
  }),
  divides({
    name: 'a divided payment expires like any other',
    section: '5.1',
    n: 9,
    dispersion: THREE,
    total: 300,
    steps: [],
    at: on('12:00:00'),
    state: 'REJECTED',
    reason: 'EX',
    date: on('10:45:30'),
    whole: YES,
    outcomes: [],
  }),
];

export const DISPERSED: GoldenPair[] = SESSIONS;
