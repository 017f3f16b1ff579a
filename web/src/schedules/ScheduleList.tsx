import type { ScheduleListItem, ScheduleListQuery } from '@recaudo/shared';
import AddOutlined from '@mui/icons-material/AddOutlined';
import { Box, Button, Chip } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useCan, useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { CountedTabs } from '../list/CountedTabs.js';
import { ListFrame } from '../list/ListFrame.js';
import { ListHeading } from '../list/ListHeading.js';
import { ScheduleDialog, type ListedAct } from './acts/ScheduleDialog.js';
import {
  ALL_SCHEDULES,
  SCHEDULE_TABS,
  scheduleCount,
  toScheduleFilter,
  writeScheduleUrl,
} from './schedule-view.js';
import { COLUMNS_KEY, ScheduleCards, ScheduleTable } from './ScheduleRows.js';
import { useScheduleView } from './use-schedule-view.js';

const FOLLOW_MS = 30_000;

export default function ScheduleList() {
  return (
    <Gate permission="sessions:read">
      <Schedules />
    </Gate>
  );
}

/** Subscriptions that we charge, the next charge first. */
function Schedules() {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const { view, change } = useScheduleView();
  const mayManage = useCan('schedules:manage');
  const { filter, unknownSite } = toScheduleFilter(view, sites);
  const [acting, setActing] = useState<{ schedule: ScheduleListItem; act: ListedAct } | null>(null);
  const rows = {
    empty: <NoSchedules />,
    onAct: mayManage ? (schedule: ScheduleListItem, act: ListedAct) => setActing({ schedule, act }) : null,
  };
  return (
    <ListFrame<ScheduleListItem, typeof view>
      resource="schedules"
      filter={filter}
      view={view}
      write={writeScheduleUrl}
      go={(cursor) => change({ cursor })}
      mark={({ id, state, pastDueSince, next, amountMinor }) =>
        `${id}:${state}:${pastDueSince ?? ''}:${next?.at ?? ''}:${amountMinor}`
      }
      sum={{ label: t('schedules.next_sum'), of: ({ amountMinor, currency }) => ({ amountMinor, currency }) }}
      head={
        <>
          <Heading unknownSite={unknownSite} />
          <ScheduleTabs filter={filter} />
        </>
      }
      table={<ScheduleTable {...rows} />}
      cards={<ScheduleCards {...rows} />}
    >
      {acting ? <ScheduleDialog {...acting} onClose={() => setActing(null)} /> : null}
    </ListFrame>
  );
}

function Heading({ unknownSite }: { unknownSite: boolean }) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const { view, change } = useScheduleView();
  const mayManage = useCan('schedules:manage');
  const site = sites.find(({ code }) => code === view.site);
  const ended = view.tab === 'cancelled' || view.tab === 'finished';
  return (
    <ListHeading
      title={t('rooms.schedules')}
      columnsKey={COLUMNS_KEY}
      unknownSite={unknownSite}
      actions={
        mayManage ? (
          <>
            <Button component={Link} to={`/schedules/import${site ? `?site=${site.code}` : ''}`}>
              {t('schedules.import.open')}
            </Button>
            <Button component={Link} to="/schedules/create" variant="contained" startIcon={<AddOutlined />}>
              {t('schedules.new')}
            </Button>
          </>
        ) : null
      }
    >
      <Box
        component="section"
        aria-label={t('sessions.filters')}
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 1,
          minHeight: 34,
          mb: 0.5,
          color: 'text.secondary',
          '& strong': { color: 'text.primary', fontWeight: 600 },
        }}
      >
        <span>
          {t('schedules.sentence_of')} <strong>{site?.name ?? t('sessions.every_site')}</strong>,{' '}
          {t(ended ? 'schedules.latest_first' : 'schedules.soonest_first')}
        </span>
        {view.policy ? (
          <Chip size="small" label={t('schedules.one_policy')} onDelete={() => change({ policy: null })} />
        ) : null}
        {view.q ? (
          <Chip
            size="small"
            label={t('sessions.with_text', { q: view.q })}
            onDelete={() => change({ q: '' })}
          />
        ) : null}
      </Box>
    </ListHeading>
  );
}

function ScheduleTabs({ filter: { siteId, policyId, q } }: { filter: Partial<ScheduleListQuery> }) {
  const { t } = useReader();
  const data = useData();
  const { view, change } = useScheduleView();
  const { data: counts } = useQuery({
    queryKey: ['schedules', 'counts', siteId, policyId, q],
    queryFn: () => data.countSchedules({ siteId, policyId, q }),
    placeholderData: keepPreviousData,
    refetchInterval: FOLLOW_MS,
  });
  return (
    <CountedTabs
      name={t('schedules.tabs')}
      chosen={view.tab}
      onChoose={(tab) => change({ tab })}
      tabs={SCHEDULE_TABS.map((value) => ({
        value,
        text: t(`schedules.tab.${value}`),
        count: scheduleCount(counts, value),
      }))}
    />
  );
}

/** Nothing found is not the same as nothing there. */
function NoSchedules() {
  const { t } = useReader();
  const mayManage = useCan('schedules:manage');
  const { view, change } = useScheduleView();
  if (view.q !== '' || view.site !== null || view.policy !== null)
    return (
      <EmptyPanel
        action={
          <Button variant="outlined" onClick={() => change(ALL_SCHEDULES)}>
            {t('ra.navigation.clear_filters')}
          </Button>
        }
      >
        {t('schedules.none_found')}
      </EmptyPanel>
    );
  return (
    <EmptyPanel
      action={
        mayManage && view.tab === 'active' ? (
          <Button component={Link} to="/schedules/create" variant="outlined">
            {t('schedules.new')}
          </Button>
        ) : null
      }
    >
      {t(`schedules.none.${view.tab}`)}
    </EmptyPanel>
  );
}
