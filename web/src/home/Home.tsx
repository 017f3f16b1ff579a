import type { HomeView } from '@recaudo/shared';
import AddOutlined from '@mui/icons-material/AddOutlined';
import { Box, Button, Skeleton, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useCan, useSignedIn } from '../app/login-state.js';
import { Page, ProblemPanel } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { DaysChart } from './DaysChart.js';
import { ExpiringHolds } from './ExpiringHolds.js';
import { JobHealth } from './JobHealth.js';
import { PastDue } from './PastDue.js';
import { Piles } from './Piles.js';
import { RevenueBrief } from './RevenueBrief.js';
import { SetupList } from './SetupList.js';
import { WaitingApprovals } from './WaitingApprovals.js';

const FOLLOW_MS = 30_000;

/** What one's own day starts with: money that waits, is late or is broken; or what the installation still needs. */
export default function Home() {
  const { t } = useReader();
  const { person } = useSignedIn();
  const data = useData();
  const mayCreate = useCan('sessions:create');
  const mayRunJobs = useCan('jobs:manage');
  const decides = useCan('approvals:decide');
  const readsRevenue = useCan('revenue:read');
  const actsOnHolds = useCan('preauthorizations:act');
  const managesSchedules = useCan('schedules:manage');
  const {
    data: home,
    error,
    refetch,
  } = useQuery({ queryKey: ['home'], queryFn: () => data.home(), refetchInterval: FOLLOW_MS });
  const newPayment = mayCreate ? (
    <Button component={Link} to="/sessions/create" variant="contained" startIcon={<AddOutlined />}>
      {t('sessions.new')}
    </Button>
  ) : null;
  return (
    <Page wide title={t('home.greeting', { name: person.name.split(' ')[0] })} actions={newPayment}>
      {decides ? <WaitingApprovals /> : null}
      {home ? (
        <Contents
          home={home}
          queues={
            <>
              {actsOnHolds ? <ExpiringHolds /> : null}
              {managesSchedules ? <PastDue /> : null}
              {readsRevenue ? <RevenueBrief /> : null}
            </>
          }
        />
      ) : error ? (
        <ProblemPanel error={error} retry={() => void refetch()} />
      ) : (
        <HomeSkeleton />
      )}
      {mayRunJobs ? <JobHealth /> : null}
    </Page>
  );
}

function Contents({ home, queues }: { home: HomeView; queues: ReactNode }) {
  const { t, zone } = useReader();
  return (
    <>
      {home.setup ? <SetupList setup={home.setup} /> : null}
      {home.payments ? (
        <>
          <Piles payments={home.payments} />
          {queues}
          <DaysChart days={home.payments.days} />
          <Typography variant="body2" sx={{ mt: 2, color: 'text.secondary' }}>
            {t('home.scope', { zone })}
          </Typography>
        </>
      ) : null}
    </>
  );
}

function HomeSkeleton() {
  return (
    <Box
      aria-hidden
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', lg: 'repeat(4, 1fr)' },
      }}
    >
      {[0, 1, 2, 3].map((pile) => (
        <Skeleton key={pile} variant="rounded" height={132} />
      ))}
      <Skeleton variant="rounded" height={220} sx={{ gridColumn: '1 / -1' }} />
    </Box>
  );
}
