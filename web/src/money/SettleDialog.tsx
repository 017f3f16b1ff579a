import { settleSchema, type Settle, type TransactionDetail } from '@recaudo/shared';
import { MenuItem } from '@mui/material';
import { useState } from 'react';
import { checkFields } from '../app/check.js';
import { TextInput, type FieldErrors } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { minorToTyped } from '../fields/typed-amount.js';
import { payerName } from '../sessions/naming.js';
import { EvidenceInputs, NumberInput } from './EvidenceInputs.js';
import { MoneyDialog } from './MoneyDialog.js';
import { typedMinor } from './typed-money.js';

interface Typed {
  state: string;
  amountMinor: string;
  internalReference: string;
  evidence: string;
  reason: string;
}

/** States what became of an operation that nobody could find out; a second person must agree. */
export function SettleDialog({
  transaction,
  onClose,
}: {
  transaction: TransactionDetail;
  onClose: () => void;
}) {
  const { t, language, amount } = useReader();
  const data = useData();
  const { currency, amountKnown } = transaction;
  const [first] = useState<Typed>(() => ({
    state: amountKnown ? '' : 'approved',
    amountMinor: amountKnown ? minorToTyped(transaction.amountMinor, currency, language) : '',
    internalReference: '',
    evidence: '',
    reason: '',
  }));
  const [typed, setTyped] = useState(first);
  const done = typed.state === 'approved';
  const isCapture = transaction.kind === 'checkout';
  const bodyOf = ({ state, amountMinor, internalReference, evidence, reason }: Typed) =>
    ({
      state,
      ...(state === 'approved' && { amountMinor: typedMinor(amountMinor, currency, language) }),
      ...(state === 'approved' && isCapture && { internalReference: internalReference.trim() || undefined }),
      evidence,
      reason,
    }) as Settle;
  const validate = (values: Typed): FieldErrors => {
    const errors = checkFields(settleSchema, bodyOf(values));
    const minor = typedMinor(values.amountMinor, currency, language);
    if (values.state === 'approved' && minor === undefined) errors.amountMinor = 'problems.field.required';
    return errors;
  };
  return (
    <MoneyDialog<Typed>
      title={t('money.settle.title')}
      explained={t(
        transaction.route === 'letter' ? 'money.settle.explained_letter' : 'money.settle.explained',
      )}
      facts={[
        [t('sessions.fields.kind'), t(`transactions.kind.${transaction.kind}`)],
        [
          t('sessions.fields.amount'),
          amountKnown ? (
            <Amount key="amount" minor={transaction.amountMinor} currency={currency} />
          ) : (
            t('transactions.unstated', { amount: amount(transaction.amountMinor, currency) })
          ),
        ],
        [t('acts.payer'), payerName(transaction)],
        [t('money.settle.asked_at'), <Instant key="at" value={transaction.createdAt} />],
      ]}
      first={first}
      validate={validate}
      onValues={setTyped}
      label={({ state }) => t(state ? `money.settle.act_${state}` : 'money.settle.title')}
      acting={t('money.settle.acting')}
      send={(values, key) => data.settle(transaction.id, bodyOf(values), key)}
      onClose={onClose}
    >
      <TextInput source="state" label={t('money.settle.state')} select required>
        <MenuItem value="approved">{t('money.settle.approved')}</MenuItem>
        <MenuItem value="rejected">{t('money.settle.rejected')}</MenuItem>
      </TextInput>
      {done ? (
        <MoneyInput
          source="amountMinor"
          label={t('money.settle.how_much')}
          currency={currency}
          mostMinor={amountKnown ? undefined : transaction.amountMinor}
        />
      ) : null}
      {done && isCapture ? <NumberInput /> : null}
      <EvidenceInputs help={t('money.settle.evidence_help')} />
    </MoneyDialog>
  );
}
