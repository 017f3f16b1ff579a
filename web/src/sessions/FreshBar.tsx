import type { SessionFilter, SessionListItem } from '@recaudo/shared';
import { Alert, Button } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useListContext } from 'react-admin';
import { useData, useListView } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';

const POLL_MS = 10_000;

/** Looks every ten seconds whether the list has changed, and says so instead of moving what is being read. */
export function FreshBar({ filter, perPage }: { filter: SessionFilter; perPage: number }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const { view } = useListView();
  const { data: shown, refetch } = useListContext<SessionListItem>();
  const present = shown ? fingerprint(shown) : undefined;
  const { data: fresh } = useQuery({
    queryKey: ['sessions', 'fresh', filter, view.cursor, view.sort, present],
    queryFn: async () => {
      const page = await data.getList<SessionListItem>('sessions', {
        filter,
        pagination: { page: 1, perPage },
        sort: { field: 'createdAt', order: 'DESC' },
        meta: { cursor: view.cursor ?? undefined, sort: view.sort },
      });
      return fingerprint(page.data);
    },
    enabled: present !== undefined,
    refetchInterval: POLL_MS,
    // The list itself has just been fetched: the first look is due only after one interval.
    initialData: present,
    staleTime: POLL_MS,
  });
  if (fresh === undefined || fresh === present) return null;
  const show = () => {
    void refetch();
    void client.invalidateQueries({ queryKey: ['sessions', 'counts'] });
  };
  return (
    <Alert
      severity="info"
      role="status"
      sx={{ py: 0, my: 1 }}
      action={
        <Button color="inherit" size="small" onClick={show}>
          {t('sessions.show_new')}
        </Button>
      }
    >
      {t('sessions.new_data')}
    </Alert>
  );
}

function fingerprint(rows: readonly SessionListItem[]): string {
  return rows.map((row) => `${row.id}:${row.state}:${row.approvedMinor}:${row.orderState}`).join(' ');
}
