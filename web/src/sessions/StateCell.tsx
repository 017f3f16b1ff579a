import type { SessionListItem } from '@recaudo/shared';
import { Box } from '@mui/material';
import { useReader } from '../fields/reader.js';
import { MeaningChip, OrderStateChip, SessionStateChip } from '../fields/StateChip.js';

type Row = Pick<SessionListItem, 'state' | 'orderState' | 'queue'>;

/** The state of a payment, and what its order makes of it where that says more. */
export function StateCell({ row }: { row: Row }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.5, flexWrap: 'wrap' }}>
      {row.queue === 'confirm' ? <ToConfirm /> : <SessionStateChip state={row.state} />}
      {orderSaysMore(row) ? <OrderStateChip state={row.orderState} /> : null}
    </Box>
  );
}

/** Waiting is not the payer's any more, but ours. */
function ToConfirm() {
  const { t } = useReader();
  return <MeaningChip meaning="attention">{t('states.transaction.to_confirm')}</MeaningChip>;
}

/** Overpaid always; and what ended halfway may be settled all the same. */
function orderSaysMore({ state, orderState }: Row): boolean {
  if (orderState === 'overpaid') return true;
  return state === 'partial_expired' && (orderState === 'agreed' || orderState === 'paid');
}
