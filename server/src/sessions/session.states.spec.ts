import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SESSION_STATES, TRANSACTION_STATES, type SessionState } from '@recaudo/shared';
import { verdict } from '../transactions/transaction.states.js';
import { LIVE_SESSION_STATES, sessionVerdict } from './session.states.js';

const SAID = [
  'pending',
  'partial',
  'approved',
  'partial_expired',
  'rejected',
  'cancelled',
  'expired',
] as const;

describe('session states', () => {
  it('always let an approval in, whatever was held', () => {
    expect(SESSION_STATES.filter((held) => sessionVerdict(held, 'approved') === 'contradicts')).toEqual([]);
  });

  it('never take an approval back', () => {
    expect(
      SAID.map((said) => sessionVerdict('approved', said)).filter(
        (judged) => judged === 'moves' || judged === 'late',
      ),
    ).toEqual([]);
  });

  it('can be reached, every one: the gateway’s own from a live state, ours by opening and failing', () => {
    const reached = new Set(
      LIVE_SESSION_STATES.flatMap((held) => SAID.filter((said) => sessionVerdict(held, said) === 'moves')),
    );
    expect([...reached].sort()).toEqual([...SAID].sort());
  });

  it('tell a person when something that had ended turns out to be paid', () => {
    const ended = SESSION_STATES.filter(
      (state) => !LIVE_SESSION_STATES.includes(state) && state !== 'approved',
    );
    expect(ended.map((held) => sessionVerdict(held, 'approved'))).toEqual(ended.map(() => 'late'));
  });
});

describe('a partly paid session', () => {
  it('stays partly paid while the gateway calls it pending between two attempts', () => {
    expect(sessionVerdict('partial', 'pending')).toBe('same');
  });

  it('ends as the gateway says, and a person is told when that leaves its payments unsaid', () => {
    expect(SAID.map((said) => sessionVerdict('partial', said))).toEqual([
      'same',
      'same',
      'moves',
      'moves',
      'late',
      'late',
      'late',
    ]);
  });

  it('does not live again after its end: its order may have another live session', () => {
    const ended = SESSION_STATES.filter((state) => !LIVE_SESSION_STATES.includes(state));
    expect(ended.map((held) => sessionVerdict(held, 'partial'))).toEqual(ended.map(() => 'contradicts'));
  });
});

describe('any sequence of answers', () => {
  const answers = fc.array(fc.constantFrom(...SAID), { maxLength: 12 });

  it('leaves a session approved if any of them was an approval', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SESSION_STATES), answers, (first, said) => {
        const last = said.reduce<SessionState>((held, each) => {
          const judged = sessionVerdict(held, each);
          return judged === 'moves' || judged === 'late' ? each : held;
        }, first);
        expect(last === 'approved').toBe(first === 'approved' || said.includes('approved'));
      }),
    );
  });

  it('changes nothing when it is heard twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TRANSACTION_STATES),
        fc.constantFrom(...TRANSACTION_STATES),
        (held, said) => {
          const judged = verdict(held, said);
          const after = judged === 'moves' || judged === 'late' ? said : held;
          expect(['same', judged === 'contradicts' ? 'contradicts' : 'same']).toContain(verdict(after, said));
        },
      ),
    );
  });
});

describe('transaction states', () => {
  it('always let an approval in, whatever was held', () => {
    expect(TRANSACTION_STATES.filter((held) => verdict(held, 'approved') === 'contradicts')).toEqual([]);
  });

  it('never take an approval back', () => {
    expect(
      TRANSACTION_STATES.map((said) => verdict('approved', said)).filter((judged) => judged === 'moves'),
    ).toEqual([]);
  });

  it('do not let an unknown answer undo a known one', () => {
    expect(['pending', 'approved', 'rejected'].map((held) => verdict(held as 'pending', 'unknown'))).toEqual([
      'same',
      'same',
      'same',
    ]);
  });
});
