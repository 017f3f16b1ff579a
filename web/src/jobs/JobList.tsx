import type { JobView } from '@recaudo/shared';
import { Button, Paper, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useGetList, useNotify } from 'react-admin';
import { problemOf } from '../app/api.js';
import { Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { JobTable, type JobRow } from './JobTable.js';

const FOLLOW_MS = 5_000;

export default function JobList() {
  const { t } = useReader();
  return (
    <Gate permission="jobs:manage">
      <Page title={t('rooms.jobs')}>
        <Typography sx={{ mb: 2, color: 'text.secondary', maxWidth: 640 }}>{t('jobs.explained')}</Typography>
        <Jobs />
      </Page>
    </Gate>
  );
}

function Jobs() {
  const { data, error, refetch } = useGetList<JobView & { id: string }>('jobs', undefined, {
    refetchInterval: FOLLOW_MS,
  });
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <RowsSkeleton rows={4} />;
  return (
    <Paper variant="outlined" sx={{ px: 2, py: 1 }}>
      <JobTable jobs={data} action={(job) => <RunButton job={job} />} />
    </Paper>
  );
}

function RunButton({ job }: { job: JobRow }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const { mutate, isPending } = useMutation({
    mutationFn: () => data.runJob(job.name),
    onSuccess: (result) => {
      void client.invalidateQueries({ queryKey: ['jobs'] });
      notify('jobs.ran', { type: result.failed > 0 ? 'warning' : 'success', messageArgs: { ...result } });
    },
    onError: (error) =>
      notify(`problems.title.${problemOf(error).code}`, {
        type: 'error',
        messageArgs: { _: t('problems.title.internal') },
      }),
  });
  return (
    <Button
      size="small"
      disabled={isPending}
      onClick={() => mutate()}
      aria-label={`${t('jobs.run')}: ${t(`jobs.names.${job.name}`, { _: job.name })}`}
    >
      {isPending ? t('jobs.running') : t('jobs.run')}
    </Button>
  );
}
