import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addAttempt,
  advance,
  answerConfirmation,
  approvedMinor,
  type AttemptState,
  giveUp,
  isCancellable,
  isFinal,
  isPayable,
  nextDue,
  remainingMinor,
  type SessionState,
} from './session.states.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 2, 15) + seconds * 1000);

const fresh = (attemptLimit = 10): SessionState => ({
  kind: 'basic',
  status: 'PENDING',
  reason: 'PC',
  message: null,
  finalAt: null,
  expiresAt: at(1800),
  amountMinor: 100,
  rules: {
    attemptLimit,
    expiredReason: 'EX',
    expiryWhilePending: 'wait',
    cancelledConfirmation: 'REJECTED',
  },
  attempts: [],
  failedTokenizations: 0,
});

const approved = (second: number): AttemptState => ({
  status: 'APPROVED',
  reason: '00',
  at: at(second),
  resolution: null,
  amountMinor: 100,
  children: [],
});
const rejected = (second: number): AttemptState => ({
  status: 'REJECTED',
  reason: '05',
  at: at(second),
  resolution: null,
  amountMinor: 100,
  children: [],
});
const failed = (second: number): AttemptState => ({
  status: 'FAILED',
  reason: 'XH',
  at: at(second),
  resolution: null,
  amountMinor: 100,
  children: [],
});
const pending = (second: number, resolves: number, status: 'APPROVED' | 'REJECTED'): AttemptState => ({
  status: 'PENDING',
  reason: '?-',
  at: at(second),
  resolution: { at: at(resolves), status, reason: status === 'APPROVED' ? '00' : '05' },
  amountMinor: 100,
  children: [],
});

const tried = (...attempts: AttemptState[]): SessionState =>
  attempts.reduce((session, attempt) => addAttempt(session, attempt), fresh());

const facts = (session: SessionState) => [session.status, session.reason, session.finalAt?.getTime() ?? null];
const moment = (second: number) => at(second).getTime();

describe('a session', () => {
  test.each<[string, SessionState, number, unknown[]]>([
    ['untouched', fresh(), 100, ['PENDING', 'PC', null]],
    ['declined once', tried(rejected(10)), 100, ['PENDING', 'PT', null]],
    ['after a technical failure', tried(failed(10)), 100, ['PENDING', 'PT', null]],
    ['approved', tried(approved(10)), 100, ['APPROVED', '00', moment(10)]],
    ['approved after a decline', tried(rejected(5), approved(10)), 100, ['APPROVED', '00', moment(10)]],
    ['pending at the network', tried(pending(10, 70, 'APPROVED')), 69, ['PENDING', 'PT', null]],
    ['approved late by the network', tried(pending(10, 70, 'APPROVED')), 500, ['APPROVED', '00', moment(70)]],
    ['declined late by the network', tried(pending(10, 70, 'REJECTED')), 500, ['PENDING', 'PT', null]],
    ['expired untouched', fresh(), 5000, ['REJECTED', 'EX', moment(1800)]],
    ['at the very instant of its expiry', fresh(), 1800, ['REJECTED', 'EX', moment(1800)]],
    ['expired after a decline', tried(rejected(10)), 5000, ['REJECTED', 'EX', moment(1800)]],
    ['expired while pending', tried(pending(1790, 1850, 'APPROVED')), 1849, ['PENDING', 'PT', null]],
    [
      'approved after its expiry',
      tried(pending(1790, 1850, 'APPROVED')),
      5000,
      ['APPROVED', '00', moment(1850)],
    ],
    [
      'declined after its expiry',
      tried(pending(1790, 1850, 'REJECTED')),
      5000,
      ['REJECTED', 'EX', moment(1850)],
    ],
    ['given up', giveUp(fresh(), at(20)), 5000, ['REJECTED', '?C', moment(20)]],
  ])('%s is what the documents say', (_what, session, now, wanted) => {
    expect(facts(advance(session, at(now)))).toEqual(wanted);
  });

  test('is rejected with its tenth decline, not before', () => {
    const nine = tried(...Array.from({ length: 9 }, (_, index) => rejected(index)));
    expect([facts(nine), facts(addAttempt(nine, rejected(30)))]).toEqual([
      ['PENDING', 'PT', null],
      ['REJECTED', 'XN', moment(30)],
    ]);
  });

  test('takes no attempt while one is pending', () => {
    expect(() => addAttempt(tried(pending(10, 70, 'APPROVED')), approved(20))).toThrow();
  });

  test('cannot be given up while money may still move', () => {
    expect(() => giveUp(tried(pending(10, 70, 'APPROVED')), at(20))).toThrow();
  });
});

