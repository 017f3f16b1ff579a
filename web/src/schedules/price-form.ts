import type { CreateSchedule, Currency, Language, ScheduleView } from '@recaudo/shared';
import { readMoney } from '../fields/money-reading.js';
import { minorToTyped } from '../fields/typed-amount.js';
import { MONEY_PROBLEM, readShare, type TaxRow } from '../sessions/opening/terms-form.js';

/** What is charged, as it is typed. */
export interface PriceForm {
  amountMinor: string;
  taxes: TaxRow[];
}

type Price = Pick<CreateSchedule, 'taxes'> & { amountMinor: number | undefined };

/** What is sent; an amount that cannot be read is missing, so that the schema names its field. */
export function priceBody({ amountMinor, taxes }: PriceForm, currency: Currency, language: Language): Price {
  const { reading } = readMoney(amountMinor, currency, language);
  const share = (text: string) => {
    const read = readShare(text, currency, language);
    return (read.ok ? read.amountMinor : undefined) as number;
  };
  return {
    amountMinor: reading.ok ? reading.amountMinor : undefined,
    taxes: taxes.map((row) => ({
      kind: row.kind as Price['taxes'][number]['kind'],
      amountMinor: share(row.amountMinor),
      baseMinor: row.baseMinor.trim() === '' ? undefined : share(row.baseMinor),
    })),
  };
}

/** Amounts that cannot be read, by field; a tax's base may stay empty. */
export function priceErrors(
  { amountMinor, taxes }: PriceForm,
  currency: Currency,
  language: Language,
): Record<string, string> {
  const errors: Record<string, string> = {};
  const { reading } = readMoney(amountMinor, currency, language);
  if (!reading.ok) errors.amountMinor = MONEY_PROBLEM(reading.problem);
  taxes.forEach((row, index) => {
    for (const field of ['amountMinor', 'baseMinor'] as const) {
      if (field === 'baseMinor' && row.baseMinor.trim() === '') continue;
      const read = readShare(row[field], currency, language);
      if (!read.ok) errors[`taxes.${index}.${field}`] = MONEY_PROBLEM(read.problem);
    }
  });
  return errors;
}

export function priceToForm(
  { amountMinor, taxes, currency }: Pick<ScheduleView, 'amountMinor' | 'taxes' | 'currency'>,
  language: Language,
): PriceForm {
  const typed = (minor: number | undefined) =>
    minor === undefined ? '' : minorToTyped(minor, currency, language);
  return {
    amountMinor: typed(amountMinor),
    taxes: taxes.map((tax) => ({
      kind: tax.kind,
      amountMinor: typed(tax.amountMinor),
      baseMinor: typed(tax.baseMinor),
    })),
  };
}
