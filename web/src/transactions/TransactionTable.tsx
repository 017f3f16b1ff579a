import type { TransactionItem } from '@recaudo/shared';
import { Box, Button, Link as MuiLink } from '@mui/material';
import { useEffect, useRef } from 'react';
import { DataTable, useListContext } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { useSignedIn } from '../app/login-state.js';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { MONO } from '../app/theme.js';
import { Clip } from '../fields/Clip.js';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { methodWords } from '../money/typed-money.js';
import { payerName, transactionPath } from '../sessions/naming.js';
import { reasonWords } from '../sessions/sentence.js';
import { useListKeys } from '../sessions/use-list-keys.js';
import { NoTransactions } from './NoTransactions.js';
import { isCaptured } from './refundable-row.js';
import { TransactionAmount } from './TransactionAmount.js';
import { TransactionTime } from './TransactionTime.js';

/** Where the store keeps which columns are hidden. */
export const COLUMNS_KEY = 'transactions.columns';
const HIDDEN_AT_FIRST = ['reason', 'askedBy', 'authorization', 'internalReference', 'payerEmail', 'id'];

const Column = DataTable.Col<TransactionItem>;

export interface RowsProps {
  mayRefund: boolean;
  onRefund: (row: TransactionItem) => void;
}

/** 40 px rows under a head that stays; j and k move, Enter opens, x selects, r refunds. */
export function TransactionTable({ mayRefund, onRefund }: RowsProps) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const { data, error, isPending, refetch, onToggleItem } = useListContext<TransactionItem>();
  const navigate = useNavigate();
  const wrapper = useRef<HTMLDivElement>(null);
  const refundable = (row: TransactionItem) => mayRefund && isCaptured(row);
  const active = useListKeys({
    count: data?.length ?? 0,
    onOpen: (index) => data?.[index] && void navigate(transactionPath(data[index].id)),
    onToggle: (index) => data?.[index] && refundable(data[index]) && onToggleItem(data[index].id),
    acts: { r: (index) => data?.[index] && refundable(data[index]) && onRefund(data[index]) },
  });
  useEffect(() => {
    wrapper.current?.querySelectorAll('tbody tr')[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={12} />;
  const siteName = (id: string) => sites.find((site) => site.id === id)?.name ?? '–';
  return (
    <Box
      ref={wrapper}
      sx={{
        flex: 1,
        minHeight: 160,
        overflow: 'auto',
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <DataTable<TransactionItem>
        storeKey={COLUMNS_KEY}
        hiddenColumns={HIDDEN_AT_FIRST}
        rowClick="show"
        bulkActionButtons={mayRefund ? <span /> : false}
        bulkActionsToolbar={<span />}
        isRowSelectable={refundable}
        empty={<NoTransactions />}
        aria-label={t('rooms.transactions')}
        title={t('transactions.keys')}
        rowSx={(_, index) =>
          index === active ? { bgcolor: 'action.selected', boxShadow: 'inset 3px 0 0 currentColor' } : {}
        }
        sx={ROWS}
      >
        <Column
          source="at"
          disableSort
          label={t('sessions.fields.at')}
          render={(row) => <TransactionTime row={row} />}
        />
        <Column
          source="kind"
          disableSort
          label={t('sessions.fields.kind')}
          render={(row) => <Clip text={t(`transactions.kind.${row.kind}`)} width={140} />}
        />
        <Column
          source="state"
          disableSort
          label={t('sessions.fields.state')}
          render={(row) => <TransactionStateChip state={row.state} />}
        />
        <Column
          source="reference"
          disableSort
          label={t('sessions.fields.reference')}
          render={(row) => <ReferenceLink row={row} />}
        />
        <Column
          source="payerName"
          disableSort
          label={t('sessions.fields.payerName')}
          render={(row) => <Clip text={payerName(row)} width={150} />}
        />
        <Column
          source="method"
          disableSort
          label={t('sessions.fields.method')}
          render={(row) => <Clip text={methodWords(row)} width={150} />}
        />
        <Column
          source="site"
          disableSort
          label={t('sessions.fields.site')}
          render={(row) => <Clip text={siteName(row.siteId)} width={130} />}
        />
        <Column
          source="amount"
          disableSort
          align="right"
          label={t('sessions.fields.amount')}
          render={(row) => <TransactionAmount row={row} />}
        />
        <Column
          source="reason"
          disableSort
          label={t('sessions.fields.reason')}
          render={(row) => (row.reason ? <Clip text={reasonWords(row.reason, t)} width={200} /> : '–')}
        />
        <Column
          source="askedBy"
          disableSort
          label={t('transactions.asked_by')}
          render={(row) => row.askedBy ?? '–'}
        />
        <Column source="authorization" disableSort label={t('sessions.fields.authorization')} />
        <Column source="internalReference" disableSort label={t('sessions.fields.internalReference')} />
        <Column
          source="payerEmail"
          disableSort
          label={t('sessions.fields.payerEmail')}
          render={(row) => row.payer.email ?? '–'}
        />
        <Column
          source="id"
          disableSort
          label={t('sessions.fields.id')}
          render={(row) => <Box sx={{ fontFamily: MONO, fontSize: 12 }}>{row.id}</Box>}
        />
        {mayRefund ? (
          <Column
            source="act"
            disableSort
            label={t('sessions.actions')}
            render={(row) => (refundable(row) ? <RefundButton row={row} onRefund={onRefund} /> : null)}
          />
        ) : null}
      </DataTable>
    </Box>
  );
}

/** A row's act shows itself to whoever points at the row or comes by keyboard; to a finger always. */
const ROWS = {
  '& td:has(a.row-link)': { fontFamily: MONO, fontSize: 12.5 },
  '@media (hover: hover)': {
    '& .row-act': { opacity: 0 },
    '& tr:hover .row-act, & .row-act:focus-visible': { opacity: 1 },
  },
} as const;

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

/** The row's link for keyboards and screen readers; the whole row may be clicked as well. */
function ReferenceLink({ row }: { row: TransactionItem }) {
  return (
    <MuiLink
      component={Link}
      className="row-link"
      to={transactionPath(row.id)}
      onClick={(event) => event.stopPropagation()}
      color="inherit"
    >
      <Clip text={row.reference} width={170} />
    </MuiLink>
  );
}
