import type { SessionView } from '@recaudo/shared';
import { useNotify } from 'react-admin';
import { useData } from '../../app/use-data.js';
import { Amount } from '../../fields/Amount.js';
import { useReader } from '../../fields/reader.js';
import { payerName } from '../naming.js';
import { ActDialog } from './ActDialog.js';

/** Cancels a payment that nobody has paid; the payer may be quicker, and then that is said. */
export function CancelDialog({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const { t, amount } = useReader();
  const data = useData();
  const notify = useNotify();
  const label =
    session.kind === 'subscription'
      ? t('acts.cancel.act_bare')
      : t('acts.cancel.act', { amount: amount(session.amountMinor, session.currency) });
  return (
    <ActDialog
      session={session}
      title={t('acts.cancel.title')}
      explained={t('acts.cancel.explained')}
      facts={[
        [
          t('acts.amount'),
          session.amountMinor > 0 ? <Amount minor={session.amountMinor} currency={session.currency} /> : null,
        ],
        [t('acts.payer'), payerName(session)],
        [t('acts.order'), session.reference],
      ]}
      label={label}
      acting={t('acts.cancel.acting')}
      act={() => data.cancelSession(session.id)}
      onDone={(fresh) => {
        if (fresh.state === 'cancelled') notify('acts.cancel.done', { type: 'success' });
        onClose();
      }}
      onClose={onClose}
      danger
    />
  );
}
