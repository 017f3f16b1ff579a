import type { TransactionItem } from '@recaudo/shared';
import { Box, Button, Card, CardActionArea, Checkbox, Stack, Typography } from '@mui/material';
import { useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { MONO } from '../app/theme.js';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { methodWords } from '../money/typed-money.js';
import { payerName, transactionPath } from '../sessions/naming.js';
import { NoTransactions } from './NoTransactions.js';
import { isCaptured } from './refundable-row.js';
import { TransactionAmount } from './TransactionAmount.js';
import type { RowsProps } from './TransactionTable.js';
import { TransactionTime } from './TransactionTime.js';

/** On a telephone a row becomes a card that keeps amount, state and reference, and what can be done. */
export function TransactionCards({ mayRefund, onRefund }: RowsProps) {
  const { t } = useReader();
  const { data, error, isPending, refetch, selectedIds, onToggleItem } = useListContext<TransactionItem>();
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={8} />;
  if (data.length === 0) return <NoTransactions />;
  return (
    <Stack
      component="ul"
      aria-label={t('rooms.transactions')}
      sx={{ listStyle: 'none', m: 0, p: 0, gap: 1, mt: 1.5 }}
    >
      {data.map((row) => (
        <Card component="li" key={row.id} variant="outlined">
          <CardActionArea component={Link} to={transactionPath(row.id)} sx={{ p: 1.5 }}>
            <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, alignItems: 'center' }}>
              <Typography sx={{ fontWeight: 650, fontSize: 16 }}>
                <TransactionAmount row={row} />
              </Typography>
              <TransactionStateChip state={row.state} />
            </Stack>
            <Stack
              direction="row"
              sx={{ justifyContent: 'space-between', gap: 1, mt: 0.5, color: 'text.secondary', fontSize: 13 }}
            >
              <Box component="span" sx={{ fontFamily: MONO, overflow: 'hidden', textOverflow: 'ellipsis' }}>
                {row.reference}
              </Box>
              <TransactionTime row={row} />
            </Stack>
            <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
              {t(`transactions.kind.${row.kind}`)} · {payerName(row)} · {methodWords(row)}
            </Typography>
          </CardActionArea>
          {mayRefund && isCaptured(row) ? (
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
          ) : null}
        </Card>
      ))}
    </Stack>
  );
}
