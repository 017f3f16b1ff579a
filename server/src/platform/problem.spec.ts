import { describe, expect, it } from '@jest/globals';
import { ProblemError, whyRefused } from './problem.js';

describe('why something was refused', () => {
  it('is what is wrong with a field', () => {
    const problem = new ProblemError('validation', { errors: { amountMinor: ['above_hold'] } });
    expect(whyRefused(problem)).toBe('above_hold');
  });

  it('is else the problem itself', () => {
    expect(whyRefused(new ProblemError('operation_live'))).toBe('operation_live');
  });
});
