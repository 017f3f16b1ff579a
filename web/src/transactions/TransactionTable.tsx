import type { TransactionItem } from '@recaudo/shared';
import { Button } from '@mui/material';
import { lazy } from 'react';
import { useSignedIn } from '../app/login-state.js';
import { Clip } from '../fields/Clip.js';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { RowId, RowLink, RowsTable, type Column } from '../list/RowsTable.js';
import { methodWords } from '../money/typed-money.js';
import { payerName, transactionPath } from '../sessions/naming.js';
import { reasonWords } from '../sessions/sentence.js';
import { NoTransactions } from './NoTransactions.js';
import { isCaptured } from './refundable-row.js';
import { TransactionAmount } from './TransactionAmount.js';
import { TransactionTime } from './TransactionTime.js';

/** Where the store keeps which columns are hidden. */
export const COLUMNS_KEY = 'transactions.columns';
const HIDDEN_AT_FIRST = ['reason', 'askedBy', 'authorization', 'internalReference', 'payerEmail', 'id'];

const TransactionPeek = lazy(() => import('./TransactionPeek.js'));

export interface RowsProps {
  mayRefund: boolean;
  onRefund: (row: TransactionItem) => void;
}

/** Only what can be refunded can be chosen; r refunds the active row. */
export function TransactionTable({ mayRefund, onRefund }: RowsProps) {
  const { t } = useReader();
  const columns = useColumns();
  const act: Column<TransactionItem> = {
    source: 'act',
    label: t('sessions.actions'),
    render: (row) => (isCaptured(row) ? <RefundButton row={row} onRefund={onRefund} /> : null),
  };
  return (
    <RowsTable
      name={t('rooms.transactions')}
      title={t('transactions.keys')}
      columns={mayRefund ? [...columns, act] : columns}
      columnsKey={COLUMNS_KEY}
      hiddenAtFirst={HIDDEN_AT_FIRST}
      path={transactionPath}
      empty={<NoTransactions />}
      selectable={mayRefund ? isCaptured : null}
      peek={(id) => <TransactionPeek id={id} />}
      acts={{ r: (row) => mayRefund && isCaptured(row) && onRefund(row) }}
    />
  );
}

function useColumns(): Column<TransactionItem>[] {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const siteName = (id: string) => sites.find((site) => site.id === id)?.name ?? '–';
  return [
    { source: 'at', render: (row) => <TransactionTime row={row} /> },
    { source: 'kind', render: (row) => <Clip text={t(`transactions.kind.${row.kind}`)} width={140} /> },
    { source: 'state', render: (row) => <TransactionStateChip state={row.state} /> },
    {
      source: 'reference',
      render: (row) => <RowLink to={transactionPath(row.id)} text={row.reference} width={170} />,
    },
    { source: 'payerName', render: (row) => <Clip text={payerName(row)} width={130} /> },
    { source: 'method', render: (row) => <Clip text={methodWords(row)} width={150} /> },
    { source: 'site', render: (row) => <Clip text={siteName(row.siteId)} width={115} /> },
    { source: 'amount', align: 'right', render: (row) => <TransactionAmount row={row} /> },
    {
      source: 'reason',
      render: (row) => (row.reason ? <Clip text={reasonWords(row.reason, t)} width={200} /> : '–'),
    },
    { source: 'askedBy', label: t('transactions.asked_by'), render: (row) => row.askedBy ?? '–' },
    { source: 'authorization' },
    { source: 'internalReference' },
    { source: 'payerEmail', render: (row) => row.payer.email ?? '–' },
    { source: 'id', render: (row) => <RowId id={row.id} /> },
  ];
}

function RefundButton({ row, onRefund }: { row: TransactionItem; onRefund: RowsProps['onRefund'] }) {
  const { t } = useReader();
  return (
    <Button
      className="row-act"
      size="small"
      aria-haspopup="dialog"
      aria-label={t('transactions.refund_row', { reference: row.reference })}
      onClick={(event) => {
        event.stopPropagation();
        onRefund(row);
      }}
      sx={{ minHeight: 28, py: 0 }}
    >
      {t('transactions.action.reverse')}
    </Button>
  );
}
