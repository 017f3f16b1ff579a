import type { BatchView } from '@recaudo/shared';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import UndoOutlined from '@mui/icons-material/UndoOutlined';
import { Alert, Box, Button, LinearProgress, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useGetOne, useNotify } from 'react-admin';
import { useParams } from 'react-router-dom';
import { problemOf } from '../app/api.js';
import { Gate, useDocumentTitle } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { Block } from '../fields/Block.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { BatchStateChip } from '../fields/StateChip.js';
import { Sums } from '../fields/Sums.js';
import { useNow } from '../fields/use-now.js';
import { Unread } from '../record/RecordPage.js';
import { ApprovalsBlock } from '../transactions/ApprovalsBlock.js';
import { batchSentence, isMoving, isUnsent, rowsDone } from './batch-sentence.js';
import { BatchRows } from './BatchRows.js';

const FOLLOW_MS = 1_500;

export default function BatchPage() {
  return (
    <Gate permission="sessions:read">
      <Batch />
    </Gate>
  );
}

function Batch() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useGetOne<BatchView>(
    'batches',
    { id },
    {
      refetchInterval: ({ state: { data: known } }) => (known && !isMoving(known) ? false : FOLLOW_MS),
    },
  );
  if (!data) return <Unread error={error} refetch={refetch} />;
  return (
    <Box sx={{ px: { xs: 2, md: 3 }, py: { xs: 2, md: 3 }, maxWidth: 1400 }}>
      <Heading batch={data} />
      <Stack sx={{ gap: 3, mt: 3 }}>
        <ApprovalsBlock approvals={data.approval ? [data.approval] : []} />
        <Facts batch={data} />
        <BatchRows batch={data} />
      </Stack>
    </Box>
  );
}

function Heading({ batch }: { batch: BatchView }) {
  const { t, clock } = useReader();
  const title = `${t(`batches.kind.${batch.kind}`)} · ${t('batches.rows', { smart_count: batch.rows })}`;
  useDocumentTitle(title);
  const now = useNow(batch.state === 'scheduled');
  const done = rowsDone(batch);
  const share = batch.rows === 0 ? 0 : (done / batch.rows) * 100;
  return (
    <Box component="section" aria-label={t('sessions.summary')}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Typography variant="h1" sx={{ fontSize: 26 }}>
          {title}
        </Typography>
        <BatchStateChip state={batch.state} />
        <Typography component="span" sx={{ fontSize: 16 }}>
          <Sums sums={batch.totals} />
        </Typography>
      </Stack>
      {/* The countdown is read, not spoken every second. */}
      <Typography
        role={batch.state === 'scheduled' ? undefined : 'status'}
        sx={{ mt: 1, fontSize: 15, maxWidth: 820 }}
      >
        {batchSentence(batch, now, { t, clock })}
      </Typography>
      {batch.state === 'running' || batch.state === 'done' ? (
        <Box sx={{ maxWidth: 520, mt: 1.5 }}>
          <LinearProgress
            variant="determinate"
            value={share}
            aria-label={t('batches.progress', { done, all: batch.rows })}
            sx={{ height: 8, borderRadius: 1 }}
          />
          <Typography variant="body2" sx={{ mt: 0.5, color: 'text.secondary' }}>
            {t('batches.progress', { done, all: batch.rows })}
          </Typography>
        </Box>
      ) : null}
      <Stack direction="row" sx={{ gap: 1, mt: 2, flexWrap: 'wrap' }}>
        {batch.canUndo ? <UndoButton id={batch.id} /> : null}
        <Button
          component="a"
          variant="outlined"
          href={`/api/batches/${batch.id}/export`}
          download
          startIcon={<DownloadOutlined />}
        >
          {t('batches.download')}
        </Button>
      </Stack>
    </Box>
  );
}

/** Undoing sends nothing and moves nothing: it needs no second question. */
function UndoButton({ id }: { id: string }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => data.undoBatch(id),
    onSuccess: () => notify('batches.undone', { type: 'success' }),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <>
      <Button variant="contained" startIcon={<UndoOutlined />} disabled={isPending} onClick={() => mutate()}>
        {t('batches.undo')}
      </Button>
      {error ? (
        <Alert severity="warning" role="alert">
          {t(`problems.help.${problemOf(error).code}`, { _: t('problems.help.internal') })}
        </Alert>
      ) : null}
    </>
  );
}

function Facts({ batch }: { batch: BatchView }) {
  const { t } = useReader();
  return (
    <Block title={t('sessions.facts')}>
      <FactList
        facts={[
          [t('transactions.asked_by'), batch.createdBy],
          [t('sessions.fields.createdAt'), <Instant key="at" value={batch.createdAt} />],
          [t('money.reason'), batch.reason],
          [
            t(batch.state === 'scheduled' ? 'transactions.planned' : 'batches.sent_at'),
            batch.sendAt && !isUnsent(batch) ? <Instant key="send" value={batch.sendAt} byClock /> : null,
          ],
          [t('sessions.fields.endedAt'), batch.finishedAt ? <Instant value={batch.finishedAt} /> : null],
        ]}
      />
    </Block>
  );
}
