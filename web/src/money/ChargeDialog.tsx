import {
  createCollectSchema,
  type CollectPreview,
  type CollectResult,
  type CreateCollect,
  type Currency,
  type InstrumentItem,
} from '@recaudo/shared';
import { MenuItem } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { checkFields } from '../app/check.js';
import { TextInput, type FieldErrors } from '../app/form.js';
import { useSignedIn } from '../app/login-state.js';
import { useData } from '../app/use-data.js';
import { instrumentWords } from '../fields/instrument-words.js';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { priceBody, priceErrors, type PriceForm } from '../schedules/price-form.js';
import { payerName } from '../sessions/naming.js';
import { TaxRows } from '../sessions/opening/TaxRows.js';
import { ChargeResult } from './ChargeResult.js';
import { ChargeWarnings } from './ChargeWarnings.js';
import { ActingDialog } from './MoneyDialog.js';
import { ReasonInput } from './ReasonInput.js';
import { typedMinor } from './typed-money.js';
import { useDebounced } from './use-debounced.js';

const TYPING_MS = 250;

interface Typed extends PriceForm {
  reference: string;
  description: string;
  kind: 'take' | 'hold';
  reason: string;
}

const NOTHING: Typed = {
  amountMinor: '',
  taxes: [],
  reference: '',
  description: '',
  kind: 'take',
  reason: '',
};

/** Charges a stored means of payment, or holds on it, without its payer. */
export function ChargeDialog({ instrument, onClose }: { instrument: InstrumentItem; onClose: () => void }) {
  const { t, language, amount } = useReader();
  const data = useData();
  const { sites } = useSignedIn();
  const site = sites.find(({ id }) => id === instrument.siteId);
  // A stored means of payment is charged in its site's own currency.
  const currency = (site?.currency ?? 'COP') as Currency;
  const [typed, setTyped] = useState(NOTHING);
  const minorOf = (values: Typed) => typedMinor(values.amountMinor, currency, language);
  const preview = usePreview(instrument.id, typed.reference.trim(), minorOf(typed), currency);
  const bodyOf = (values: Typed) =>
    ({
      ...{ instrumentId: instrument.id, currency, ...priceBody(values, currency, language) },
      ...{ reference: values.reference.trim(), description: values.description.trim() },
      hold: values.kind === 'hold',
      reason: values.reason.trim() || undefined,
    }) as CreateCollect;
  const validate = (values: Typed): FieldErrors => {
    const errors = {
      ...checkFields(createCollectSchema, bodyOf(values)),
      ...priceErrors(values, currency, language),
    };
    if (preview?.needsApproval && !values.reason.trim()) errors.reason = 'problems.field.required';
    return errors;
  };
  const act = preview?.needsApproval ? 'ask' : 'act';
  return (
    <ActingDialog<Typed, CollectResult>
      title={t('instruments.charge.title')}
      explained={t('instruments.charge.explained', {
        method: instrumentWords(instrument, t),
        payer: payerName(instrument),
      })}
      facts={[[t('sessions.fields.site'), site?.name ?? '–']]}
      irrevocable={t(`instruments.charge.irrevocable${typed.kind === 'hold' ? '_hold' : ''}`)}
      first={NOTHING}
      validate={validate}
      onValues={setTyped}
      label={(values) => {
        const minor = minorOf(values);
        return minor === undefined
          ? t('instruments.charge.title')
          : t(`instruments.charge.${act}_${values.kind}`, { amount: amount(minor, currency) });
      }}
      acting={t('instruments.charge.acting')}
      blocked={Boolean(preview?.shield ?? preview?.why)}
      send={(values, key) => data.collect(bodyOf(values), key)}
      panel={(result) => (
        <ChargeResult
          result={result}
          hold={typed.kind === 'hold'}
          minor={minorOf(typed) ?? 0}
          currency={currency}
        />
      )}
      onClose={onClose}
    >
      <MoneyInput source="amountMinor" label={t('money.amount')} currency={currency} />
      <TextInput
        source="reference"
        label={t('instruments.charge.reference')}
        help={t('instruments.charge.reference_help')}
        required
        maxLength={32}
      />
      <TextInput source="description" label={t('instruments.charge.description')} required maxLength={250} />
      <TextInput source="kind" label={t('instruments.charge.kind')} select>
        <MenuItem value="take">{t('instruments.charge.take')}</MenuItem>
        <MenuItem value="hold">{t('instruments.charge.hold')}</MenuItem>
      </TextInput>
      <TaxRows source="taxes" title={t('opening.taxes')} currency={currency} />
      {preview ? (
        <ChargeWarnings
          preview={preview}
          siteId={instrument.siteId}
          advice={t('instruments.charge.shield_advice')}
        />
      ) : null}
      <ReasonInput required={Boolean(preview?.needsApproval)} />
    </ActingDialog>
  );
}

/** What a charge of what stands there would do; the last known answer while the next is asked for. */
function usePreview(
  instrumentId: string,
  reference: string,
  minor: number | undefined,
  currency: Currency,
): CollectPreview | undefined {
  const data = useData();
  const typed = useDebounced(`${minor ?? ''} ${reference}`, TYPING_MS);
  const amountMinor = minor ?? 0;
  const complete = reference !== '' && minor !== undefined && typed === `${minor} ${reference}`;
  const asked = { instrumentId, reference, amountMinor, currency };
  const { data: preview } = useQuery({
    queryKey: ['collects', 'preview', instrumentId, typed],
    queryFn: () => data.previewCollect(asked),
    enabled: complete,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  return reference === '' || minor === undefined ? undefined : preview;
}
