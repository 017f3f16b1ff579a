import { describe, expect, it } from '@jest/globals';
import type { TransactionState } from '@recaudo/shared';
import type { AttemptSnapshot, OperationAnswer } from '../gateways/gateway.port.js';
import {
  mayResend,
  nextAsk,
  outcomeOf,
  outcomeSeen,
  type Asked,
  type Circumstances,
  type OperationKind,
} from './operation.rules.js';

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
const unauthorized: OperationAnswer = { ...refused, reason: '401', authentication: true };
const silent: OperationAnswer = { kind: 'unknown', why: 'timeout' };
const unsent: OperationAnswer = { kind: 'unsent', why: 'ECONNREFUSED' };

const first = (kind: OperationKind, more: Partial<Asked> = {}): Asked => ({
  ...{ kind, sends: 1, captureSent: false },
  ...more,
});
const again = (kind: OperationKind, more: Partial<Asked> = {}): Asked => first(kind, { sends: 2, ...more });

describe('a confirmation', () => {
  it.each<[string, OperationAnswer, string]>([
    ['is done when the payment is approved', answered('approved'), 'approved'],
    ['failed when the payment is rejected', answered('rejected'), 'rejected'],
    ['was not done when the payment waits still', answered('to_confirm'), 'rejected'],
    ['goes on when the payment is pending', answered('pending'), 'pending'],
    ['was not done when the gateway refuses it', refused, 'rejected'],
    ['was not sent when nothing left this machine', unsent, 'rejected'],
    ['may have been done when nobody answers', silent, 'unknown'],
  ])('%s', (_case, answer, state) => {
    expect(outcomeOf(first('confirm'), answer).state).toBe(state);
  });

  it.each<[string, OperationAnswer]>([
    ['a refusal', refused],
    ['a payment that waits still', answered('to_confirm')],
    ['a second try that never left', unsent],
  ])('that was sent twice is not disproved by %s: the first may have been heard', (_case, answer) => {
    expect(outcomeOf(again('confirm'), answer).state).toBe('unknown');
  });
});

describe('a cancel of a confirmation', () => {
  it('is done when the payment is rejected, which is what it asks for', () => {
    expect(outcomeOf(first('cancel'), answered('rejected')).state).toBe('approved');
  });

  it('failed when the payment is approved', () => {
    expect(outcomeOf(first('cancel'), answered('approved')).state).toBe('rejected');
  });
});

/** Money rules, section 5: what is proof. */
describe('what an answer proves', () => {
  it.each<[string, Asked, OperationAnswer, string]>([
    ['a refund that is approved', first('reverse'), answered('approved'), 'approved'],
    ['a refund that is declined', first('reverse'), answered('rejected'), 'rejected'],
    ['a refund that is pending', first('reverse'), answered('pending'), 'pending'],
    ['a refund that is refused', first('reverse'), refused, 'rejected'],
    ['a refund without an answer', first('reverse'), silent, 'unknown'],
    ['a refund that never left', first('reverse'), unsent, 'rejected'],
    ['a refund whose word we do not know', first('reverse'), answered('unknown'), 'unknown'],
    ['a repeated refund that is refused', again('reverse'), refused, 'unknown'],
    ['a repeated refund that is declined', again('reverse'), answered('rejected'), 'unknown'],
    ['a repeated refund that is approved', again('reverse'), answered('approved'), 'approved'],
    ['a capture that is refused', first('checkout'), refused, 'rejected'],
    ['a repeated capture that is refused', again('checkout'), refused, 'unknown'],
    ['a repeated capture that is approved', again('checkout'), answered('approved'), 'approved'],
    ['a release that is approved', first('release'), answered('approved'), 'approved'],
    ['a release that is refused, of a hold that nobody captured', first('release'), refused, 'approved'],
    ['a repeated one likewise', again('release'), refused, 'approved'],
    [
      'a release that is refused after a capture was sent',
      again('release', { captureSent: true }),
      refused,
      'unknown',
    ],
    ['a release that is declined', first('release'), answered('rejected'), 'rejected'],
    ['a release from somebody whom the gateway does not know', first('release'), unauthorized, 'rejected'],
    ['a change of the hold that is refused', first('reauthorization'), refused, 'rejected'],
    ['a change of the hold without an answer', first('reauthorization'), silent, 'unknown'],
  ])('of %s', (_case, asked, answer, state) => {
    expect(outcomeOf(asked, answer).state).toBe(state);
  });
});

