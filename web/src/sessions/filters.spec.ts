import { describe, expect, it } from '@jest/globals';
import { toFilter } from './asked.js';
import { changeView, EVERYTHING, isNarrowed, readListUrl, writeListUrl } from './filters.js';

const SITES = [{ id: '0190a000-0000-7000-8000-000000000001', code: 'andina' }];
const READER = { sites: SITES, zone: 'America/Bogota', now: Date.parse('2026-03-10T03:00:00Z') };

describe('the payments list in the URL', () => {
  it('is an empty search when everything is shown', () => {
    expect(writeListUrl(EVERYTHING)).toBe('');
    expect(readListUrl('')).toEqual(EVERYTHING);
  });

  it('reads like a sentence', () => {
    const view = { ...EVERYTHING, state: 'approved', site: 'andina', period: '7d', currency: 'COP' } as const;
    expect(writeListUrl(view)).toBe('?state=approved&site=andina&period=7d&currency=COP');
  });

  it('comes back from the URL as it went in', () => {
    const view = {
      ...EVERYTHING,
      state: 'pending',
      kind: 'partial',
      period: 'days',
      from: '2026-03-01',
      to: '2026-03-09',
      q: 'ana+1@correo.example',
      overpaid: true,
      instrument: '0190a000-0000-7000-8000-000000000009',
      sort: 'oldest',
      cursor: 'abc=',
    } as const;
    expect(readListUrl(writeListUrl(view))).toEqual(view);
  });

  it('leaves out what it does not understand', () => {
    expect(
      readListUrl('?state=lost&kind=odd&period=1y&currency=XXX&from=yesterday&sort=up&instrument=x'),
    ).toEqual(EVERYTHING);
  });

  it('starts at the first page again when a filter changes', () => {
    const view = { ...EVERYTHING, cursor: 'abc' };
    expect(changeView(view, { state: 'approved' }).cursor).toBeNull();
    expect(changeView(view, { cursor: 'next' }).cursor).toBe('next');
  });

  it('is not narrowed by an order or a page', () => {
    expect(isNarrowed({ ...EVERYTHING, sort: 'oldest', cursor: 'abc' })).toBe(false);
    expect(isNarrowed({ ...EVERYTHING, q: 'AND-1' })).toBe(true);
  });
});

describe('what the API is asked', () => {
  it('names the site by its id', () => {
    expect(toFilter({ ...EVERYTHING, site: 'andina' }, READER)).toEqual({
      filter: { siteId: SITES[0]?.id },
      unknownSite: false,
    });
  });

  it('says so when the site is unknown', () => {
    expect(toFilter({ ...EVERYTHING, site: 'elsewhere' }, READER).unknownSite).toBe(true);
  });

  it('begins today at the reader’s midnight, which may be yesterday’s date elsewhere', () => {
    const { filter } = toFilter({ ...EVERYTHING, period: 'today' }, READER);
    expect(filter).toEqual({ createdFrom: '2026-03-09T05:00:00.000Z' });
  });

  it('counts today as one of the last seven days', () => {
    const { filter } = toFilter({ ...EVERYTHING, period: '7d' }, READER);
    expect(filter.createdFrom).toBe('2026-03-03T05:00:00.000Z');
  });

  it('includes the whole of the last day', () => {
    const view = { ...EVERYTHING, period: 'days', from: '2026-03-01', to: '2026-03-01' } as const;
    expect(toFilter(view, READER).filter).toEqual({
      createdFrom: '2026-03-01T05:00:00.000Z',
      createdTo: '2026-03-02T05:00:00.000Z',
    });
  });
});
