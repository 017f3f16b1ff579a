import { localDay, type PreauthorizationView, type SettleHold, settleHoldSchema } from '@recaudo/shared';
import { MenuItem } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { checkFields } from '../app/check.js';
import { now } from '../app/clock.js';
import { TextInput, type FieldErrors } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { MoneyInput } from '../fields/MoneyInput.js';
import { useReader } from '../fields/reader.js';
import { minorToTyped } from '../fields/typed-amount.js';
import { EvidenceInputs, NumberInput } from './EvidenceInputs.js';
import { MoneyDialog } from './MoneyDialog.js';
import { typedMinor } from './typed-money.js';

interface Typed {
  ended: string;
  amountMinor: string;
  day: string;
  internalReference: string;
  evidence: string;
  reason: string;
}

interface Props {
  hold: PreauthorizationView;
  facts: [name: string, value: ReactNode][];
  onClose: () => void;
}

/** States how a hold ended that nobody could find out; a second person must agree. */
export function HoldSettleDialog({ hold, facts, onClose }: Props) {
  const { t, language, zone } = useReader();
  const data = useData();
  const { currency, heldMinor, rules } = hold;
  const [first] = useState<Typed>(() => ({
    ended: '',
    amountMinor: minorToTyped(heldMinor.least, currency, language),
    day: localDay(now(), zone),
    internalReference: '',
    evidence: '',
    reason: '',
  }));
  const [typed, setTyped] = useState(first);
  const most = rules.overCapture ? undefined : heldMinor.most;
  const bodyOf = ({ ended, amountMinor, day, internalReference, evidence, reason }: Typed) =>
    ({
      ended,
      ...(ended === 'captured' && {
        amountMinor: typedMinor(amountMinor, currency, language),
        day,
        internalReference: internalReference.trim() || undefined,
      }),
      evidence,
      reason,
    }) as SettleHold;
  const validate = (values: Typed): FieldErrors => {
    const errors = checkFields(settleHoldSchema, bodyOf(values));
    if (values.ended !== 'captured') return errors;
    const minor = typedMinor(values.amountMinor, currency, language);
    if (minor === undefined) errors.amountMinor = 'problems.field.required';
    else if (most !== undefined && minor > most) errors.amountMinor = 'problems.field.above_hold';
    return errors;
  };
  return (
    <MoneyDialog<Typed>
      title={t('money.settle.title')}
      explained={t('money.settle.hold_explained')}
      facts={facts}
      first={first}
      validate={validate}
      onValues={setTyped}
      label={({ ended }) => t(ended ? `money.settle.act_${ended}` : 'money.settle.title')}
      acting={t('money.settle.acting')}
      send={(values) => data.settleHold(hold.id, bodyOf(values))}
      onClose={onClose}
    >
      <TextInput source="ended" label={t('money.settle.state')} select required>
        <MenuItem value="captured">{t('money.settle.captured')}</MenuItem>
        <MenuItem value="released">{t('money.settle.released')}</MenuItem>
      </TextInput>
      {typed.ended === 'captured' ? (
        <>
          <MoneyInput
            source="amountMinor"
            label={t('money.settle.how_much')}
            currency={currency}
            mostMinor={most}
          />
          <TextInput source="day" label={t('money.settle.day')} type="date" required />
          <NumberInput />
        </>
      ) : null}
      <EvidenceInputs help={t('money.settle.hold_evidence_help')} />
    </MoneyDialog>
  );
}
