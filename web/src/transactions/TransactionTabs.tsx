import type { TransactionFilter, TransactionState } from '@recaudo/shared';
import { useReader } from '../fields/reader.js';
import { StateTabs } from '../list/StateTabs.js';
import { useTransactionView } from './use-transaction-view.js';

/** Done first, then what is open, then what failed. */
const ORDER: readonly TransactionState[] = [
  'approved',
  'pending',
  'unknown',
  'waiting',
  'to_confirm',
  'partial',
  'started',
  'rejected',
];

export function TransactionTabs({ filter }: { filter: TransactionFilter }) {
  const { t } = useReader();
  const { view, change } = useTransactionView();
  return (
    <StateTabs
      resource="transactions"
      name={t('transactions.by_state')}
      filter={filter}
      states={ORDER}
      chosen={view.state}
      onChoose={(state) => change({ state })}
      words={(state) => t(state ? `transactions.state.${state}` : 'transactions.all')}
      count={(data, others) => data.countTransactions(others)}
    />
  );
}
