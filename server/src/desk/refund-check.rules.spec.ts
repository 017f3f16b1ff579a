import { describe, expect, it } from '@jest/globals';
import { type ProblemError } from '../platform/problem.js';
import type { OpenAccount } from '../sites/sites.service.js';
import { refundableOf } from '../transactions/refund.rules.js';
import type { TransactionRow } from '../transactions/transaction.entity.js';
import { checkRefund, judgeRefund, whyNoRefund, type Facts } from './refund-check.rules.js';

const now = new Date('2026-03-02T15:00:00Z');
const row = (about: Partial<TransactionRow>) =>
  ({
    ...{ kind: 'reverse', state: 'approved', origin: 'us', askedMinor: 40, askedCurrency: 'USD' },
    ...{ fromMinor: null, fromCurrency: null, askedByName: 'Sofía', happenedAt: now, createdAt: now },
    settledAt: new Date('2026-03-01T15:00:00Z'),
    ...about,
  }) as TransactionRow;

function facts(operations: Partial<TransactionRow>[], about: Partial<TransactionRow> = {}): Facts {
  const payment = row({ kind: 'payment', askedMinor: 100, ...about });
  const rows = operations.map(row);
  const site = { country: 'PR', zone: 'America/Puerto_Rico', cutOff: '22:00' };
  const account = { site } as OpenAccount;
  return { payment, operations: rows, refundable: refundableOf(payment, 'USD', rows), account };
}

describe('a refund', () => {
  it('is of all that is left where nobody says how much', () => {
    expect(judgeRefund(facts([{ askedMinor: 30 }]), null, now)).toMatchObject({ amountMinor: 70, why: null });
  });

  it.each([
    ['is sent at once where the network takes it', {}, null],
    [
      'waits for settlement where a part is asked for before',
      { settledAt: null },
      { route: 'wait', plannedAt: expect.any(String) },
    ],
  ])('%s', (_case, about, later) => {
    expect(judgeRefund(facts([], about), 60, now).later).toEqual(later);
  });

  it.each([
    ['more than is left is asked for', facts([]), 101, 'not_refundable'],
    ['nothing is left', facts([{ askedMinor: 100 }]), null, 'not_refundable'],
    ['the payment is not approved', facts([], { state: 'unknown' }), 10, 'not_approved'],
    ['something is under way', facts([{ state: 'pending', askedMinor: 10 }]), 20, 'operation_live'],
    ['the same amount was given back today', facts([{ askedMinor: 40 }]), 40, 'again_needed'],
  ])('cannot be made if %s', (_case, known, amountMinor, why) => {
    expect(judgeRefund(known, amountMinor, now).why).toBe(why);
  });

  it('of the same amount passes a day later, and where somebody means it', () => {
    const known = facts([{ askedMinor: 40 }]);
    expect([
      checkRefund(known, 40, false, new Date('2026-03-03T15:00:01Z')).route,
      checkRefund(known, 40, true, now).route,
    ]).toEqual(['partial', 'partial']);
  });

  it('that comes too late is told who was first', () => {
    let thrown: unknown;
    try {
      checkRefund(facts([{ askedMinor: 100, askedByName: 'Mariana' }]), 100, false, now);
    } catch (error) {
      thrown = error;
    }
    expect((thrown as ProblemError).details.other).toMatchObject({ by: 'Mariana', amountMinor: 100 });
  });
});

describe('what is no captured money', () => {
  const step = (kind: TransactionRow['kind']) => row({ parentId: 'hold', kind, state: 'approved' });

  it.each([
    ['a hold', { kind: 'checkin' }, [], 'hold_not_captured'],
    ['a hold that was captured', { kind: 'checkin' }, [step('checkout')], 'hold_captured'],
    ['a hold that was let go', { kind: 'checkin' }, [step('release')], 'hold_released'],
    ['a hold that was refused', { kind: 'checkin', state: 'rejected' }, [], 'not_approved'],
    ['a dispersion', { kind: 'dispersion' }, [], 'parts_are_refunded'],
    ['a charge that the gateway made by itself', { kind: 'recurring' }, [], 'charged_by_gateway'],
    ['a refund', { kind: 'reverse' }, [], 'is_refund'],
    ['a chargeback', { kind: 'chargeback' }, [], 'is_chargeback'],
    ['a change of a hold', { kind: 'reauthorization' }, [], 'no_money_taken'],
  ] as const)('is not refunded, for a reason of its own: %s', (_case, about, operations, why) => {
    expect(whyNoRefund({ id: 'hold', state: 'approved', ...about }, operations)).toBe(why);
  });
});
