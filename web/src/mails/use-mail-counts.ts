import type { MailCounts, MailFilter } from '@recaudo/shared';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useData } from '../app/use-data.js';

const FOLLOW_MS = 15_000;

/** How many letters there are of each state, and what becomes of them here; undefined until it is known. */
export function useMailCounts(filter: MailFilter): MailCounts | undefined {
  const data = useData();
  return useQuery({
    queryKey: ['mails', 'counts', filter],
    queryFn: () => data.countMails(filter),
    placeholderData: keepPreviousData,
    refetchInterval: FOLLOW_MS,
  }).data;
}