describe('whatever payers do and whenever somebody looks', () => {
  type Step = {
    wait: number;
    act: 'look' | 'approve' | 'reject' | 'fail' | 'pend-yes' | 'pend-no' | 'give up';
  };
  const steps = fc.array(
    fc.record<Step>({
      wait: fc.integer({ min: 0, max: 400 }),
      act: fc.constantFrom('look', 'approve', 'reject', 'reject', 'fail', 'pend-yes', 'pend-no', 'give up'),
    }),
    { maxLength: 30 },
  );

  function attemptFor(act: Step['act'], second: number): AttemptState | null {
    if (act === 'approve') return approved(second);
    if (act === 'reject') return rejected(second);
    if (act === 'fail') return failed(second);
    if (act === 'pend-yes') return pending(second, second + 60, 'APPROVED');
    if (act === 'pend-no') return pending(second, second + 60, 'REJECTED');
    return null;
  }

  function act(session: SessionState, step: Step, second: number): SessionState {
    const current = advance(session, at(second));
    if (!isPayable(current)) return current;
    if (step.act === 'give up') return giveUp(current, at(second));
    const attempt = attemptFor(step.act, second);
    return attempt ? addAttempt(current, attempt) : current;
  }

  function play(list: Step[], limit: number): { states: SessionState[]; end: number } {
    let second = 0;
    const states = [fresh(limit)];
    for (const step of list) {
      second += step.wait;
      states.push(act(states.at(-1) as SessionState, step, second));
    }
    return { states, end: second };
  }

  const limits = fc.integer({ min: 1, max: 10 });

  test('a final state never changes', () => {
    fc.assert(
      fc.property(steps, limits, (list, limit) => {
        const { states } = play(list, limit);
        const first = states.find(isFinal);
        return !first || facts(states.at(-1) as SessionState).join() === facts(first).join();
      }),
    );
  });

  test('it is approved exactly when one attempt is, and never more than one is', () => {
    fc.assert(
      fc.property(steps, limits, (list, limit) => {
        const { states, end } = play(list, limit);
        const last = advance(states.at(-1) as SessionState, at(end + 100_000));
        const approvals = last.attempts.filter((attempt) => attempt.status === 'APPROVED').length;
        return isFinal(last) && approvals === (last.status === 'APPROVED' ? 1 : 0);
      }),
    );
  });

  test('looking often and looking once come to the same', () => {
    fc.assert(
      fc.property(steps, limits, fc.array(fc.integer({ min: 0, max: 6000 })), (list, limit, looks) => {
        const { states, end } = play(list, limit);
        const session = states.at(-1) as SessionState;
        const often = [...looks]
          .sort((a, b) => a - b)
          .reduce((state, look) => advance(state, at(end + look)), session);
        expect(advance(often, at(end + 9000))).toEqual(advance(session, at(end + 9000)));
      }),
    );
  });

  test('something is due as long as it is not final', () => {
    fc.assert(
      fc.property(steps, limits, (list, limit) =>
        play(list, limit).states.every((state) => isFinal(state) === (nextDue(state) === null)),
      ),
    );
  });
});

