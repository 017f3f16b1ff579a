import type { BatchView } from '@recaudo/shared';
import { Box, Paper, Stack, Typography } from '@mui/material';
import { ListBase, useListContext } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { CursorPager } from '../app/CursorPager.js';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import { BatchStateChip } from '../fields/StateChip.js';
import { Sums } from '../fields/Sums.js';
import { batchPath } from '../sessions/naming.js';
import { now } from '../app/clock.js';
import { batchSentence, isUnsent, rowsDone } from './batch-sentence.js';

const PER_PAGE = 25;
const FOLLOW_MS = 15_000;

/** Many at once, newest first: what, how much, how far. */
export default function BatchList() {
  const { t } = useReader();
  const [params, setParams] = useSearchParams();
  const cursor = params.get('cursor') ?? undefined;
  return (
    <Gate permission="sessions:read">
      <Page wide title={t('rooms.batches')}>
        <Typography sx={{ mb: 2, color: 'text.secondary' }}>{t('batches.explained')}</Typography>
        <ListBase
          resource="batches"
          perPage={PER_PAGE}
          queryOptions={{ onError: saidOnThePage, meta: { cursor }, refetchInterval: FOLLOW_MS }}
          disableSyncWithLocation
          exporter={false}
        >
          <Batches atFirst={cursor === undefined} go={(next) => setParams(next ? { cursor: next } : {})} />
        </ListBase>
      </Page>
    </Gate>
  );
}

function Batches({ atFirst, go }: { atFirst: boolean; go: (cursor: string | null) => void }) {
  const { t } = useReader();
  const { data, error, isPending, refetch, ...list } = useListContext<BatchView>();
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={6} />;
  if (data.length === 0) return <EmptyPanel>{t('batches.none')}</EmptyPanel>;
  return (
    <>
      <Stack
        component="ul"
        aria-label={t('rooms.batches')}
        sx={{ listStyle: 'none', m: 0, p: 0, gap: 1, maxWidth: 1032 }}
      >
        {data.map((batch) => (
          <BatchCard key={batch.id} batch={batch} />
        ))}
      </Stack>
      <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end', maxWidth: 1032 }}>
        <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
      </Box>
    </>
  );
}

function BatchCard({ batch }: { batch: BatchView }) {
  const { t, instant, clock } = useReader();
  return (
    <li>
      <Paper
        variant="outlined"
        component={Link}
        to={batchPath(batch.id)}
        sx={{
          p: 1.5,
          display: 'grid',
          columnGap: 3,
          rowGap: 0.5,
          alignItems: 'center',
          color: 'text.primary',
          textDecoration: 'none',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '1.2fr 1fr 1fr auto' },
          '&:hover': { bgcolor: 'action.hover' },
        }}
      >
        <Box sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 600 }}>
            {t(`batches.kind.${batch.kind}`)} · {t('batches.rows', { smart_count: batch.rows })}
          </Typography>
          <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
            «{batch.reason}»
          </Typography>
        </Box>
        <Sums sums={batch.totals} />
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('batches.created', { name: batch.createdBy, at: instant(batch.createdAt) })}
          <br />
          {isUnsent(batch)
            ? batchSentence(batch, now(), { t, clock })
            : t('batches.progress', { done: rowsDone(batch), all: batch.rows })}
        </Typography>
        <Box sx={{ justifySelf: 'start' }}>
          <BatchStateChip state={batch.state} />
        </Box>
      </Paper>
    </li>
  );
}
