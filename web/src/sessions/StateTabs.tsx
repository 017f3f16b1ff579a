import { SESSION_STATES, type CappedCount, type SessionFilter, type SessionState } from '@recaudo/shared';
import { Box, Tab, Tabs } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useData, useListView } from '../app/use-data.js';
import { REGION } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';

/** In the order in which people ask: all, waiting, done, then the ways to end without all of the money. */
const ORDER: readonly (SessionState | null)[] = [
  null,
  'pending',
  'partial',
  'approved',
  'partial_expired',
  'rejected',
  'expired',
  'cancelled',
  'failed',
  'opening',
];

/** The counts come by their own request: the rows do not wait for them. */
export function StateTabs({ filter }: { filter: SessionFilter }) {
  const { t } = useReader();
  const data = useData();
  const { view, change } = useListView();
  const others: SessionFilter = { ...filter, state: undefined };
  const { data: counts } = useQuery({
    queryKey: ['sessions', 'counts', others],
    queryFn: () => data.countSessions(others),
    placeholderData: keepPreviousData,
  });
  const countOf = (state: SessionState | null) => (state ? counts?.byState[state] : counts?.all);
  return (
    <Tabs
      value={view.state ?? 'all'}
      onChange={(_, value: string) =>
        change({ state: SESSION_STATES.find((state) => state === value) ?? null })
      }
      variant="scrollable"
      scrollButtons="auto"
      aria-label={t('sessions.by_state')}
      sx={{ borderBottom: 1, borderColor: 'divider', flexShrink: 0 }}
    >
      {ORDER.map((state) => (
        <Tab
          key={state ?? 'all'}
          value={state ?? 'all'}
          label={
            <span>
              {state ? t(`states.session_plural.${state}`) : t('sessions.all_states')}{' '}
              <Count value={countOf(state)} />
            </span>
          }
        />
      ))}
    </Tabs>
  );
}

/** How many, quieter than the name before it. */
export function Count({ value }: { value: CappedCount | undefined }) {
  const { language } = useReader();
  if (!value) return null;
  return (
    <Box component="span" sx={{ color: 'text.secondary', fontWeight: 450, ml: 0.5 }}>
      {countText(value, language)}
    </Box>
  );
}

export function countText(value: CappedCount, language: 'es' | 'en'): string {
  return `${value.count.toLocaleString(REGION[language])}${value.capped ? '+' : ''}`;
}
