import type { TransactionItem } from '@recaudo/shared';
import { Button, Checkbox, Stack } from '@mui/material';
import { useListContext } from 'react-admin';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { RowCards } from '../list/RowCards.js';
import { methodWords } from '../money/typed-money.js';
import { payerName, transactionPath } from '../sessions/naming.js';
import { NoTransactions } from './NoTransactions.js';
import { isCaptured } from './refundable-row.js';
import { TransactionAmount } from './TransactionAmount.js';
import type { RowsProps } from './TransactionTable.js';
import { TransactionTime } from './TransactionTime.js';

export function TransactionCards({ mayRefund, onRefund }: RowsProps) {
  const { t } = useReader();
  return (
    <RowCards<TransactionItem>
      name={t('rooms.transactions')}
      path={transactionPath}
      empty={<NoTransactions />}
      face={(row) => ({
        amount: <TransactionAmount row={row} />,
        state: <TransactionStateChip state={row.state} />,
        reference: row.reference,
        at: <TransactionTime row={row} />,
        words: (
          <>
            {t(`transactions.kind.${row.kind}`)} · {payerName(row)} · {methodWords(row)}
          </>
        ),
        acts: mayRefund && isCaptured(row) ? <CardActs row={row} onRefund={onRefund} /> : null,
      })}
    />
  );
}

function CardActs({ row, onRefund }: { row: TransactionItem; onRefund: RowsProps['onRefund'] }) {
  const { t } = useReader();
  const { selectedIds, onToggleItem } = useListContext<TransactionItem>();
  return (
    <Stack direction="row" sx={{ px: 1, pb: 0.5, justifyContent: 'space-between' }}>
      <Checkbox
        checked={selectedIds.includes(row.id)}
        onChange={() => onToggleItem(row.id)}
        slotProps={{ input: { 'aria-label': t('holds.select', { reference: row.reference }) } }}
      />
      <Button
        size="small"
        aria-haspopup="dialog"
        aria-label={t('transactions.refund_row', { reference: row.reference })}
        onClick={() => onRefund(row)}
      >
        {t('transactions.action.reverse')}
      </Button>
    </Stack>
  );
}
