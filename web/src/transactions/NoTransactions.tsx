import { Button } from '@mui/material';
import { EmptyPanel } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import { ALL_TRANSACTIONS, isNarrowedTransactions } from './filters.js';
import { useTransactionView } from './use-transaction-view.js';

/** Nothing found is not the same as nothing there. */
export function NoTransactions() {
  const { t } = useReader();
  const { view, change } = useTransactionView();
  if (!isNarrowedTransactions(view)) return <EmptyPanel>{t('transactions.none')}</EmptyPanel>;
  return (
    <EmptyPanel
      action={
        <Button variant="outlined" onClick={() => change(ALL_TRANSACTIONS)}>
          {t('ra.navigation.clear_filters')}
        </Button>
      }
    >
      {t('transactions.none_found')}
    </EmptyPanel>
  );
}
