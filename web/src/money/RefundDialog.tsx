import { reverseSchema, type Reverse, type ReversePreview, type TransactionItem } from '@recaudo/shared';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkFields } from '../app/check.js';
import type { FieldErrors } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { minorToTyped } from '../fields/typed-amount.js';
import { payerName } from '../sessions/naming.js';
import { CheckInput } from './CheckInput.js';
import { MoneyDialog, MoneyDialogFrame } from './MoneyDialog.js';
import { ReasonInput } from './ReasonInput.js';
import { RefundWarnings } from './RefundWarnings.js';
import { methodWords, typedMinor } from './typed-money.js';
import { useDebounced } from './use-debounced.js';

const TYPING_MS = 250;

export type Refundee = Pick<
  TransactionItem,
  'id' | 'siteId' | 'currency' | 'amountMinor' | 'methodName' | 'lastFour' | 'reference' | 'at'
> & { payer: Pick<TransactionItem['payer'], 'name' | 'surname' | 'email'> };

interface Typed {
  amountMinor: string;
  reason: string;
  again: boolean;
}

/** Gives captured money back, all or part; the product chooses the way and says why. */
export function RefundDialog({ payment, onClose }: { payment: Refundee; onClose: () => void }) {
  const { t } = useReader();
  const data = useData();
  const { data: whole, error } = useQuery({
    queryKey: ['transactions', 'reverse', payment.id, null],
    queryFn: () => data.previewReverse(payment.id, null),
    // The dialog starts from what is left now, and keeps what was typed from then on.
    gcTime: 0,
  });
  const title = t('money.reverse.title');
  if (!whole) return <MoneyDialogFrame title={title} error={error} onClose={onClose} />;
  return <RefundForm payment={payment} whole={whole} onClose={onClose} />;
}

function RefundForm({
  payment,
  whole,
  onClose,
}: {
  payment: Refundee;
  whole: ReversePreview;
  onClose: () => void;
}) {
  const { t, language, amount } = useReader();
  const data = useData();
  const { currency } = whole.refundable;
  const [first] = useState<Typed>(() => ({
    amountMinor: minorToTyped(whole.refundable.refundableMinor, currency, language),
    reason: '',
    again: false,
  }));
  const [typed, setTyped] = useState(first);
  const minorNow = typedMinor(typed.amountMinor, currency, language);
  const preview = useRefundPreview(payment.id, whole, minorNow);
  const left = preview.refundable.refundableMinor;
  // What would happen to another amount than the one that stands there would only confuse.
  const foreseen = left === 0 || (minorNow !== undefined && minorNow <= left);
  const bodyOf = ({ amountMinor, reason, again }: Typed) =>
    ({ amountMinor: typedMinor(amountMinor, currency, language), currency, reason, again }) as Reverse;
  const validate = (values: Typed): FieldErrors => {
    const errors = checkFields(reverseSchema, bodyOf(values));
    const minor = typedMinor(values.amountMinor, currency, language);
    if (minor !== undefined && minor > left) errors.amountMinor = 'problems.field.not_refundable';
    if (preview.again && !values.again) errors.again = 'money.reverse.again_needed';
    return errors;
  };
  return (
    <MoneyDialog<Typed>
      title={t('money.reverse.title')}
      explained={t('money.reverse.to', { method: methodWords(payment), payer: payerName(payment) })}
      facts={[
        [t('sessions.fields.reference'), payment.reference],
        [t('transactions.captured'), <Amount key="all" minor={payment.amountMinor} currency={currency} />],
        [t('money.reverse.left'), <Amount key="left" minor={left} currency={currency} />],
        [t('money.reverse.paid_at'), <Instant key="at" value={payment.at} />],
      ]}
      irrevocable={t('money.reverse.irrevocable')}
      first={first}
      validate={validate}
      onValues={setTyped}
      label={({ amountMinor }) => {
        const minor = typedMinor(amountMinor, currency, language);
        if (minor === undefined) return t('money.reverse.title');
        const name = preview.needsApproval ? 'money.reverse.ask' : 'money.reverse.act';
        return t(name, { amount: amount(minor, currency) });
      }}
      acting={t('money.reverse.acting')}
      blocked={preview.route === 'impossible' || preview.live !== null}
      send={(values, key) => data.reverse(payment.id, bodyOf(values), key)}
      onClose={onClose}
    >
      {left > 0 ? (
        <MoneyInput source="amountMinor" label={t('money.amount')} currency={currency} mostMinor={left} />
      ) : null}
      {foreseen ? <RefundWarnings preview={preview} siteId={payment.siteId} /> : null}
      {left > 0 ? <Meant again={preview.again !== null} /> : null}
    </MoneyDialog>
  );
}

/** That it is meant, and why. */
function Meant({ again }: { again: boolean }) {
  const { t } = useReader();
  return (
    <>
      {again ? <CheckInput source="again" label={t('money.reverse.again_confirm')} /> : null}
      <ReasonInput
        required
        autoFocus
        usual={['duplicate', 'not_delivered', 'agreed'].map((name) => t(`money.reverse.reasons.${name}`))}
      />
    </>
  );
}

/** What a refund of the typed amount would do; the last known one while the next is asked for. */
function useRefundPreview(
  id: string,
  whole: ReversePreview,
  amountMinor: number | undefined,
): ReversePreview {
  const data = useData();
  const asked = useDebounced(amountMinor, TYPING_MS);
  const { data: preview } = useQuery({
    queryKey: ['transactions', 'reverse', id, asked],
    queryFn: () => data.previewReverse(id, asked ?? null),
    enabled: asked !== undefined && asked !== whole.amountMinor && asked <= whole.refundable.refundableMinor,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return asked === whole.amountMinor ? whole : (preview ?? whole);
}
