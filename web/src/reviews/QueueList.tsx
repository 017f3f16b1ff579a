import type { Queue, SessionListItem, SessionView } from '@recaudo/shared';
import { Box, Paper, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { ListBase, useGetOne, useListContext } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { CursorPager } from '../app/CursorPager.js';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { EmptyPanel, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import type { ActionName } from '../sessions/action-order.js';
import { ActionDialog } from '../sessions/Actions.js';
import { QueueRow } from './QueueRow.js';

const PER_PAGE = 25;
const FOLLOW_MS = 30_000;

/** One queue of payments, nearest deadline first; its place in the URL has the queue's own name. */
export function QueueList({ queue }: { queue: Queue }) {
  const { t } = useReader();
  const [params, setParams] = useSearchParams();
  // Up here, because a payment leaves the queue while its dialog still has the result to show.
  const [acting, setActing] = useState<{ id: string; action: ActionName } | null>(null);
  const cursor = params.get(queue) ?? undefined;
  const go = (next: string | null) => {
    const changed = new URLSearchParams(params);
    if (next) changed.set(queue, next);
    else changed.delete(queue);
    setParams(changed);
  };
  return (
    <Box component="section" aria-label={t(queue === 'confirm' ? 'queues.tab.confirm' : `queues.${queue}`)}>
      {queue === 'confirm' ? null : <Typography variant="h2">{t(`queues.${queue}`)}</Typography>}
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1.5 }}>
        {t(`queues.${queue}_explained`)}
      </Typography>
      <ListBase
        resource="sessions"
        storeKey={false}
        filter={{ queue }}
        perPage={PER_PAGE}
        queryOptions={{ onError: saidOnThePage, meta: { cursor }, refetchInterval: FOLLOW_MS }}
        disableSyncWithLocation
        exporter={false}
      >
        <Rows
          queue={queue}
          atFirst={cursor === undefined}
          go={go}
          onAct={(id, action) => setActing({ id, action })}
        />
      </ListBase>
      {acting ? <RowDialog {...acting} onClose={() => setActing(null)} /> : null}
    </Box>
  );
}

/** The dialog needs the whole payment, as it stands now. */
function RowDialog({ id, action, onClose }: { id: string; action: ActionName; onClose: () => void }) {
  const { data } = useGetOne<SessionView>('sessions', { id });
  return data ? <ActionDialog action={action} session={data} onClose={onClose} /> : null;
}

interface RowsProps {
  queue: Queue;
  atFirst: boolean;
  go: (cursor: string | null) => void;
  onAct: (id: string, action: ActionName) => void;
}

function Rows({ queue, atFirst, go, onAct }: RowsProps) {
  const { t } = useReader();
  const { data, error, isPending, refetch, ...list } = useListContext<SessionListItem>();
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={3} />;
  if (data.length === 0) {
    return (
      <Paper variant="outlined">
        <EmptyPanel>{t(`queues.${queue}_none`)}</EmptyPanel>
      </Paper>
    );
  }
  return (
    <>
      <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
        {data.map((row) => (
          <QueueRow key={row.id} queue={queue} row={row} onAct={(action) => onAct(row.id, action)} />
        ))}
      </Stack>
      <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end' }}>
        <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
      </Box>
    </>
  );
}
