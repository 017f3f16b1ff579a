import type { TransactionDetail, TransactionItem } from '@recaudo/shared';
import { useGetOne } from 'react-admin';

/** How often one that is not final yet is read again, while it is looked at. */
const FOLLOW_MS = 3_000;

const OPEN = new Set<TransactionItem['state']>(['started', 'pending', 'unknown', 'to_confirm']);

/** A transaction, read again until nothing more is expected soon of it or of what was done to it. */
export function useFollowedTransaction(id: string) {
  return useGetOne<TransactionDetail>(
    'transactions',
    { id },
    {
      refetchInterval: ({ state: { data } }) =>
        data === undefined || [data, ...data.operations].some(({ state }) => OPEN.has(state))
          ? FOLLOW_MS
          : false,
    },
  );
}
