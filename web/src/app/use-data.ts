import type { CappedCount } from '@recaudo/shared';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLogoutIfAccessDenied } from 'react-admin';
import { useLocation, useNavigate } from 'react-router-dom';
import { changeView, readListUrl, writeListUrl, type SessionListView } from '../sessions/filters.js';
import { setClockOffset } from './clock.js';
import { dataProvider, type RecaudoDataProvider } from './data-provider.js';
import { rejectingWhenLoginEnds } from './login-ends.js';
import { useCan } from './login-state.js';

const HISTORY_POLL_MS = 3_000;
const COUNT_POLL_MS = 30_000;

/** The typed data provider. When the login has ended it leads to the sign-in page, and rejects. */
export function useData(): RecaudoDataProvider {
  const endLogin = useLogoutIfAccessDenied();
  return useMemo(() => rejectingWhenLoginEnds(dataProvider, endLogin), [endLogin]);
}

/** Whether the product practises, and how far its history is; asked again only while that is being made. */
export function usePractice() {
  const data = useData();
  return useQuery({
    queryKey: ['practice'],
    queryFn: async () => {
      const practice = await data.practice();
      setClockOffset(practice.clockOffsetMs);
      return practice;
    },
    refetchInterval: (query) => {
      const history = query.state.data?.history;
      return history && history.made < history.planned ? HISTORY_POLL_MS : false;
    },
  });
}

/** What waits for a person, by queue; absent until it is known. */
export interface Waiting {
  reviews?: CappedCount;
  remainder?: CappedCount;
  /** Half paid and still open: to be watched, not to be acted on. */
  partial?: CappedCount;
  confirm?: CappedCount;
}

export function useWaiting(): Waiting {
  const data = useData();
  const allowed = useCan('reviews:read');
  const { data: waiting } = useQuery({
    queryKey: ['reviews', 'waiting'],
    queryFn: async () => {
      const [reviews, remainder, partial, confirm] = await Promise.all([
        data.countReviews(),
        data.countSessions({ queue: 'remainder' }),
        data.countSessions({ queue: 'partial' }),
        data.countSessions({ queue: 'confirm' }),
      ]);
      return { reviews, remainder: remainder.all, partial: partial.all, confirm: confirm.all };
    },
    refetchInterval: COUNT_POLL_MS,
    enabled: allowed,
  });
  return waiting ?? {};
}

/** How many requests wait for the reader's own decision; absent for who decides nothing. */
export function useApprovalsWaiting(): CappedCount | undefined {
  const data = useData();
  const decides = useCan('approvals:decide');
  const { data: count } = useQuery({
    queryKey: ['approvals', 'count'],
    queryFn: () => data.countApprovals(),
    refetchInterval: COUNT_POLL_MS,
    enabled: decides,
  });
  return count;
}

/** The scope (site, period) and the rest of the list's filters as they stand in the URL, and how to change them. */
export function useListView() {
  const { search, pathname } = useLocation();
  const navigate = useNavigate();
  const view = readListUrl(search);
  const change = (patch: Partial<SessionListView>) =>
    void navigate(`/sessions${writeListUrl(changeView(view, patch))}`, {
      replace: pathname === '/sessions' && 'q' in patch,
    });
  return { view, change };
}
