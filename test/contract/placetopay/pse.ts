/** Debits of a bank account: the tester says on the bank's page how they end (sections 4.7, 9.2, 13). */
import type { GoldenPair, GoldenStep } from './golden-pair.js';
import { asked, paying, type Question } from './sentences.js';
import { attempt, on, pays } from './steps.js';
import type { GoldenAttempt } from './transactions.js';

const debits = (outcome: 'approved' | 'rejected' | 'pending' | 'expired', amount?: string): GoldenStep => ({
  at: on('10:20:00'),
  do: 'pay',
  method: 'pse',
  bank: '9999',
  outcome,
  ...(amount && { amount }),
});

const debit = (
  internalReference: number,
  [status, reason]: [GoldenAttempt['status'], string],
  more: Partial<GoldenAttempt> = {},
): GoldenAttempt =>
  attempt(internalReference, status, reason, '10:20:00', 'approved', { pse: true, ...more });

/** The authorization is the number that the clearing house gave; the fields and the codes of a debit are the gateway's. */
function asking(question: Omit<Question, 'section' | 'at'> & { section?: string }): GoldenPair {
  const pair = asked({ section: '4.7, 9.2', at: on('10:20:30'), ...question });
  const free = Object.fromEntries(
    question.attempts.flatMap(({ pse, status }, index) => [
      ...(pse && status === 'APPROVED'
        ? [[`payment.${index}.authorization`, /^(?!0+$)\d{1,32}$/] as const]
        : []),
      ...(pse && status === 'REJECTED' ? [[`payment.${index}.status.reason`, /^..$/] as const] : []),
    ]),
  );
  return {
    ...pair,
    free: { ...pair.free, ...free },
    optional: [
      ...(pair.optional ?? []),
      ...question.attempts.flatMap(({ pse }, index) => (pse ? [`payment.${index}.processorFields`] : [])),
    ],
  };
}

export const DEBITED: GoldenPair[] = [
  asking({
    name: 'a debit that the bank approves makes the session approved',
    requestId: 6201,
    steps: [debits('approved')],
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:00'),
    attempts: [debit(712010, ['APPROVED', '00'])],
  }),
  asking({
    name: 'a debit that the bank rejects leaves the session pending',
    requestId: 6202,
    steps: [debits('rejected')],
    state: 'PENDING',
    reason: 'PT',
    attempts: [debit(712020, ['REJECTED', '05'])],
  }),
  asking({
    name: 'a debit that waits at the bank is pending',
    requestId: 6203,
    steps: [debits('pending')],
    state: 'PENDING',
    reason: 'PT',
    attempts: [debit(712030, ['PENDING', '?-'])],
  }),
  asking({
    name: 'a part may be paid by a debit, and another by a card',
    section: '4.7, 8.1, 9.2',
    requestId: 6204,
    order: paying({ amount: { currency: 'COP', total: 84500 }, allowPartial: true }),
    steps: [debits('approved', '30000'), pays('10:20:10', 'approved')],
    state: 'APPROVED',
    reason: '00',
    date: on('10:20:10'),
    attempts: [
      attempt(712041, 'APPROVED', '00', '10:20:10', 'approved', { total: 54500 }),
      debit(712040, ['APPROVED', '00'], { total: 30000 }),
    ],
  }),
];
