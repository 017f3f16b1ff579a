import type { JobView } from '@recaudo/shared';
import { Box, Link as MuiLink } from '@mui/material';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import { Block } from '../fields/Block.js';
import { JobTable } from '../jobs/JobTable.js';
import { useReader } from '../fields/reader.js';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';

const FOLLOW_MS = 10_000;

/** Whether the background work runs: seen from home, managed in its own room. */
export function JobHealth() {
  const { t } = useReader();
  const { data, error, refetch } = useGetList<JobView & { id: string }>('jobs', undefined, {
    refetchInterval: FOLLOW_MS,
  });
  const all = (
    <MuiLink component={Link} to="/jobs">
      {t('home.all_jobs')}
    </MuiLink>
  );
  return (
    <Box sx={{ mt: 2 }}>
      <Block title={t('home.jobs')} aside={all}>
        {data ? (
          <JobTable jobs={data} />
        ) : error ? (
          <ProblemPanel error={error} retry={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={4} />
        )}
      </Block>
    </Box>
  );
}
