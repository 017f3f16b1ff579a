import { attestSchema, type TransactionView } from '@recaudo/shared';
import { checkFields } from '../../app/check.js';
import { useData } from '../../app/use-data.js';
import { Amount } from '../../fields/Amount.js';
import { Copyable } from '../../fields/Copyable.js';
import { Instant } from '../../fields/Instant.js';
import { useReader } from '../../fields/reader.js';
import { NoteDialog } from './NoteDialog.js';

/** A person vouches for a charge that only a notice told of. */
export function AttestDialog({ charge, onClose }: { charge: TransactionView; onClose: () => void }) {
  const { t, amount } = useReader();
  const data = useData();
  const reference = t('sessions.fields.internalReference');
  return (
    <NoteDialog
      title={t('acts.attest.title')}
      explained={t('acts.attest.explained')}
      facts={[
        [t('acts.amount'), <Amount key="amount" minor={charge.amountMinor} currency={charge.currency} />],
        [t('sessions.fields.at'), <Instant key="at" value={charge.at} />],
        [reference, <Copyable key="reference" text={charge.internalReference} name={reference} />],
      ]}
      field="note"
      noteLabel={t('acts.attest.note')}
      label={t('acts.attest.act', { amount: amount(charge.amountMinor, charge.currency) })}
      check={(values) => checkFields(attestSchema, values)}
      send={(note) => data.attest(charge.id, note)}
      done="acts.attest.done"
      onClose={onClose}
    />
  );
}
