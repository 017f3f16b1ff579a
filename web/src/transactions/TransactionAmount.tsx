import type { TransactionItem } from '@recaudo/shared';
import { Box } from '@mui/material';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';

/** Money that went the other way has its sign; of a refund that nobody has stated only the most is known. */
const OUT = new Set(['reverse', 'chargeback']);

export function TransactionAmount({
  row,
}: {
  row: Pick<TransactionItem, 'kind' | 'amountMinor' | 'currency' | 'amountKnown'>;
}) {
  const { t } = useReader();
  const minor = OUT.has(row.kind) ? -row.amountMinor : row.amountMinor;
  if (row.amountKnown) return <Amount minor={minor} currency={row.currency} />;
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.86em', fontWeight: 450 }}>
        {t('transactions.most')}{' '}
      </Box>
      <Amount minor={minor} currency={row.currency} />
    </Box>
  );
}
