import { describe, expect, it } from '@jest/globals';
import type { TransactionKind, TransactionState } from '@recaudo/shared';
import type { AttemptSnapshot, SessionSnapshot } from '../gateways/gateway.port.js';
import { approvedMinor, confirmBy, finalPartOf, saysNothingNew } from './snapshot.rules.js';

const at = new Date('2026-03-02T10:00:00Z');
const attempt = (
  state: TransactionState,
  fromMinor: number,
  kind: TransactionKind = 'payment',
  parts: AttemptSnapshot[] = [],
) => ({ state, fromMinor, kind, parts, at }) as AttemptSnapshot;
const said = (attempts: AttemptSnapshot[], state: SessionSnapshot['state'] = 'pending') =>
  ({ state, attempts }) as SessionSnapshot;

describe('what a session has brought in', () => {
  it('is the sum of its approved payments', () => {
    expect(
      approvedMinor(said([attempt('approved', 30), attempt('rejected', 20), attempt('approved', 5)])),
    ).toBe(35);
  });

  it('counts the parts of a dispersion, not their whole', () => {
    const parts = [attempt('approved', 30), attempt('rejected', 70)];
    expect(approvedMinor(said([attempt('partial', 100, 'dispersion', parts)]))).toBe(30);
  });

  it('counts no hold: nothing is taken yet', () => {
    expect(approvedMinor(said([attempt('approved', 100, 'checkin')]))).toBe(0);
  });
});

describe('an old answer', () => {
  it('counts in what is decided, and proves nothing about what was open', () => {
    const old = said([attempt('approved', 30), attempt('pending', 20), attempt('to_confirm', 10)]);
    expect(finalPartOf(old).attempts.map((each) => each.state)).toEqual(['approved']);
  });
});

describe('a captured payment', () => {
  it('waits for our word for the minutes of its account', () => {
    expect(confirmBy(said([attempt('to_confirm', 30)]), 90)).toEqual(new Date('2026-03-02T11:30:00Z'));
  });

  it('waits no more once its session is over', () => {
    expect(confirmBy(said([attempt('to_confirm', 30)], 'expired'), 90)).toBeNull();
  });
});

describe('an answer', () => {
  const paid = attempt('approved', 30);
  const row = {
    kind: 'payment' as const,
    internalReference: null,
    state: 'approved' as const,
    refunded: false,
  };
  const ref = { ...paid, internalReference: '7', refunded: false };
  const held = {
    state: 'approved' as const,
    stored: said([ref], 'approved'),
    rows: [{ ...row, internalReference: '7' }],
  };

  it('says nothing new if it is the one that was applied last', () => {
    expect(saysNothingNew(said([{ ...ref }], 'approved'), held)).toBe(true);
  });

  it.each([
    ['the session ended otherwise', said([ref], 'rejected'), held],
    ['the session is still open', said([ref], 'pending'), { ...held, state: 'pending' as const }],
    ['there is another attempt', said([ref, paid], 'approved'), held],
    ['it shows the payment as refunded', said([{ ...ref, refunded: true }], 'approved'), held],
    ['what was applied last cannot be read', said([ref], 'approved'), { ...held, stored: null }],
    [
      'our row contradicts it',
      said([ref], 'approved'),
      { ...held, rows: [{ ...row, internalReference: '7', state: 'rejected' as const }] },
    ],
    ['it has no row of ours', said([ref], 'approved'), { ...held, rows: [] }],
  ])('is news if %s', (_case, answer, known) => {
    expect(saysNothingNew(answer, known)).toBe(false);
  });
});
