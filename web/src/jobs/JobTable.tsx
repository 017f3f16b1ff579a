import type { JobView } from '@recaudo/shared';
import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';
import { now } from '../app/clock.js';
import { Instant } from '../fields/Instant.js';
import { MeaningChip } from '../fields/StateChip.js';
import { useReader } from '../fields/reader.js';
import { jobHealth } from './job-health.js';

export type JobRow = JobView & { id: string };

export function JobTable({ jobs, action }: { jobs: JobRow[]; action?: (job: JobRow) => ReactNode }) {
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
          {jobs.map((job) => {
            const health = jobHealth(job, now());
            return (
              <TableRow key={job.name}>
                <TableCell title={job.name}>{t(`jobs.names.${job.name}`, { _: job.name })}</TableCell>
                <TableCell>
                  <MeaningChip meaning={health.meaning}>{t(`jobs.healths.${health.name}`)}</MeaningChip>
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
            );
          })}
        </TableBody>
      </Table>
    </Box>
  );
}
