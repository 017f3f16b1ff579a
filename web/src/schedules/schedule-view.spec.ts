import { describe, expect, it } from '@jest/globals';
import { ALL_SCHEDULES, readScheduleUrl, toScheduleFilter, writeScheduleUrl } from './schedule-view.js';

const SITES = [{ id: 'a1', code: 'tienda' }];

describe('the URL of the schedules', () => {
  it('is bare where everything is as usual', () => {
    expect([writeScheduleUrl(ALL_SCHEDULES), readScheduleUrl('')]).toEqual(['', ALL_SCHEDULES]);
  });

  it('keeps what is shown', () => {
    const view = {
      tab: 'past_due',
      site: 'tienda',
      policy: null,
      q: 'ana@ejemplo.co',
      cursor: 'x1',
    } as const;
    expect(readScheduleUrl(writeScheduleUrl(view))).toEqual(view);
  });

  it('leaves out what nobody knows', () => {
    expect(readScheduleUrl('?tab=moon')).toEqual(ALL_SCHEDULES);
  });
});

describe('what the API is asked', () => {
  it('is the state of the tab', () => {
    expect(toScheduleFilter({ ...ALL_SCHEDULES, tab: 'paused' }, SITES).filter).toEqual({ state: 'paused' });
  });

  it('is the unpaid ones that still go on, under past due', () => {
    expect(toScheduleFilter({ ...ALL_SCHEDULES, tab: 'past_due' }, SITES).filter).toEqual({
      state: 'active',
      pastDue: 'true',
    });
  });

  it('names the site by its id and carries the search', () => {
    const view = { ...ALL_SCHEDULES, site: 'tienda', q: '1111' };
    expect(toScheduleFilter(view, SITES).filter).toEqual({ state: 'active', siteId: 'a1', q: '1111' });
  });

  it('admits that a site is not the reader’s', () => {
    expect(toScheduleFilter({ ...ALL_SCHEDULES, site: 'otra' }, SITES).unknownSite).toBe(true);
  });
});
