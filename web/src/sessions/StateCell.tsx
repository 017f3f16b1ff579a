import type { SessionListItem, SessionView } from '@recaudo/shared';
import { Box } from '@mui/material';
import { useReader } from '../fields/reader.js';
import { MeaningChip, OrderStateChip, SessionStateChip, TransactionStateChip } from '../fields/StateChip.js';

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

/** Of a whole payment: silence about what was asked of the gateway outweighs everything else. */
export function PaymentState({ session }: { session: Row & Pick<SessionView, 'confirmation'> }) {
  if (session.confirmation?.operation?.state === 'unknown') return <TransactionStateChip state="unknown" />;
  return <StateCell row={session} />;
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
