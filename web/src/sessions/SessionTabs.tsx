import type { SessionFilter, SessionState } from '@recaudo/shared';
import { useListView } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { StateTabs } from '../list/StateTabs.js';

/** In the order in which people ask: waiting, done, then the ways to end without all of the money. */
const ORDER: readonly SessionState[] = [
  'pending',
  'unknown',
  'partial',
  'approved',
  'partial_expired',
  'rejected',
  'expired',
  'cancelled',
  'failed',
  'opening',
];

export function SessionTabs({ filter }: { filter: SessionFilter }) {
  const { t } = useReader();
  const { view, change } = useListView();
  return (
    <StateTabs
      resource="sessions"
      name={t('sessions.by_state')}
      filter={filter}
      states={ORDER}
      chosen={view.state}
      onChoose={(state) => change({ state })}
      words={(state) => t(state ? `states.session_plural.${state}` : 'sessions.all_states')}
      count={(data, others) => data.countSessions(others)}
    />
  );
}
