import { describe, expect, it } from '@jest/globals';
import { owedAfter, whyNotAct, whyNotSo, type Standing } from './change.rules.js';

const NOTHING_OWED = { count: 0, amountMinor: 0 };
const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 2, hour));

/** Cancelled for later: what it paid for lasts until its next period would have been due, at nine. */
const leaving = {
  schedule: { state: 'active', endsOn: '2026-03-02' },
  planned: { dueAt: at(9) },
  owed: NOTHING_OWED,
} as unknown as Standing;

describe('a schedule that was cancelled for later', () => {
  it('is not paused: nothing more is charged, and its end comes by itself', () => {
    expect(whyNotAct(leaving, 'pause', at(8))).toBe('is_ending');
  });

  it('may be kept until its end', () => {
    expect(whyNotAct(leaving, 'keep', at(8))).toBeNull();
  });

  it('may not be kept once its end has come, though nothing has taken note of it yet', () => {
    expect(whyNotAct(leaving, 'keep', at(9))).toBe('schedule_over');
  });
});

describe('a schedule that has finished', () => {
  const finished = (count: number) =>
    ({ schedule: { state: 'finished' }, planned: null, owed: { count } }) as unknown as Standing;
  const acts = ['pause', 'resume', 'skip', 'amount', 'instrument', 'cancel', 'keep', 'policy'] as const;
  const allowed = (count: number) => acts.filter((act) => whyNotAct(finished(count), act, at(8)) === null);

  it('takes another means of payment and another policy while something of it is not paid', () => {
    expect(allowed(1)).toEqual(['instrument', 'policy']);
  });

  it('takes nothing once all is paid', () => {
    expect(allowed(0)).toEqual([]);
  });
});

describe('what is owed once a schedule stands still', () => {
  const daily = {
    ...{ unit: 'day', interval: 1, startOn: '2026-03-01', trialDays: 0, anchorDay: null, maxPeriods: null },
    ...{ endOn: null, zone: 'UTC', chargeHour: 9, state: 'active', endsOn: null },
  };
  const standing = (more: object = {}) =>
    ({
      schedule: { ...daily, ...more },
      prices: [{ fromOn: '2026-03-01', amountMinor: 100, taxes: [] }],
      planned: { number: 0, dueAt: at(-15) },
      owed: { count: 1, amountMinor: 50 },
    }) as unknown as Standing;
  const stopping = { schedule: { state: 'cancelled' } } as Parameters<typeof owedAfter>[1];
  const going = { schedule: {} } as Parameters<typeof owedAfter>[1];

  it('counts also what fell due and was never taken up', () => {
    expect(owedAfter(standing(), stopping, at(10))).toEqual({ count: 3, amountMinor: 250 });
  });

  it('counts no day from that on which it was to end', () => {
    expect(owedAfter(standing({ endsOn: '2026-03-02' }), stopping, at(10)).count).toBe(2);
  });

  it('is only what was asked for while it goes on: the rest is about to be charged', () => {
    expect(owedAfter(standing(), going, at(10))).toEqual({ count: 1, amountMinor: 50 });
  });
});

describe('another amount', () => {
  const prices = [
    { fromOn: '2026-03-01', amountMinor: 100, taxes: [] },
    { fromOn: '2026-05-01', amountMinor: 120, taxes: [{ kind: 'valueAddedTax', amountMinor: 20 }] },
  ];
  const standing = { schedule: { zone: 'UTC' }, prices } as unknown as Standing;
  const asked = (fromOn: string, amountMinor: number, taxes: object[] = []) =>
    whyNotSo(
      standing,
      { act: 'amount', fromOn, amountMinor, taxes } as Parameters<typeof whyNotSo>[1],
      at(8),
    );

  it('is refused from a day on which it is asked for already', () => {
    expect(asked('2026-04-01', 100)).toEqual(['amountMinor', 'unchanged']);
  });

  it('is refused for a day that is over', () => {
    expect(asked('2026-03-01', 150)).toEqual(['fromOn', 'in_the_past']);
  });

  it.each([
    ['it is another', '2026-04-01', 110],
    ['it takes back a later one', '2026-05-01', 100],
    ['its taxes are others', '2026-05-01', 120],
  ])('is taken when %s', (_when, fromOn, amountMinor) => {
    expect(asked(fromOn, amountMinor)).toBeNull();
  });
});