describe('a payment that is seen', () => {
  it.each<[TransactionState, string | null]>([
    ['approved', 'approved'],
    ['rejected', 'rejected'],
    ['to_confirm', null],
    ['pending', null],
    ['unknown', null],
  ])('%s says of an unknown confirmation: %s', (state, outcome) => {
    const confirmation = { kind: 'confirm' as const, state: 'unknown' as const, flagBefore: null };
    expect(outcomeSeen(confirmation, { state, refunded: false })).toBe(outcome);
  });

  it.each<[string, TransactionState, boolean | null, boolean, string | null]>([
    ['given back, and was not before', 'unknown', false, true, 'approved'],
    ['given back, and was not before, of a pending one', 'pending', false, true, 'approved'],
    ['given back already before', 'unknown', true, true, null],
    ['given back, where no flag was shown before', 'unknown', null, true, null],
    ['not given back, which proves nothing', 'unknown', false, false, null],
    ['given back while our answer is on its way', 'started', false, true, null],
  ])('as %s', (_case, state, flagBefore, refunded, outcome) => {
    const refund = { kind: 'reverse' as const, state, flagBefore };
    expect(outcomeSeen(refund, { state: 'approved', refunded })).toBe(outcome);
  });

  it('says nothing about what was done to a hold', () => {
    const capture = { kind: 'checkout' as const, state: 'unknown' as const, flagBefore: null };
    expect(outcomeSeen(capture, { state: 'approved', refunded: true })).toBeNull();
  });
});

/** Money rules, section 5: what is allowed. */
describe('sending an unknown operation again', () => {
  const sentAt = new Date('2026-03-02T10:00:00Z');
  const later = (minutes: number) => new Date(sentAt.getTime() + minutes * 60_000);
  const seen: Circumstances = {
    now: later(11),
    waits: true,
    firstWhole: true,
    holdEndsAt: later(40 * 24 * 60),
    releaseSent: false,
  };

  it.each<[string, OperationKind, number, Partial<Circumstances>, boolean]>([
    ['a confirmation while the payment waits', 'confirm', 1, {}, true],
    ['a confirmation once the payment waits no more', 'confirm', 1, { waits: false }, false],
    ['a confirmation a fourth time', 'confirm', 3, {}, false],
    ['a change of a hold', 'reauthorization', 1, {}, false],
    ['a capture once', 'checkout', 1, {}, true],
    ['a capture twice', 'checkout', 2, {}, false],
    ['a capture within a day of the end of its hold', 'checkout', 1, { holdEndsAt: later(20 * 60) }, false],
    ['a capture after a release was sent', 'checkout', 1, { releaseSent: true }, false],
    ['a capture of nobody knows what', 'checkout', 1, { holdEndsAt: null }, false],
    ['a release', 'release', 1, {}, true],
    ['a release a third time', 'release', 3, {}, true],
    ['a release a fourth time', 'release', 4, {}, false],
    ['the first refund of the whole', 'reverse', 1, {}, true],
    ['the first refund of the whole too soon', 'reverse', 1, { now: later(9) }, false],
    ['the first refund of the whole twice', 'reverse', 2, {}, false],
    ['a partial refund, or one after the first', 'reverse', 1, { firstWhole: false }, false],
  ])('%s', (_case, kind, sends, more, allowed) => {
    expect(mayResend({ kind, state: 'unknown', sends, sentAt }, { ...seen, ...more })).toBe(allowed);
  });

  it('is never done with one that the gateway has as pending', () => {
    const pending = { kind: 'release' as const, state: 'pending' as const, sends: 1, sentAt };
    expect(mayResend(pending, seen)).toBe(false);
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
