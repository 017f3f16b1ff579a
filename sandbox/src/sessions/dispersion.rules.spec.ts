import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../network/network.js';
import {
  advanceParts,
  nextPartDue,
  orderParts,
  type PartState,
  planParts,
  wholeOf,
} from './dispersion.rules.js';

const NOW = new Date('2026-03-02T15:00:00Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

const APPROVED: Verdict = { status: 'APPROVED', reason: '00' };
const DECLINED: Verdict = { status: 'REJECTED', reason: '61' };
const late = (status: 'APPROVED' | 'REJECTED'): Verdict => ({
  status: 'PENDING',
  reason: '?-',
  seconds: 60,
  then: { status, reason: status === 'APPROVED' ? '00' : '05' },
});
const NEVER: Verdict = { status: 'PENDING', reason: '?-', seconds: 'never' };

/** Parts whose network says these things, in this order; and how many of them were asked. */
async function plan(...verdicts: Verdict[]): Promise<{ parts: PartState[]; asked: number }> {
  let asked = 0;
  const ask = async (part: { index: number }): Promise<Verdict> => {
    asked += 1;
    return verdicts[part.index] as Verdict;
  };
  const blanks = verdicts.map((_verdict, index) => ({ index, amountMinor: 100 }));
  return { parts: await planParts(blanks, ask, NOW, at(1800)), asked };
}

const words = (parts: PartState[]): string[] => parts.map(({ status, reason }) => `${status}/${reason}`);

function play(parts: PartState[], seconds: number): PartState[] {
  let current = parts;
  for (let due = nextPartDue(current); due && due <= at(seconds); due = nextPartDue(current)) {
    current = advanceParts(current, due);
  }
  return current;
}

describe('the parts of a dispersed payment', () => {
  test('begin with the airline, and those worth nothing are left out', () => {
    const part = (agreementType: string, total: number) => ({ agreementType, amount: { total } });
    expect(orderParts([part('MERCHANT', 5), part('MERCHANT', 0), part('AIRLINE', 7)])).toEqual([
      part('AIRLINE', 7),
      part('MERCHANT', 5),
    ]);
  });

  test.each<[string, Verdict[], string[], string]>([
    ['all approved', [APPROVED, APPROVED], ['APPROVED/00', 'APPROVED/00'], 'APPROVED/00'],
    [
      'one rejected',
      [APPROVED, DECLINED, APPROVED],
      ['APPROVED/00', 'REJECTED/61', 'REJECTED/?C'],
      'APPROVED_PARTIAL/P0',
    ],
    ['the first rejected', [DECLINED, APPROVED], ['REJECTED/61', 'REJECTED/?C'], 'REJECTED/61'],
    [
      'one pending',
      [APPROVED, late('APPROVED'), APPROVED],
      ['APPROVED/00', 'PENDING/?-', 'PENDING_PROCESS/?-'],
      'PENDING/?-',
    ],
  ])('with %s are what the documents say', async (_what, verdicts, wanted, whole) => {
    const { parts } = await plan(...verdicts);
    expect([words(parts), words([{ ...parts[0], ...wholeOf(parts, NOW) } as PartState])]).toEqual([
      wanted,
      [whole],
    ]);
  });

  test('are not asked after one was rejected', async () => {
    expect((await plan(DECLINED, APPROVED, APPROVED)).asked).toBe(1);
  });

  test('wait for each other, one after the other', async () => {
    const { parts } = await plan(late('APPROVED'), late('APPROVED'), APPROVED);
    expect([30, 60, 90, 120].map((second) => words(play(parts, second)))).toEqual([
      ['PENDING/?-', 'PENDING_PROCESS/?-', 'PENDING_PROCESS/?-'],
      ['APPROVED/00', 'PENDING/?-', 'PENDING_PROCESS/?-'],
      ['APPROVED/00', 'PENDING/?-', 'PENDING_PROCESS/?-'],
      ['APPROVED/00', 'APPROVED/00', 'APPROVED/00'],
    ]);
  });

  test('are rejected unasked once the one they waited for is', async () => {
    const { parts } = await plan(late('REJECTED'), APPROVED);
    expect(words(play(parts, 60))).toEqual(['REJECTED/05', 'REJECTED/?C']);
  });

  test('wait for ever behind one that is never answered', async () => {
    const { parts } = await plan(NEVER, APPROVED);
    expect([words(play(parts, 1e6)), nextPartDue(parts)]).toEqual([
      ['PENDING/?-', 'PENDING_PROCESS/?-'],
      null,
    ]);
  });
});
