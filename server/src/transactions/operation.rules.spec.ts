import { describe, expect, it } from '@jest/globals';
import type { TransactionState } from '@recaudo/shared';
import type { AttemptSnapshot, OperationAnswer } from '../gateways/gateway.port.js';
import { nextAsk, outcomeOf, outcomeSeen } from './operation.rules.js';

const answered = (state: TransactionState): OperationAnswer => ({
  kind: 'answered',
  transaction: { state, reason: 'x', message: '' } as AttemptSnapshot,
  evidence: null,
});
const refused: OperationAnswer = {
  kind: 'refused',
  reason: 'request_not_valid',
  message: '',
  authentication: false,
  evidence: null,
};

describe('a confirmation', () => {
  it.each<[string, OperationAnswer, string]>([
    ['is done when the payment is approved', answered('approved'), 'approved'],
    ['failed when the payment is rejected', answered('rejected'), 'rejected'],
    ['was not done when the payment waits still', answered('to_confirm'), 'rejected'],
    ['goes on when the payment is pending', answered('pending'), 'pending'],
    ['was not done when the gateway refuses it', refused, 'rejected'],
    ['was not sent when nothing left this machine', { kind: 'unsent', why: 'ECONNREFUSED' }, 'rejected'],
    ['may have been done when nobody answers', { kind: 'unknown', why: 'timeout' }, 'unknown'],
  ])('%s', (_case, answer, state) => {
    expect(outcomeOf('confirm', answer, 1).state).toBe(state);
  });

  it.each<[string, OperationAnswer]>([
    ['a refusal', refused],
    ['a payment that waits still', answered('to_confirm')],
    ['a second try that never left', { kind: 'unsent', why: 'ECONNREFUSED' }],
  ])('that was sent twice is not disproved by %s: the first may have been heard', (_case, answer) => {
    expect(outcomeOf('confirm', answer, 2).state).toBe('unknown');
  });
});

describe('a cancel of a confirmation', () => {
  it('is done when the payment is rejected, which is what it asks for', () => {
    expect(outcomeOf('cancel', answered('rejected'), 1).state).toBe('approved');
  });

  it('failed when the payment is approved', () => {
    expect(outcomeOf('cancel', answered('approved'), 1).state).toBe('rejected');
  });
});

describe('a payment that is seen', () => {
  it.each<[TransactionState, string | null]>([
    ['approved', 'approved'],
    ['rejected', 'rejected'],
    ['to_confirm', null],
    ['pending', null],
    ['unknown', null],
  ])('%s says of an unknown confirmation: %s', (payment, outcome) => {
    expect(outcomeSeen('confirm', payment)).toBe(outcome);
  });
});

describe('looking again', () => {
  it('is soon at first and hourly in the end, always ahead', () => {
    const begun = new Date('2026-03-02T10:00:00Z');
    const after = (seconds: number) => new Date(begun.getTime() + seconds * 1_000);
    const waits = [0, 11, 31, 121, 700, 9_000].map(
      (seconds) => (nextAsk(begun, after(seconds)).getTime() - after(seconds).getTime()) / 1_000,
    );
    expect(waits).toEqual([10, 19, 89, 479, 3_600, 3_600]);
  });
});