describe('a partial payment', () => {
  const partial = (): SessionState => ({ ...fresh(), kind: 'partial' });
  const part = (second: number, amountMinor: number): AttemptState => ({ ...approved(second), amountMinor });

  test.each<[string, SessionState, number, unknown[]]>([
    ['with a part paid', addAttempt(partial(), part(10, 40)), 100, ['APPROVED_PARTIAL', 'P0', null]],
    [
      'with a part paid and another declined',
      addAttempt(addAttempt(partial(), part(10, 40)), { ...rejected(20), amountMinor: 60 }),
      100,
      ['APPROVED_PARTIAL', 'P0', null],
    ],
    [
      'with everything paid',
      addAttempt(addAttempt(partial(), part(10, 40)), part(20, 60)),
      5000,
      ['APPROVED', '00', moment(20)],
    ],
    [
      'expired with a part paid',
      addAttempt(partial(), part(10, 40)),
      5000,
      ['PARTIAL_EXPIRED', 'PX', moment(1800)],
    ],
    ['expired with nothing paid', partial(), 5000, ['REJECTED', 'EX', moment(1800)]],
    [
      'given up with a part paid',
      giveUp(addAttempt(partial(), part(10, 40)), at(20)),
      5000,
      ['PARTIAL_EXPIRED', 'PX', moment(20)],
    ],
  ])('%s is what the documents say', (_what, session, now, wanted) => {
    expect(facts(advance(session, at(now)))).toEqual(wanted);
  });

  test('takes no part that is more than what is left', () => {
    expect(() => addAttempt(addAttempt(partial(), part(10, 40)), part(20, 61))).toThrow();
  });

  test('cannot be cancelled by the merchant once a part is paid', () => {
    expect([isCancellable(partial()), isCancellable(addAttempt(partial(), part(10, 40)))]).toEqual([
      true,
      false,
    ]);
  });

  test('is never paid beyond its total, and approved exactly when all of it is paid', () => {
    const tries = fc.array(
      fc.record({ amount: fc.integer({ min: 1, max: 100 }), isApproved: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(tries, (list) => {
        let session = partial();
        for (const [second, { amount, isApproved }] of list.entries()) {
          if (!isPayable(session)) break;
          const amountMinor = Math.min(amount, remainingMinor(session));
          const attempt = isApproved ? approved(second) : rejected(second);
          session = addAttempt(session, { ...attempt, amountMinor });
        }
        const paid = approvedMinor(session);
        const ended = advance(session, at(100_000));
        const wanted = paid === 100 ? 'APPROVED' : paid > 0 ? 'PARTIAL_EXPIRED' : 'REJECTED';
        return paid <= 100 && ended.status === wanted;
      }),
    );
  });
});

describe('under the readings of the open questions', () => {
  const ruled = (
    rules: Partial<SessionState['rules']>,
    kind: SessionState['kind'] = 'basic',
  ): SessionState => ({
    ...fresh(),
    kind,
    rules: { ...fresh().rules, ...rules },
  });
  const captured = (second: number): AttemptState => ({
    ...approved(second),
    status: 'PENDING_CONFIRMATION',
    reason: 'PT',
    resolution: { at: at(3000), status: 'REJECTED', reason: 'EX' },
    heldVerdict: { status: 'APPROVED', reason: '00' },
  });
  const cancelled = { status: 'REJECTED', reason: '?C', resolution: null } as const;

  test('an expired session may have another reason, with the same text', () => {
    const ended = advance(ruled({ expiredReason: 'XN' }), at(5000));
    expect([ended.status, ended.reason, ended.message]).toEqual(['REJECTED', 'XN', 'EX']);
  });

  test('expiry may decline what is pending at the network', () => {
    const session = addAttempt(ruled({ expiryWhilePending: 'reject' }), pending(1790, 1850, 'APPROVED'));
    const ended = advance(session, at(5000));
    expect([facts(ended), ended.attempts[0]?.reason]).toEqual([['REJECTED', 'EX', moment(1800)], 'EX']);
  });

  test('a captured payment outlives the expiry of its session, up to its own', () => {
    const session = addAttempt(ruled({ expiryWhilePending: 'reject' }, 'confirmation'), captured(10));
    expect([facts(advance(session, at(2999))), facts(advance(session, at(3000)))]).toEqual([
      ['PENDING', 'PT', null],
      ['REJECTED', 'EX', moment(3000)],
    ]);
  });

  test.each(['REJECTED', 'CANCELED'] as const)('a cancelled confirmation leaves the session %s', (word) => {
    const session = addAttempt(ruled({ cancelledConfirmation: word }, 'confirmation'), captured(10));
    expect(facts(answerConfirmation(session, cancelled, at(20)))).toEqual([word, '?C', moment(20)]);
  });
});
