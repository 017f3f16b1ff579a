import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../support/command.js';

const year = (...args: string[]) => runCommand('year.js', args);

const SUMS =
  /^(\w{3}): periods due (\d+), charged once (\d+), unpaid for a counted cause (\d+), charged twice 0, forgotten 0, cancelled rightly (\d+) of \5, difference to book 0$/gm;

describe('schedules that live for months while everything fails', () => {
  it('charge each period that is due once, or say truly why not', async () => {
    const { code, said } = await year('--schedules', '100', '--seed', '12', '--months', '3');
    const sums = [...said.matchAll(SUMS)].map(([, currency, due, once, unpaid]) => ({
      currency,
      left: Number(due) - Number(once) - Number(unpaid),
    }));
    expect(sums.map(({ currency, left }) => `${currency} ${left}`).sort()).toEqual([
      'CLP 0',
      'COP 0',
      'USD 0',
    ]);
    expect(code === 0 || said).toBe(true);
  }, 600_000);
});

/** Each in as much as it takes to find it. */
describe('a year that would find a missing defence', () => {
  it.each([['anchor', 12, 2, 'monthly schedules charge on another day']])(
    'fails without %s, in %s schedules of %s months: %s',
    async (sabotage, schedules, months) => {
      const size = ['--schedules', String(schedules), '--months', String(months)];
      const { code, said } = await year(...size, '--seed', '1', '--sabotage', sabotage);
      expect(code === 1 || said).toBe(true);
      expect(said).toContain('again: npm run year -- ');
    },
    400_000,
  );
});
