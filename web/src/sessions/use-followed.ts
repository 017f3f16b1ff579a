import type { SessionView } from '@recaudo/shared';
import { useGetOne } from 'react-admin';
import { isLive } from './action-order.js';

/** How often a payment that is not final yet is read again, while it is looked at. */
const FOLLOW_MS = 3_000;

/** A payment, read again until nothing more is expected soon. */
export function useFollowed(id: string) {
  return useGetOne<SessionView>(
    'sessions',
    { id },
    {
      refetchInterval: ({ state: { data } }) => (data !== undefined && !isLive(data) ? false : FOLLOW_MS),
    },
  );
}
