import { describe, expect, it } from '@jest/globals';
import { ALL_TRANSACTIONS, readTransactionUrl, toTransactionFilter, writeTransactionUrl } from './filters.js';

const READER = {
  sites: [{ id: 's1', code: 'andina' }],
  zone: 'America/Bogota',
  now: Date.parse('2026-03-10T15:00:00Z'),
};

describe('the address of the list of transactions', () => {
  it('says nothing when everything is shown', () => {
    expect(writeTransactionUrl(ALL_TRANSACTIONS)).toBe('');
  });

  it.each([
    '?state=approved&kind=reverse&site=andina',
    '?from=2026-03-01&to=2026-03-05&q=ana%40x.co',
    '?period=7d&currency=COP&sort=oldest&cursor=abc',
  ])('reads back what it wrote: %s', (search) => {
    expect(writeTransactionUrl(readTransactionUrl(search))).toBe(search);
  });

  it('leaves out what it does not understand', () => {
    expect(readTransactionUrl('?state=nothing&kind=x&currency=ABC&from=soon')).toEqual(ALL_TRANSACTIONS);
  });
});

describe('what the server is asked', () => {
  it('has days as the instants of the reader’s own midnights', () => {
    const { filter } = toTransactionFilter(readTransactionUrl('?from=2026-03-01&to=2026-03-01'), READER);
    expect(filter).toEqual({
      createdFrom: '2026-03-01T05:00:00.000Z',
      createdTo: '2026-03-02T05:00:00.000Z',
    });
  });

  it('tells a site that is not the reader’s', () => {
    expect(toTransactionFilter(readTransactionUrl('?site=other'), READER)).toEqual({
      filter: {},
      unknownSite: true,
    });
  });
});
