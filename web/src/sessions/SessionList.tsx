import type { SessionListItem } from '@recaudo/shared';
import { Box, useMediaQuery, type Theme } from '@mui/material';
import { useEffect } from 'react';
import { ListBase, useStore } from 'react-admin';
import { Gate } from '../app/PageStates.js';
import { now } from '../app/clock.js';
import { saidOnThePage } from '../app/data-provider.js';
import { useSignedIn } from '../app/login-state.js';
import { useListView } from '../app/use-data.js';
import { toFilter, writeListUrl } from './filters.js';
import { FreshBar } from './FreshBar.js';
import { ListFooter } from './ListFooter.js';
import { ListHeading } from './ListHeading.js';
import { SessionCards } from './SessionCards.js';
import { SessionTable } from './SessionTable.js';
import { StateTabs } from './StateTabs.js';

const PER_PAGE = 25;

export default function SessionList() {
  return (
    <Gate permission="sessions:read">
      <Payments />
    </Gate>
  );
}

/** The list follows the URL alone: filters, order and cursor. react-admin's own page number stays 1. */
function Payments() {
  const { view, change } = useListView();
  const { sites, person } = useSignedIn();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const { filter, unknownSite } = toFilter(view, { sites, zone: person.zone, now: now() });
  useRememberScope();
  return (
    <ListBase
      resource="sessions"
      filter={filter}
      perPage={PER_PAGE}
      sort={{ field: 'createdAt', order: view.sort === 'oldest' ? 'ASC' : 'DESC' }}
      queryOptions={{ onError: saidOnThePage, meta: { cursor: view.cursor ?? undefined, sort: view.sort } }}
      disableSyncWithLocation
      exporter={false}
    >
      <Box
        sx={{
          display: 'flex',
          flexDirection: 'column',
          height: { md: '100%' },
          px: { xs: 2, md: 3 },
          pt: { xs: 2, md: 2.5 },
          pb: { xs: 2, md: 0 },
        }}
      >
        <ListHeading filter={filter} unknownSite={unknownSite} />
        <StateTabs filter={filter} />
        <FreshBar<SessionListItem>
          resource="sessions"
          filter={filter}
          perPage={PER_PAGE}
          view={view}
          mark={markOf}
        />
        {narrow ? <SessionCards /> : <SessionTable key={writeListUrl(view)} />}
        <ListFooter atFirst={view.cursor === null} go={(cursor) => change({ cursor })} />
      </Box>
    </ListBase>
  );
}

function markOf(row: SessionListItem): string {
  return `${row.id}:${row.state}:${row.approvedMinor}:${row.orderState}`;
}

/** The scope is remembered for the way back; a search or a page is not. */
function useRememberScope() {
  const { view } = useListView();
  const [, setLastScope] = useStore<string>('sessions.lastScope', '');
  const scope = writeListUrl({ ...view, q: '', cursor: null });
  useEffect(() => {
    setLastScope(scope);
  }, [scope, setLastScope]);
}
