import { sendReceiptSchema, type TransactionDetail } from '@recaudo/shared';
import { checkFields } from '../app/check.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { payerName } from '../sessions/naming.js';
import { NoteDialog } from '../sessions/acts/NoteDialog.js';

/** Puts the receipt of an approved payment in the outgoing mail, once more if need be. */
export function SendReceiptDialog({
  transaction,
  onClose,
}: {
  transaction: TransactionDetail;
  onClose: () => void;
}) {
  const { t } = useReader();
  const data = useData();
  return (
    <NoteDialog
      title={t('receipt.send_title')}
      explained={t('receipt.send_explained')}
      facts={[
        [t('acts.payer'), payerName(transaction)],
        [
          t('acts.amount'),
          <Amount key="amount" minor={transaction.amountMinor} currency={transaction.currency} />,
        ],
      ]}
      field="email"
      first={transaction.payer.email ?? ''}
      oneLine
      noteLabel={t('receipt.email')}
      label={t('receipt.send')}
      check={(values) => checkFields(sendReceiptSchema, values)}
      send={(email) => data.sendReceipt(transaction.id, email)}
      done="receipt.sent"
      onClose={onClose}
    />
  );
}
