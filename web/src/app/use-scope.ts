import { useLocation, useNavigate } from 'react-router-dom';
import type { ListView } from '../list/list-view.js';
import { EVERYTHING, readListUrl } from '../sessions/filters.js';
import { useListView } from './use-data.js';

/** What every list calls by the same name in its URL. */
export type Scope = Pick<ListView, 'site' | 'period' | 'from' | 'to' | 'q'>;

/** Lists that take the scope and the search themselves; everywhere else they lead to the payments. */
const OWN = ['transactions', 'preauthorizations', 'schedules', 'periods', 'instruments', 'mails'] as const;

export interface ScopeHandle {
  scope: Scope;
  /** The list that a search here looks through. */
  room: 'sessions' | Exclude<(typeof OWN)[number], 'periods'>;
  /** A list by deadline, or of what lasts, knows no period. */
  hasPeriod: boolean;
  change: (patch: Partial<Scope>) => void;
  /** Looks everywhere: an old filter must not hide what the caller asks about. Only the site stays. */
  search: (text: string) => void;
}

export function useScope(): ScopeHandle {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const sessions = useListView();
  const own = OWN.find((room) => pathname.startsWith(`/${room}`));
  const scope: Scope = readListUrl(search);
  // Of these the site alone is asked: nothing is searched there, and they know months or no time at all.
  const onlySite = ['/revenue', '/policies'].find((room) => pathname.startsWith(room));
  if (!own) {
    return {
      scope,
      room: 'sessions',
      hasPeriod: onlySite === undefined,
      change: onlySite ? changeSite : sessions.change,
      search: (q) => sessions.change({ ...EVERYTHING, site: scope.site, q }),
    };
  }
  function changeSite({ site }: Partial<Scope>) {
    const params = new URLSearchParams(search);
    if (site) params.set('site', site);
    else params.delete('site');
    params.delete('behind');
    void navigate({ pathname: onlySite, search: params.toString() });
  }
  // Periods are found by what they are periods of.
  const searched = own === 'periods' ? 'schedules' : own;
  const go = (room: string, params: URLSearchParams) => {
    params.delete('cursor');
    void navigate({ pathname: `/${room}`, search: params.toString() });
  };
  const change = (patch: Partial<Scope>) => {
    const params = new URLSearchParams(pathname === `/${own}` ? search : '');
    for (const [name, value] of Object.entries(patch)) {
      if (value && value !== 'all' && value !== 'days') params.set(name, value);
      else params.delete(name);
    }
    go(own, params);
  };
  return {
    scope,
    room: searched,
    hasPeriod: own === 'transactions',
    change,
    search: (q) => {
      const params = new URLSearchParams();
      if (scope.site) params.set('site', scope.site);
      if (q) params.set('q', q);
      go(searched, params);
    },
  };
}
