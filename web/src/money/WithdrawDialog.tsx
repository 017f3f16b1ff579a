import { withdrawSchema, type TransactionDetail } from '@recaudo/shared';
import { checkFields } from '../app/check.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { payerName } from '../sessions/naming.js';
import { MoneyDialog } from './MoneyDialog.js';
import { ReasonInput } from './ReasonInput.js';

/** A refund that waits is not sent after all. */
export function WithdrawDialog({
  transaction,
  onClose,
}: {
  transaction: TransactionDetail;
  onClose: () => void;
}) {
  const { t, amount, siteClock } = useReader();
  const data = useData();
  return (
    <MoneyDialog<{ reason: string }>
      title={t('money.withdraw.title')}
      explained={t('money.withdraw.explained')}
      facts={[
        [t('acts.payer'), payerName(transaction)],
        [
          t('sessions.fields.amount'),
          <Amount key="amount" minor={transaction.amountMinor} currency={transaction.currency} />,
        ],
        [
          t('transactions.planned'),
          transaction.plannedAt ? siteClock(transaction.plannedAt, transaction.siteId) : null,
        ],
      ]}
      first={{ reason: '' }}
      validate={(values) => checkFields(withdrawSchema, values)}
      label={() => t('money.withdraw.act', { amount: amount(transaction.amountMinor, transaction.currency) })}
      acting={t('money.withdraw.acting')}
      send={({ reason }, key) => data.withdraw(transaction.id, reason, key)}
      said={t('money.withdraw.said')}
      onClose={onClose}
    >
      <ReasonInput required autoFocus />
    </MoneyDialog>
  );
}
