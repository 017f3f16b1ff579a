import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../support/command.js';

const faults = (...args: string[]) => runCommand('faults.js', args);

const lastLineOf = (said: string): string | undefined => /^runs \d.*$/m.exec(said)?.[0];

describe('money moved through two servers while everything fails', () => {
  it('is neither charged nor refunded twice, nor lost, in forty runs', async () => {
    // The last of them, 566, once found something.
    const { code, said } = await faults('--runs', '40', '--seed', '527');
    expect(lastLineOf(said)).toMatch(
      /^runs 40, operations \d+, approved \d+, charged twice 0, refunded twice 0, lost 0, needs attention \d+$/,
    );
    expect(code === 0 || said).toBe(true);
  }, 900_000);
});

/** Each begins where it is soon found. */
describe('a harness that would find a missing defence', () => {
  it.each([
    ['index', 2, 'two operations may be live on one payment'],
    ['lease', 18, 'an interrupted operation is simply sent again'],
    ['settle', 3, 'no answer counts as a refusal'],
    ['resend', 6, 'what is unknown is sent again and again'],
  ])(
    'fails without %s, from seed %s on: %s',
    async (sabotage, seed) => {
      const wanted = ['--runs', '30', '--seed', String(seed), '--sabotage', sabotage];
      const { code, said } = await faults(...wanted);
      expect(code === 1 || said).toBe(true);
      expect(said).toContain(`again: npm run faults -- --runs 1 --seed `);
    },
    400_000,
  );
});
