import type { Currency, SessionListItem } from '@recaudo/shared';
import { Box } from '@mui/material';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';

type Row = Pick<SessionListItem, 'kind' | 'state' | 'amountMinor' | 'approvedMinor'> & { currency: Currency };

/** The amount; of a payment that is paid in part, also how much of it is. A subscription asks for none. */
export function PaidOf({ row }: { row: Row }) {
  const { t, amount } = useReader();
  if (row.kind === 'subscription' && row.amountMinor === 0)
    return (
      <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
        {t('queues.no_amount')}
      </Box>
    );
  const whole = <Amount minor={row.amountMinor} currency={row.currency} />;
  if (row.state !== 'partial' && row.state !== 'partial_expired') return whole;
  // The currency stands behind the whole; once is enough.
  const paid = amount(row.approvedMinor, row.currency).slice(0, -row.currency.length - 1);
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      <strong>{paid}</strong>{' '}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {t('queues.of')}
      </Box>{' '}
      {whole}
    </Box>
  );
}
