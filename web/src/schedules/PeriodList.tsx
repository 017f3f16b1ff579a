import { PERIOD_VIEWS, type PeriodListItem, type PeriodListQuery } from '@recaudo/shared';
import { Alert, Box, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ListBase, useListContext } from 'react-admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { CursorPager } from '../app/CursorPager.js';
import { useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { CountedTabs } from '../list/CountedTabs.js';
import { useListKeys } from '../list/use-list-keys.js';
import { schedulePath } from '../sessions/naming.js';
import { QueueLines, type ActingOn } from './QueueLines.js';
import { StoppedSites } from './StoppedSites.js';

const PER_PAGE = 25;
const FOLLOW_MS = 30_000;

type PeriodTab = PeriodListQuery['view'];

/** What nobody has paid, the oldest first, with what can be done about it on every row. */
export default function PeriodList() {
  const { t } = useReader();
  return (
    <Gate permission="sessions:read">
      <Page wide title={t('rooms.periods')}>
        <Typography sx={{ mb: 1, color: 'text.secondary' }}>{t('queue.explained')}</Typography>
        <Queue />
      </Page>
    </Gate>
  );
}

function Queue() {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const [params, setParams] = useSearchParams();
  const tab = PERIOD_VIEWS.find((known) => known === params.get('tab')) ?? 'past_due';
  const code = params.get('site');
  const siteId = sites.find((candidate) => candidate.code === code)?.id;
  const cursor = params.get('cursor') ?? undefined;
  const with_ = (name: 'tab' | 'cursor', value: string | null) => {
    const changed = new URLSearchParams(params);
    changed.delete('cursor');
    if (value) changed.set(name, value);
    else changed.delete(name);
    setParams(changed);
  };
  return (
    <>
      {code && !siteId ? (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {t('sessions.unknown_site')}
        </Alert>
      ) : null}
      <QueueTabs
        tab={tab}
        siteId={siteId}
        onChange={(next) => with_('tab', next === 'past_due' ? null : next)}
      />
      <ListBase
        resource="periods"
        filter={{ view: tab, siteId }}
        perPage={PER_PAGE}
        queryOptions={{ onError: saidOnThePage, meta: { cursor }, refetchInterval: FOLLOW_MS }}
        disableSyncWithLocation
        exporter={false}
      >
        <Periods key={tab} tab={tab} atFirst={cursor === undefined} go={(next) => with_('cursor', next)} />
      </ListBase>
    </>
  );
}

function QueueTabs(props: {
  tab: PeriodTab;
  siteId: string | undefined;
  onChange: (tab: PeriodTab) => void;
}) {
  const { tab, siteId, onChange } = props;
  const { t } = useReader();
  const data = useData();
  const { data: counts } = useQuery({
    queryKey: ['periods', 'counts', siteId],
    queryFn: () => data.countPeriods({ siteId }),
    placeholderData: keepPreviousData,
    refetchInterval: FOLLOW_MS,
  });
  return (
    <>
      <CountedTabs
        name={t('queue.tabs')}
        chosen={tab}
        onChoose={onChange}
        tabs={PERIOD_VIEWS.map((value) => ({
          value,
          text: t(`queue.tab.${value}`),
          count: counts?.byView[value],
        }))}
        below={1.5}
      />
      {counts ? <StoppedSites stopped={counts.stopped} /> : null}
    </>
  );
}

/** j and k move, Enter opens what it is a period of, c charges. */
function Periods(props: { tab: PeriodTab; atFirst: boolean; go: (cursor: string | null) => void }) {
  const { tab, atFirst, go } = props;
  const { t } = useReader();
  const navigate = useNavigate();
  const { data, error, isPending, refetch, ...list } = useListContext<PeriodListItem>();
  const [acting, setActing] = useState<ActingOn | null>(null);
  const [active] = useListKeys({
    count: data?.length ?? 0,
    onOpen: (index) => {
      const period = data?.[index];
      if (period) void navigate(schedulePath(period.scheduleId));
    },
    onToggle: () => {},
    acts: {
      c: (index) => {
        const period = data?.[index];
        const may = period?.availableActions.some(({ action, allowed }) => action === 'charge' && allowed);
        if (period && may) setActing({ period, act: 'charge' });
      },
    },
  });
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={6} />;
  return (
    <>
      {data.length === 0 ? (
        <EmptyPanel>{t(`queue.none.${tab}`)}</EmptyPanel>
      ) : (
        <QueueLines periods={data} active={active} acting={acting} onAct={setActing} />
      )}
      <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end' }}>
        <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
      </Box>
    </>
  );
}
