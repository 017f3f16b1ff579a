import { now } from '../app/clock.js';
import { Amount } from '../fields/Amount.js';
import { Copyable } from '../fields/Copyable.js';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { methodWords } from '../money/typed-money.js';
import { Unread } from '../record/RecordPage.js';
import { RecordPeek } from '../record/RecordPeek.js';
import { Reason } from '../sessions/Facts.js';
import { payerName, transactionPath } from '../sessions/naming.js';
import { transactionSentence } from './sentence.js';
import { TransactionAmount } from './TransactionAmount.js';
import { TransactionTime } from './TransactionTime.js';
import { useFollowedTransaction } from './use-followed-transaction.js';

/** A transaction beside its list. */
export default function TransactionPeek({ id }: { id: string }) {
  const reader = useReader();
  const { data, error, refetch } = useFollowedTransaction(id);
  if (!data) return <Unread error={error} refetch={refetch} />;
  const { t } = reader;
  const f = (name: string) => t(`sessions.fields.${name}`);
  const { refundable, kind, reason } = data;
  return (
    <RecordPeek
      path={transactionPath(id)}
      name={payerName(data)}
      amount={<TransactionAmount row={data} />}
      chips={<TransactionStateChip state={data.state} />}
      sentence={transactionSentence(data, { ...reader, now: now() })}
      facts={[
        [f('reference'), <Copyable key="reference" text={data.reference} name={f('reference')} />],
        [f('kind'), t(`transactions.kind.${kind}`)],
        [f('at'), <TransactionTime key="at" row={data} />],
        [f('method'), methodWords(data)],
        [f('authorization'), data.authorization],
        [f('reason'), reason && !kind.startsWith('chargeback') ? <Reason code={reason} /> : null],
        [t('transactions.asked_by'), data.askedBy],
        [
          t('acts.peek_left'),
          refundable ? <Amount minor={refundable.refundableMinor} currency={refundable.currency} /> : null,
        ],
        [f('payerEmail'), data.payer.email],
      ]}
    />
  );
}
