import type { SessionView, TransactionDetail } from '@recaudo/shared';
import { Box, Button, Stack } from '@mui/material';
import { useState } from 'react';
import { useGetOne } from 'react-admin';
import { Link } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { WhyNot } from '../fields/WhyNot.js';
import { ChargebackDialog } from '../money/ChargebackDialog.js';
import { HoldDialogOf } from '../money/HoldDialog.js';
import { RefundDialog } from '../money/RefundDialog.js';
import { SettleDialog } from '../money/SettleDialog.js';
import { WithdrawDialog } from '../money/WithdrawDialog.js';
import { ConfirmationDialog } from '../sessions/acts/ConfirmationDialog.js';
import { actionsInOrder, filledAction, type TransactionActionName } from './action-order.js';
import { SendReceiptDialog } from './SendReceiptDialog.js';

/** What may be done now, likeliest first; what may not, with the reason, one click away. */
export function TransactionActions({ transaction }: { transaction: TransactionDetail }) {
  const { t } = useReader();
  const actions = actionsInOrder(transaction.availableActions);
  const refused = actions.filter(({ allowed }) => !allowed);
  const filled = filledAction(transaction);
  const [open, setOpen] = useState<TransactionActionName | null>(null);
  return (
    <Box component="section" aria-label={t('sessions.actions')} sx={{ mt: 2 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        {actions
          // Asking the gateway stands beside what it answered.
          .filter(({ action, allowed }) => allowed && action !== 'check')
          .map(({ action }) => (
            <ActionButton
              key={action}
              action={action}
              id={transaction.id}
              filled={action === filled}
              onOpen={() => setOpen(action)}
            />
          ))}
      </Stack>
      <WhyNot
        refused={refused.map(({ action, why }) => ({ name: t(`transactions.action.${action}`), why }))}
      />
      {open ? <ActionDialog action={open} transaction={transaction} onClose={() => setOpen(null)} /> : null}
    </Box>
  );
}

interface ButtonProps {
  action: TransactionActionName;
  id: string;
  filled: boolean;
  onOpen: () => void;
}

function ActionButton({ action, id, filled, onOpen }: ButtonProps) {
  const { t } = useReader();
  const variant = filled ? 'contained' : 'outlined';
  if (action === 'letter') {
    return (
      <Button component="a" variant={variant} href={`/api/transactions/${id}/letter`} download>
        {t('transactions.action.letter')}
      </Button>
    );
  }
  if (action === 'receipt') {
    return (
      <>
        <Button component={Link} variant={variant} to={`/transactions/${id}/receipt`}>
          {t('receipt.open')}
        </Button>
        <Button variant={variant} aria-haspopup="dialog" onClick={onOpen}>
          {t('receipt.send')}
        </Button>
      </>
    );
  }
  return (
    <Button variant={variant} aria-haspopup="dialog" onClick={onOpen}>
      {t(`transactions.action.${action}`)}
    </Button>
  );
}

interface DialogProps {
  transaction: TransactionDetail;
  onClose: () => void;
}

function ActionDialog({ action, ...props }: DialogProps & { action: TransactionActionName }) {
  const { transaction, onClose } = props;
  switch (action) {
    case 'reverse':
      return <RefundDialog payment={transaction} onClose={onClose} />;
    case 'checkout':
    case 'reauthorization':
    case 'release':
      return <HoldDialogOf id={transaction.id} act={action} onClose={onClose} />;
    case 'confirm':
      return <OfSession {...props} kind="confirm" />;
    case 'cancel':
      return <OfSession {...props} kind="cancelConfirmation" />;
    case 'settle':
      return <SettleDialog {...props} />;
    case 'withdraw':
      return <WithdrawDialog {...props} />;
    case 'chargeback':
    case 'chargebackReversal':
      return <ChargebackDialog {...props} act={action} />;
    case 'receipt':
      return <SendReceiptDialog {...props} />;
    default:
      return null;
  }
}

/** A captured payment that waits for our word is decided on its session. */
function OfSession({ transaction, kind, onClose }: DialogProps & { kind: 'confirm' | 'cancelConfirmation' }) {
  const id = transaction.sessionId ?? '';
  const { data } = useGetOne<SessionView>('sessions', { id }, { enabled: id !== '' });
  return data ? <ConfirmationDialog session={data} kind={kind} onClose={onClose} /> : null;
}
