import {
  type Chargeback,
  type ChargebackReversal,
  chargebackReversalSchema,
  chargebackSchema,
  localDay,
  type TransactionDetail,
} from '@recaudo/shared';
import { useState } from 'react';
import { now } from '../app/clock.js';
import { checkFields } from '../app/check.js';
import { TextInput, type FieldErrors } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { minorToTyped } from '../fields/typed-amount.js';
import { payerName } from '../sessions/naming.js';
import { MoneyDialog } from './MoneyDialog.js';
import { ReasonInput } from './ReasonInput.js';
import { typedMinor } from './typed-money.js';

interface Typed {
  amountMinor: string;
  day: string;
  caseNumber: string;
  reason: string;
}

interface Props {
  transaction: TransactionDetail;
  /** A chargeback of this payment, or that this chargeback was won. */
  act: 'chargeback' | 'chargebackReversal';
  onClose: () => void;
}

/** What the acquirer says happened, recorded by hand. */
export function ChargebackDialog({ transaction, act, onClose }: Props) {
  const { t, language, zone, amount } = useReader();
  const data = useData();
  const { currency } = transaction;
  const most = transaction.refundable?.refundableMinor ?? transaction.amountMinor;
  const [first] = useState<Typed>(() => ({
    amountMinor: minorToTyped(most, currency, language),
    day: localDay(now(), zone),
    caseNumber: '',
    reason: '',
  }));
  const bodyOf = ({ amountMinor, day, caseNumber, reason }: Typed) => ({
    amountMinor: typedMinor(amountMinor, currency, language),
    day,
    caseNumber: caseNumber.trim() || undefined,
    reason,
    ...(act === 'chargeback' && { currency }),
  });
  const validate = (values: Typed): FieldErrors =>
    checkFields(act === 'chargeback' ? chargebackSchema : chargebackReversalSchema, bodyOf(values));
  return (
    <MoneyDialog<Typed>
      title={t(`money.${act}.title`)}
      explained={t(`money.${act}.explained`)}
      facts={[
        [t('acts.payer'), payerName(transaction)],
        [t('sessions.fields.reference'), transaction.reference],
        [
          t('sessions.fields.amount'),
          <Amount key="amount" minor={transaction.amountMinor} currency={currency} />,
        ],
      ]}
      first={first}
      validate={validate}
      label={({ amountMinor }) => {
        const minor = typedMinor(amountMinor, currency, language);
        return minor === undefined
          ? t(`money.${act}.title`)
          : t(`money.${act}.act`, { amount: amount(minor, currency) });
      }}
      acting={t(`money.${act}.acting`)}
      said={t(`money.${act}.said`)}
      send={(values, key) =>
        act === 'chargeback'
          ? data.chargeback(transaction.id, bodyOf(values) as Chargeback, key)
          : data.chargebackReversal(transaction.id, bodyOf(values) as ChargebackReversal, key)
      }
      onClose={onClose}
    >
      <MoneyInput source="amountMinor" label={t('money.amount')} currency={currency} />
      <TextInput source="day" label={t(`money.${act}.day`)} type="date" required />
      <TextInput source="caseNumber" label={t('money.chargeback.case')} maxLength={60} />
      <ReasonInput required autoFocus />
    </MoneyDialog>
  );
}
