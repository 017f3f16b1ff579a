import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY, REASON_CLASSES, type PolicyRules, type ReasonClass } from '@recaudo/shared';
import { nextStep, reasonClass, type Failed } from './dunning.rules.js';

const failed = (...tries: [day: string, ReasonClass][]): Failed[] =>
  tries.map(([day, name]) => ({ day: `2026-03-${day}`, class: name }));
const own: PolicyRules = {
  by: {
    balance: { days: [2, 5], last: 'pause', mail: true },
    limit: { days: [7], last: 'keep', mail: true },
    hard: { days: [], last: 'cancel', mail: true },
  },
  hour: 20,
};

describe('what follows a charge that was not paid', () => {
  it.each<[string, PolicyRules, Failed[], object]>([
    [
      'is another try the next day where the balance was short',
      DEFAULT_POLICY,
      failed(['01', 'balance']),
      { kind: 'retry', day: '2026-03-02' },
    ],
    [
      'is the end after three more tries in vain',
      DEFAULT_POLICY,
      failed(['01', 'balance'], ['02', 'balance'], ['03', 'balance'], ['04', 'balance']),
      { kind: 'over', last: 'cancel' },
    ],
    [
      'is nothing after a hard decline: it stays past due',
      DEFAULT_POLICY,
      failed(['01', 'hard']),
      { kind: 'over', last: 'keep' },
    ],
    [
      'is nothing once a later answer is hard, and nothing is taken away for it',
      DEFAULT_POLICY,
      failed(['01', 'balance'], ['02', 'hard']),
      { kind: 'over', last: 'keep' },
    ],
    [
      'is another try where nobody judged it',
      DEFAULT_POLICY,
      failed(['01', 'technical']),
      { kind: 'again', day: '2026-03-02' },
    ],
    [
      'does not count what nobody judged',
      DEFAULT_POLICY,
      failed(['01', 'balance'], ['02', 'technical'], ['03', 'balance'], ['04', 'balance']),
      { kind: 'retry', day: '2026-03-05' },
    ],
    [
      'waits for a person after a week of technical failures',
      DEFAULT_POLICY,
      failed(...Array.from({ length: 7 }, (_, day): [string, ReasonClass] => [`0${day + 1}`, 'technical'])),
      { kind: 'over', last: 'keep' },
    ],
    [
      'is nothing where nobody knows what the code means',
      DEFAULT_POLICY,
      failed(['01', 'balance'], ['02', 'unlisted']),
      { kind: 'over', last: 'keep' },
    ],
    [
      'comes on the days of a policy of one’s own',
      own,
      failed(['01', 'balance'], ['03', 'balance']),
      { kind: 'retry', day: '2026-03-06' },
    ],
    [
      'ends as a policy of one’s own says',
      own,
      failed(['01', 'balance'], ['03', 'balance'], ['06', 'balance']),
      { kind: 'over', last: 'pause' },
    ],
  ])('%s', (_case, policy, tries, step) => {
    expect(nextStep(policy, tries)).toEqual(step);
  });

  it('always comes to an end, never on the same day, and never cancels for what nobody judged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...REASON_CLASSES), { minLength: 60, maxLength: 60 }),
        (answers) => {
          const tries: Failed[] = [];
          let day = '2026-03-01';
          for (const name of answers) {
            tries.push({ day, class: name });
            const step = nextStep(DEFAULT_POLICY, tries);
            if (step.kind === 'over') {
              if (step.last === 'cancel') expect(['balance', 'limit']).toContain(name);
              return;
            }
            expect(step.day > day).toBe(true);
            day = step.day;
          }
          throw new Error('it never ended');
        },
      ),
    );
  });
});

describe('a reason', () => {
  it.each([
    ['51', 'balance'],
    ['XA', 'balance'],
    ['61', 'limit'],
    ['54', 'hard'],
    ['R3', 'hard'],
    ['96', 'technical'],
    ['ZZ', 'unlisted'],
  ])('%s is %s', (code, name) => {
    expect(reasonClass(code)).toBe(name);
  });
});
