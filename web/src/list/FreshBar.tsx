import { Alert, Button } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useListContext, type RaRecord } from 'react-admin';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';

const POLL_MS = 10_000;

interface Props<T> {
  resource: string;
  filter: object;
  perPage: number;
  view: { cursor: string | null; sort?: string };
  /** What of a row people would want to hear of. */
  mark: (row: T) => string;
}

/** Looks every ten seconds whether the list has changed, and says so instead of moving what is being read. */
export function FreshBar<T extends RaRecord>({ resource, filter, perPage, view, mark }: Props<T>) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const { data: shown, refetch } = useListContext<T>();
  const fingerprint = (rows: readonly T[]) => rows.map(mark).join(' ');
  const present = shown ? fingerprint(shown) : undefined;
  const { data: fresh } = useQuery({
    queryKey: [resource, 'fresh', filter, view.cursor, view.sort, present],
    queryFn: async () => {
      const page = await data.getList<T>(resource, {
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
    void client.invalidateQueries({ queryKey: [resource, 'counts'] });
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
