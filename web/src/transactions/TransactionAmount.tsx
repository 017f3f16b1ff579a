import type { TransactionItem } from '@recaudo/shared';
import { Box } from '@mui/material';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { signedMinor } from './moved.js';

/** Money that went the other way has its sign; of a refund that nobody has stated only the most is known. */
export function TransactionAmount({
  row,
}: {
  row: Pick<TransactionItem, 'kind' | 'amountMinor' | 'currency' | 'amountKnown'>;
}) {
  const { t } = useReader();
  const minor = signedMinor(row);
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
