import { TRANSACTION_STATES, type TransactionFilter, type TransactionState } from '@recaudo/shared';
import { Tab, Tabs } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { Count } from '../sessions/StateTabs.js';
import { useTransactionView } from './use-transaction-view.js';

/** Done first, then what is open, then what failed. */
const ORDER: readonly (TransactionState | null)[] = [
  null,
  'approved',
  'pending',
  'unknown',
  'waiting',
  'to_confirm',
  'partial',
  'started',
  'rejected',
];

/** The counts come by their own request: the rows do not wait for them. */
export function TransactionTabs({ filter }: { filter: TransactionFilter }) {
  const { t } = useReader();
  const data = useData();
  const { view, change } = useTransactionView();
  const others: TransactionFilter = { ...filter, state: undefined };
  const { data: counts } = useQuery({
    queryKey: ['transactions', 'counts', others],
    queryFn: () => data.countTransactions(others),
    placeholderData: keepPreviousData,
  });
  return (
    <Tabs
      value={view.state ?? 'all'}
      onChange={(_, value: string) =>
        change({ state: TRANSACTION_STATES.find((state) => state === value) ?? null })
      }
      variant="scrollable"
      scrollButtons="auto"
      aria-label={t('transactions.by_state')}
      sx={{ borderBottom: 1, borderColor: 'divider', flexShrink: 0 }}
    >
      {ORDER.map((state) => (
        <Tab
          key={state ?? 'all'}
          value={state ?? 'all'}
          label={
            <span>
              {state ? t(`transactions.state.${state}`) : t('transactions.all')}{' '}
              <Count value={state ? counts?.byState[state] : counts?.all} />
            </span>
          }
        />
      ))}
    </Tabs>
  );
}
