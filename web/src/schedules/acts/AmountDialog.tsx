import { localDay, scheduleActSchema, type ScheduleAct, type ScheduleView } from '@recaudo/shared';
import { useState } from 'react';
import { checkFields } from '../../app/check.js';
import { now } from '../../app/clock.js';
import { TextInput } from '../../app/form.js';
import { MoneyInput } from '../../fields/MoneyInput.js';
import { useReader } from '../../fields/reader.js';
import { TaxRows } from '../../sessions/opening/TaxRows.js';
import { priceBody, priceErrors, priceToForm, type PriceForm } from '../price-form.js';
import { PreviewedDialog } from './PreviewedDialog.js';

interface Typed extends PriceForm {
  fromOn: string;
  reason: string;
}

/** Another amount from a day on; the taxes are part of it. */
export function AmountDialog({ schedule, onClose }: { schedule: ScheduleView; onClose: () => void }) {
  const { t, language, amount, day } = useReader();
  const { currency, zone, next } = schedule;
  const today = localDay(now(), zone);
  const [first] = useState<Typed>(() => ({
    ...priceToForm(schedule, language),
    fromOn: next?.day ?? today,
    reason: '',
  }));
  const typedAct = (values: Typed) => ({
    act: 'amount',
    ...priceBody(values, currency, language),
    fromOn: values.fromOn,
    reason: values.reason.trim() || undefined,
  });
  // Nothing to foresee, and nothing wrong, until something is typed.
  const told = ({ amountMinor, taxes, fromOn }: Typed) => JSON.stringify([amountMinor, taxes, fromOn]);
  const untouched = (values: Typed) => told(values) === told(first);
  const bodyOf = (values: Typed): ScheduleAct | null => {
    if (untouched(values)) return null;
    const { data } = scheduleActSchema.safeParse(typedAct(values));
    return data ?? null;
  };
  return (
    <PreviewedDialog<Typed>
      schedule={schedule}
      act="amount"
      first={first}
      bodyOf={bodyOf}
      validate={(values) => ({
        ...checkFields(scheduleActSchema, typedAct(values)),
        ...priceErrors(values, currency, language),
      })}
      label={(values) => {
        const body = bodyOf(values);
        return body?.act === 'amount'
          ? t('schedules.act.amount.label', {
              amount: amount(body.amountMinor, currency),
              day: day(body.fromOn),
            })
          : t('schedules.act.amount.label_bare');
      }}
      onClose={onClose}
    >
      <MoneyInput source="amountMinor" label={t('money.amount')} currency={currency} />
      <TextInput
        source="fromOn"
        label={t('schedules.act.amount.from')}
        help={t('schedules.act.amount.from_help')}
        type="date"
        min={today}
        required
      />
      <TaxRows source="taxes" title={t('opening.taxes')} currency={currency} />
    </PreviewedDialog>
  );
}
