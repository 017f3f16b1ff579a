import { agreeSchema, type SessionView } from '@recaudo/shared';
import { checkFields } from '../../app/check.js';
import { useData } from '../../app/use-data.js';
import { Amount } from '../../fields/Amount.js';
import { useReader } from '../../fields/reader.js';
import { missingOf } from '../missing.js';
import { payerName } from '../naming.js';
import { NoteDialog } from './NoteDialog.js';

/** Gives up what is left of an order, saying why. */
export function AgreeDialog({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const { t, amount } = useReader();
  const data = useData();
  const missing = missingOf(session);
  return (
    <NoteDialog
      title={t('acts.agree.title')}
      explained={t('acts.agree.explained')}
      facts={[
        [t('acts.payer'), payerName(session)],
        [t('acts.order'), session.reference],
        [
          t('acts.remainder.paid'),
          <Amount key="paid" minor={session.order.settledMinor} currency={session.currency} />,
        ],
        [t('acts.remainder.missing'), <Amount key="missing" minor={missing} currency={session.currency} />],
      ]}
      field="reason"
      noteLabel={t('acts.agree.reason')}
      label={t('acts.agree.act', { amount: amount(missing, session.currency) })}
      check={(values) => checkFields(agreeSchema, values)}
      send={(reason) => data.agree(session.id, reason)}
      done="acts.agree.done"
      onClose={onClose}
    />
  );
}
