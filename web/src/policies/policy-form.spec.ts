import { describe, expect, it } from '@jest/globals';
import { createPolicySchema, DEFAULT_POLICY } from '@recaudo/shared';
import { checkFields } from '../app/check.js';
import { atItsField, rulesOfForm, rulesToForm } from './policy-form.js';

const typed = (days: string) => {
  const form = rulesToForm(DEFAULT_POLICY);
  return { ...form, by: { ...form.by, balance: { ...form.by.balance, days } } };
};
const errorsOf = (days: string) =>
  atItsField(
    checkFields(createPolicySchema, {
      ...{ siteId: '0198c0de-0000-7000-8000-000000000000', name: 'Suave', rules: rulesOfForm(typed(days)) },
    }),
  );

describe('a policy as it is typed', () => {
  it('comes back as it was', () => {
    const rules = { ...DEFAULT_POLICY, hour: 0 };
    expect([rulesOfForm(rulesToForm(rules)), rulesOfForm(rulesToForm(DEFAULT_POLICY))]).toEqual([
      rules,
      DEFAULT_POLICY,
    ]);
  });

  it.each([
    ['1, 3, 7', [1, 3, 7]],
    ['1 3;7', [1, 3, 7]],
    ['  ', []],
  ])('reads the days of %j', (days, read) => {
    expect([rulesOfForm(typed(days)).by.balance.days, errorsOf(days)]).toEqual([read, {}]);
  });

  it.each(['3, 2', '61', '0', 'mañana', '1.5', '1,2,3,4,5,6,7,8,9,10,11'])(
    'says at their field what days may be, of %j',
    (days) => {
      expect(errorsOf(days)).toEqual({ 'rules.by.balance.days': 'problems.field.retry_days' });
    },
  );
});
