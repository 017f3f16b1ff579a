import { TRANSACTION_KINDS, type TransactionFilter, type TransactionItem } from '@recaudo/shared';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Button } from '@mui/material';
import { useListContext } from 'react-admin';
import { toSearch } from '../app/api.js';
import { useCan } from '../app/login-state.js';
import { useReader } from '../fields/reader.js';
import { FilterSentence } from '../list/FilterSentence.js';
import { ListHeading } from '../list/ListHeading.js';
import { ALL_TRANSACTIONS, isNarrowedTransactions } from './filters.js';
import { COLUMNS_KEY } from './TransactionTable.js';
import { useTransactionView } from './use-transaction-view.js';

interface Props {
  filter: TransactionFilter;
  unknownSite: boolean;
  /** Null for who may not refund. */
  onRefundSeveral: ((ids: string[]) => void) | null;
}

export function TransactionHeading({ filter, unknownSite, onRefundSeveral }: Props) {
  const { t } = useReader();
  const { view, change } = useTransactionView();
  const mayExport = useCan('sessions:export');
  const { selectedIds } = useListContext<TransactionItem>();
  return (
    <ListHeading
      title={t('rooms.transactions')}
      columnsKey={COLUMNS_KEY}
      unknownSite={unknownSite}
      minHeight={36}
      actions={
        <>
          {mayExport ? (
            <Button
              component="a"
              href={`/api/transactions/export${toSearch({ ...filter, sort: view.sort })}`}
              download
              startIcon={<DownloadOutlined />}
            >
              {t('sessions.download')}
            </Button>
          ) : null}
          {onRefundSeveral && selectedIds.length > 0 ? (
            <Button
              variant="contained"
              aria-haspopup="dialog"
              onClick={() => onRefundSeveral(selectedIds.map(String))}
            >
              {t('transactions.refund_selected')} ({selectedIds.length})
            </Button>
          ) : null}
        </>
      }
    >
      <FilterSentence
        view={view}
        change={change}
        kinds={TRANSACTION_KINDS}
        kindWords={(kind) => t(kind ? `transactions.kind.${kind}` : 'transactions.any_kind')}
        opening={t('transactions.sentence_of')}
        onClear={isNarrowedTransactions(view) ? () => change(ALL_TRANSACTIONS) : null}
      />
    </ListHeading>
  );
}
