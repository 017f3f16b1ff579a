import { describe, expect, it } from '@jest/globals';
import type { QueryAnswer, SessionSnapshot } from '../gateways/gateway.port.js';
import { mayResend, nextLook, nextQuestion, outcomeOf, type Holder, type Sent } from './collect.rules.js';

const MINUTE = 60_000;
const at = (minutes: number): Date => new Date(Date.UTC(2026, 2, 2, 9) + minutes * MINUTE);
const first: Sent = { reference: 'R-1', amountMinor: 100, currency: 'COP', sends: 1, sentAt: at(0) };
const second: Sent = { ...first, sends: 2, sentAt: at(10) };

function said(about: Partial<SessionSnapshot>, triedAt: number[] = []): QueryAnswer {
  const facts = { number: '7', reference: 'R-1', askedMinor: 100, askedCurrency: 'COP', state: 'approved' };
  const attempts = triedAt.map((minutes) => ({ at: at(minutes) }));
  return { kind: 'session', session: { ...facts, attempts, ...about } as unknown as SessionSnapshot };
}
const refused = (authentication = false): QueryAnswer => ({
  ...{ kind: 'refused', reason: 'XN', message: 'no', evidence: null },
  authentication,
});

describe('the answer to a charge of a stored means of payment', () => {
  it.each<[string, Sent, QueryAnswer, Holder, string]>([
    ['approved is the charge', first, said({}), 'nobody', 'told'],
    ['pending is the charge', first, said({ state: 'pending' }), 'nobody', 'told'],
    ['approved on a resend is the charge', second, said({}), 'nobody', 'told'],
    ['rejected on the first send charged nothing', first, said({ state: 'rejected' }), 'nobody', 'told'],
    ['rejected on a resend proves nothing', second, said({ state: 'rejected' }), 'nobody', 'unknown'],
    [
      'rejected with an older try proves nothing',
      second,
      said({ state: 'rejected' }, [1]),
      'nobody',
      'unknown',
    ],
    ['rejected with a try of its own is proof', second, said({ state: 'rejected' }, [10]), 'nobody', 'told'],
    ['of another reference proves nothing', first, said({ reference: 'R-2' }), 'nobody', 'unknown'],
    ['approved with another total is what was taken', first, said({ askedMinor: 99 }), 'nobody', 'told'],
    ['in another currency too', first, said({ askedCurrency: 'USD' }), 'nobody', 'told'],
    [
      'pending with another total proves nothing',
      first,
      said({ state: 'pending', askedMinor: 99 }),
      'nobody',
      'unknown',
    ],
    ['that is an earlier charge of the order is the shield', first, said({}), 'same_order', 'shielded'],
    ['that is another order’s proves nothing', first, said({}), 'another_order', 'unknown'],
    ['refused at once charged nothing', first, refused(), 'nobody', 'refused'],
    ['without credentials at once charged nothing', first, refused(true), 'nobody', 'refused'],
    ['refused on a resend proves nothing', second, refused(), 'nobody', 'unknown'],
    ['that never left charged nothing', first, { kind: 'unsent', why: 'DNS' }, 'nobody', 'refused'],
    [
      'that never left again says nothing of the first',
      second,
      { kind: 'unsent', why: 'DNS' },
      'nobody',
      'unknown',
    ],
    ['that never came proves nothing', first, { kind: 'unknown', why: 'HTTP 500' }, 'nobody', 'unknown'],
    ['not found proves nothing', first, { kind: 'notFound', evidence: null }, 'nobody', 'unknown'],
  ])('%s', (_case, sent, answer, holder, kind) => {
    expect(outcomeOf(sent, answer, holder).kind).toBe(kind);
  });

  it.each<[string, QueryAnswer, Holder, boolean]>([
    ['another order’s number is for people to see', said({}), 'another_order', true],
    [
      'another total that is pending is for people to see',
      said({ state: 'pending', askedMinor: 99 }),
      'nobody',
      true,
    ],
    ['an answer that never came is not', { kind: 'unknown', why: 'reset' }, 'nobody', false],
  ])('%s', (_case, answer, holder, discrepancy) => {
    expect(outcomeOf(first, answer, holder)).toMatchObject({ kind: 'unknown', discrepancy });
  });
});

describe('a charge of unknown outcome', () => {
  it.each([
    ['is sent again ten minutes later', 1, 0, 10, true],
    ['not earlier', 1, 0, 9, false],
    ['three times at most', 4, 60, 120, false],
    ['until 22 hours after the first', 2, 60, 22 * 60 - 1, true],
    ['and not after them, whatever the last send was', 2, 20 * 60, 22 * 60, false],
  ])('%s', (_case, sends, sentAt, now, may) => {
    expect(mayResend({ sends, sentAt: at(sentAt), firstSentAt: at(0) }, at(now))).toBe(may);
  });

  it('is looked at when it may be sent again, and left to people once it may not', () => {
    const looks = [
      nextLook({ sends: 1, sentAt: at(0), firstSentAt: at(0) }, at(1)),
      nextLook({ sends: 4, sentAt: at(60), firstSentAt: at(0) }, at(61)),
    ];
    expect(looks).toEqual([at(10), null]);
  });

  it.each([
    ['is asked about ten minutes later at first', 0, 10],
    ['ever more seldom', 4 * 60, 5 * 60],
    ['but every six hours', 3 * 24 * 60, 3 * 24 * 60 + 6 * 60],
    ['and no more after a week', 7 * 24 * 60 + 1, null],
  ])('whose number is known %s', (_case, now, next) => {
    expect(nextQuestion(at(0), at(now))).toEqual(next === null ? null : at(next));
  });
});
