import type { SessionView } from '@recaudo/shared';
import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useState } from 'react';
import { useData } from '../../app/use-data.js';
import { Amount } from '../../fields/Amount.js';
import { Instant } from '../../fields/Instant.js';
import { useReader } from '../../fields/reader.js';
import { payerName } from '../naming.js';
import { ActDialog } from './ActDialog.js';
import { StandsNow } from './StandsNow.js';

/** Confirms a captured payment, or lets it go: the one moves the payer's money, the other gives it up. */
export function ConfirmationDialog({
  session,
  kind,
  onClose,
}: {
  session: SessionView;
  kind: 'confirm' | 'cancelConfirmation';
  onClose: () => void;
}) {
  const { t, amount } = useReader();
  const data = useData();
  const [done, setDone] = useState(false);
  const { confirmation } = session;
  // The result is what the payment says, not that a request came back.
  if (done || !confirmation)
    return <ResultDialog title={t(`acts.${kind}.title`)} session={session} onClose={onClose} />;
  return (
    <ActDialog
      session={session}
      title={t(`acts.${kind}.title`)}
      explained={t(`acts.${kind}.explained`)}
      facts={[
        [t('acts.amount'), <Amount key="amount" minor={session.amountMinor} currency={session.currency} />],
        [t('acts.payer'), payerName(session)],
        [t('acts.order'), session.reference],
        [t('blocks.deadline'), <Instant key="deadline" value={confirmation.deadline} byClock />],
      ]}
      label={t(`acts.${kind}.act`, { amount: amount(session.amountMinor, session.currency) })}
      acting={t(`acts.${kind}.acting`)}
      act={(key) =>
        kind === 'confirm'
          ? data.confirmPayment(confirmation.transactionId, key)
          : data.cancelConfirmation(confirmation.transactionId, key)
      }
      onDone={() => setDone(true)}
      onClose={onClose}
      danger={kind === 'cancelConfirmation'}
    />
  );
}

function ResultDialog({
  title,
  session,
  onClose,
}: {
  title: string;
  session: SessionView;
  onClose: () => void;
}) {
  const { t } = useReader();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="act-result">
      <DialogTitle id="act-result">{title}</DialogTitle>
      <DialogContent aria-live="polite">
        <StandsNow sessionId={session.id} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} variant="contained" autoFocus>
          {t('acts.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
