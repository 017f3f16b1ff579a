import { describe, expect, it } from '@jest/globals';
import { nestedErrors } from './nested-errors.js';

describe('errors by field, as the form keeps them', () => {
  it('nest by path', () => {
    expect(nestedErrors({ reference: 'a', 'payer.email': 'b', 'parts.0.amount': 'c' })).toEqual({
      reference: 'a',
      payer: { email: 'b' },
      parts: { 0: { amount: 'c' } },
    });
  });

  it.each([[{ parts: 'sum', 'parts.1.amount': 'zero' }], [{ 'parts.1.amount': 'zero', parts: 'sum' }]])(
    'keep what is wrong with a list beside what is wrong in it, in either order',
    (errors) => {
      expect(nestedErrors(errors)).toEqual({ parts: { root: 'sum', 1: { amount: 'zero' } } });
    },
  );
});
