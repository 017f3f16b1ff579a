import { describe, expect, it } from '@jest/globals';
import type { Principal } from '../staff/access.js';
import { digestOf, inOrder, requireDistinct, totalsOf, type JudgedRow } from './batch.rules.js';

const me = { scope: ['mine'] } as unknown as Principal;
const judged = (transactionId: string, siteId: string): JudgedRow => ({
  transactionId,
  siteId,
  reference: 'T',
  payerName: null,
  amountMinor: 100,
  currency: 'COP',
  why: null,
  by: null,
  later: null,
});
const item = { targetId: 'a', amountMinor: 100, currency: 'COP' } as const;

describe('the rows of a batch', () => {
  it('name each one that stands there twice', () => {
    const rows = ['a', 'b', 'a'].map((transactionId) => ({ transactionId }));
    expect(() => requireDistinct(rows)).toThrow(
      expect.objectContaining({ details: { errors: { 'rows.2.transactionId': ['duplicate'] } } }),
    );
  });

  it('come back in the order they were given', () => {
    const rows = inOrder(
      me,
      [{ transactionId: 'b' }, { transactionId: 'a' }],
      [judged('a', 'mine'), judged('b', 'mine')],
    );
    expect(rows.map((row) => row.transactionId)).toEqual(['b', 'a']);
  });

  it('tell nothing of another site’s payment', () => {
    expect(inOrder(me, [{ transactionId: 'a' }], [judged('a', 'theirs')])).toEqual([
      {
        transactionId: 'a',
        siteId: null,
        reference: null,
        payerName: null,
        amountMinor: null,
        currency: null,
        why: 'not_found',
        by: null,
        later: null,
      },
    ]);
  });

  it('are summed per currency', () => {
    expect(totalsOf([item, { ...item, amountMinor: 50 }, { ...item, currency: 'USD' }])).toEqual([
      { currency: 'COP', amountMinor: 150, count: 2 },
      { currency: 'USD', amountMinor: 100, count: 1 },
    ]);
  });

  it('are other rows once an amount is edited', () => {
    expect(digestOf([{ ...item, amountMinor: 101 }])).not.toBe(digestOf([item]));
  });
});
