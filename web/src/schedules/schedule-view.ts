import type { CappedCount, ScheduleCounts, ScheduleListQuery } from '@recaudo/shared';

/** The piles of the list: what somebody must see to stands beside what is well. */
export const SCHEDULE_TABS = ['active', 'past_due', 'paused', 'cancelled', 'finished'] as const;
export type ScheduleTab = (typeof SCHEDULE_TABS)[number];

/** What the list shows, as it stands in the URL. */
export interface ScheduleListView {
  tab: ScheduleTab;
  /** The site's code. */
  site: string | null;
  /** The id of the policy that they name. */
  policy: string | null;
  q: string;
  cursor: string | null;
}

export const ALL_SCHEDULES: ScheduleListView = {
  ...{ tab: 'active', site: null, policy: null, q: '', cursor: null },
};

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Reads any URL: what it does not understand it leaves out. */
export function readScheduleUrl(search: string): ScheduleListView {
  const params = new URLSearchParams(search);
  const policy = params.get('policy') ?? '';
  return {
    tab: SCHEDULE_TABS.find((tab) => tab === params.get('tab')) ?? 'active',
    site: params.get('site') || null,
    policy: ID.test(policy) ? policy : null,
    q: (params.get('q') ?? '').trim().slice(0, 120),
    cursor: params.get('cursor') || null,
  };
}

export function writeScheduleUrl({ tab, site, policy, q, cursor }: ScheduleListView): string {
  const params = new URLSearchParams();
  const parts = { tab: tab === 'active' ? null : tab, site, policy, q, cursor };
  for (const [name, value] of Object.entries(parts)) if (value) params.set(name, value);
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

/** What the API is asked; `unknownSite` where the URL names a site that is not the reader's. */
export function toScheduleFilter(
  { tab, site: code, policy, q }: ScheduleListView,
  sites: readonly { id: string; code: string }[],
): { filter: Partial<ScheduleListQuery>; unknownSite: boolean } {
  const site = sites.find((candidate) => candidate.code === code);
  const pile: Partial<ScheduleListQuery> =
    tab === 'past_due' ? { state: 'active', pastDue: 'true' } : { state: tab };
  const filter = {
    ...{ ...pile, ...(site && { siteId: site.id }) },
    ...(policy !== null && { policyId: policy }),
    ...(q !== '' && { q }),
  };
  return { filter, unknownSite: code !== null && !site };
}

export function scheduleCount(counts: ScheduleCounts | undefined, tab: ScheduleTab): CappedCount | undefined {
  return tab === 'past_due' ? counts?.pastDue : counts?.byState[tab];
}
