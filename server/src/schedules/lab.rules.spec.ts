import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY, type PolicyRules, type ReasonClass } from '@recaudo/shared';
import fc from 'fast-check';
import { labResult, replay, type Story } from './lab.rules.js';

const story = (failed: [day: number, ReasonClass][], collectedOn: number | null = null): Story => ({
  ...{ currency: 'COP', amountMinor: 100, ended: false },
  failed: failed.map(([day, name]) => ({ day: `2026-03-${String(day).padStart(2, '0')}`, class: name })),
  collectedOn: collectedOn === null ? null : `2026-03-${String(collectedOn).padStart(2, '0')}`,
});
const rule = (days: number[], last: 'cancel' | 'keep' = 'keep') => ({ days, last, mail: true });
const own = (days: number[], last: 'cancel' | 'keep' = 'keep'): PolicyRules => ({
  by: { balance: rule(days, last), limit: rule([]), hard: rule([]) },
  hour: null,
});

describe('a policy played against what happened', () => {
  it.each<[string, PolicyRules, Story, object]>([
    [
      'takes the money on the day it took it',
      DEFAULT_POLICY,
      story(
        [
          [1, 'balance'],
          [2, 'balance'],
        ],
        3,
      ),
      { recovered: 'yes', tries: { least: 2, most: 2 } },
    ],
    [
      'takes it later with one try where it only asks later',
      own([7]),
      story(
        [
          [1, 'balance'],
          [2, 'balance'],
        ],
        3,
      ),
      { recovered: 'yes', tries: { least: 1, most: 1 } },
    ],
    [
      'misses it where it stops asking before',
      own([1], 'cancel'),
      story(
        [
          [1, 'balance'],
          [2, 'balance'],
        ],
        3,
      ),
      { recovered: 'no', ended: { least: 1, most: 1 } },
    ],
    [
      'may take what nobody asked for as late as it would',
      own([1, 10], 'cancel'),
      story([
        [1, 'balance'],
        [2, 'balance'],
      ]),
      { recovered: 'maybe', tries: { least: 2, most: 2 }, ended: { least: 0, most: 1 } },
    ],
    [
      'asks no more after a hard refusal',
      own([1, 2, 3]),
      story([[1, 'hard']]),
      { recovered: 'no', tries: { least: 0, most: 0 } },
    ],
  ])('%s', (_case, policy, what, expected) => {
    expect(replay(policy, what)).toMatchObject(expected);
  });

  it('never says that more is certain than is possible', () => {
    const days = fc
      .uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 6 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 5 }),
        fc.option(fc.integer({ min: 6, max: 25 })),
        (tries, refused, paid) => {
          const failed = Array.from({ length: refused }, (_, at): [number, ReasonClass] => [
            at + 1,
            'balance',
          ]);
          const { tries: made, ended } = replay(own(tries, 'cancel'), story(failed, paid));
          expect(made.least <= made.most && ended.least <= ended.most).toBe(true);
        },
      ),
    );
  });

  it('is summed up by currency, with what was truly made beside it', () => {
    const dollars: Story = { ...story([[1, 'balance']], 2), currency: 'USD', amountMinor: 7 };
    const result = labResult(own([1]), [
      story([[1, 'balance']], 2),
      story([
        [1, 'balance'],
        [2, 'balance'],
      ]),
      dollars,
    ]);
    expect([result.periods.balance, result.tries, result.recovered]).toEqual([
      3,
      { made: 3, would: { least: 3, most: 3 } },
      [
        {
          currency: 'COP',
          made: { count: 1, amountMinor: 100 },
          would: { count: { least: 1, most: 1 }, amountMinor: { least: 100, most: 100 } },
        },
        {
          currency: 'USD',
          made: { count: 1, amountMinor: 7 },
          would: { count: { least: 1, most: 1 }, amountMinor: { least: 7, most: 7 } },
        },
      ],
    ]);
  });
});
