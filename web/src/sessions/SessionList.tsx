import type { SessionListItem } from '@recaudo/shared';
import { Gate } from '../app/PageStates.js';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { useListView } from '../app/use-data.js';
import { ListFrame } from '../list/ListFrame.js';
import { toFilter } from './asked.js';
import { writeListUrl } from './filters.js';
import { SessionCards } from './SessionCards.js';
import { SessionHeading } from './SessionHeading.js';
import { SessionTable } from './SessionTable.js';
import { SessionTabs } from './SessionTabs.js';

export default function SessionList() {
  return (
    <Gate permission="sessions:read">
      <Payments />
    </Gate>
  );
}

function Payments() {
  const { view, change } = useListView();
  const { sites, person } = useSignedIn();
  const { filter, unknownSite } = toFilter(view, { sites, zone: person.zone, now: now() });
  return (
    <ListFrame
      resource="sessions"
      filter={filter}
      view={view}
      write={writeListUrl}
      go={(cursor) => change({ cursor })}
      mark={markOf}
      sum={{ of: ({ currency, amountMinor }: SessionListItem) => ({ currency, amountMinor }) }}
      head={
        <>
          <SessionHeading filter={filter} unknownSite={unknownSite} />
          <SessionTabs filter={filter} />
        </>
      }
      table={<SessionTable />}
      cards={<SessionCards />}
    />
  );
}

function markOf(row: SessionListItem): string {
  return `${row.id}:${row.state}:${row.approvedMinor}:${row.orderState}`;
}
