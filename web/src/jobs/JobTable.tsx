import type { JobView } from '@recaudo/shared';
import {
  Box,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import type { ReactNode } from 'react';
import { now } from '../app/clock.js';
import { Instant } from '../fields/Instant.js';
import { MeaningChip } from '../fields/StateChip.js';
import { useReader } from '../fields/reader.js';
import { jobHealth } from './job-health.js';

export type JobRow = JobView & { id: string };

interface Props {
  jobs: JobRow[];
  action?: (job: JobRow) => ReactNode;
}

export function JobTable(props: Props) {
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  return narrow ? <JobCards {...props} /> : <WideJobTable {...props} />;
}

function JobCards({ jobs, action }: Props) {
  const { t } = useReader();
  return (
    <Stack component="ul" aria-label={t('rooms.jobs')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {jobs.map((job) => (
        <Box component="li" key={job.name} sx={{ py: 1, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', gap: 1 }}>
            <strong>{t(`jobs.names.${job.name}`, { _: job.name })}</strong>
            <JobHealthChip job={job} />
          </Stack>
          <Stack
            direction="row"
            sx={{ justifyContent: 'space-between', alignItems: 'center', gap: 1, minHeight: 34 }}
          >
            <Box component="span" sx={{ fontSize: 13, color: 'text.secondary' }}>
              {t('jobs.due')}: {job.due} · <Instant value={job.lastRun?.startedAt ?? null} />
            </Box>
            {action?.(job)}
          </Stack>
        </Box>
      ))}
    </Stack>
  );
}

function JobHealthChip({ job }: { job: JobRow }) {
  const { t } = useReader();
  const health = jobHealth(job, now());
  return <MeaningChip meaning={health.meaning}>{t(`jobs.healths.${health.name}`)}</MeaningChip>;
}

function WideJobTable({ jobs, action }: Props) {
  const { t } = useReader();
  return (
    <Box sx={{ overflowX: 'auto', mx: -2 }}>
      <Table size="small" aria-label={t('rooms.jobs')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('jobs.name')}</TableCell>
            <TableCell>{t('jobs.health')}</TableCell>
            <TableCell align="right">{t('jobs.due')}</TableCell>
            <TableCell>{t('jobs.last_run')}</TableCell>
            <TableCell>{t('jobs.result')}</TableCell>
            {action ? <TableCell aria-label={t('jobs.run')} /> : null}
          </TableRow>
        </TableHead>
        <TableBody>
          {jobs.map((job) => (
            <TableRow key={job.name}>
              <TableCell title={job.name}>{t(`jobs.names.${job.name}`, { _: job.name })}</TableCell>
              <TableCell>
                <JobHealthChip job={job} />
              </TableCell>
              <TableCell align="right">{job.due}</TableCell>
              <TableCell>
                <Instant value={job.lastRun?.startedAt ?? null} />
              </TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                {job.lastRun ? t('jobs.counts', { ...job.lastRun }) : '–'}
              </TableCell>
              {action ? <TableCell align="right">{action(job)}</TableCell> : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
