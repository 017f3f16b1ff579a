import {
  parseAmount,
  type AmountReading,
  type Currency,
  type Language,
  type SessionKind,
  type Terms,
  type TermsInput,
} from '@recaudo/shared';
import { minorToTyped } from '../../fields/typed-amount.js';

export interface TaxRow {
  kind: string;
  amountMinor: string;
  baseMinor: string;
}
export interface DetailRow {
  kind: string;
  amountMinor: string;
}
export interface ItemRow {
  name: string;
  quantity: string;
  priceMinor: string;
  taxMinor: string;
}
export interface PartRow {
  amountMinor: string;
  agreement: string;
  agreementType: 'MERCHANT' | 'AIRLINE';
  taxes: TaxRow[];
}

/** What belongs to a kind, as it is typed. Rows keep the API's names, so that its errors find them. */
export interface TermsForm {
  kind: SessionKind;
  subscribe: boolean;
  recurring: {
    periodicity: 'D' | 'M' | 'Y';
    interval: string;
    /** Empty: no limit. */
    maxPeriods: string;
    nextPayment: string;
    dueDate: string;
  };
  dispersion: PartRow[];
  items: ItemRow[];
  taxes: TaxRow[];
  details: DetailRow[];
}

export const EMPTY_PART: PartRow = { amountMinor: '', agreement: '', agreementType: 'MERCHANT', taxes: [] };
export const EMPTY_TAX: TaxRow = { kind: 'valueAddedTax', amountMinor: '', baseMinor: '' };
export const EMPTY_DETAIL: DetailRow = { kind: 'shipping', amountMinor: '' };
export const EMPTY_ITEM: ItemRow = { name: '', quantity: '1', priceMinor: '', taxMinor: '' };

export const EMPTY_TERMS: TermsForm = {
  kind: 'basic',
  subscribe: false,
  recurring: { periodicity: 'M', interval: '1', maxPeriods: '', nextPayment: '', dueDate: '' },
  dispersion: [EMPTY_PART, EMPTY_PART],
  items: [],
  taxes: [],
  details: [],
};

/** A partial payment and a dispersion take none of their own; a subscription takes no items either. */
export function takesTaxes(kind: SessionKind): boolean {
  return kind !== 'partial' && kind !== 'dispersion' && kind !== 'subscription';
}

export function takesItems(kind: SessionKind): boolean {
  return kind !== 'subscription';
}

type ReadShare = (text: string) => AmountReading;

/** An amount that may be nothing, such as a tax of zero or the merchant's share beside an airline's. */
export function readShare(text: string, currency: Currency, language: Language): AmountReading {
  if (/^0+([.,]0+)?$/.test(text.trim())) return { ok: true, amountMinor: 0 };
  return parseAmount(text, currency, language);
}

/** The kind's own part of what is sent; what another kind would take is left out, whatever was typed there. */
export function termsBody(form: TermsForm, read: ReadShare): TermsInput {
  const share = (text: string) => {
    const reading = read(text);
    // Missing rather than wrong: the schema then names the field.
    return (reading.ok ? reading.amountMinor : undefined) as number;
  };
  const optional = (text: string) => (text.trim() === '' ? undefined : share(text));
  const taxes = (rows: TaxRow[]) =>
    rows.map((row) => ({
      kind: row.kind as Terms['taxes'][number]['kind'],
      amountMinor: share(row.amountMinor),
      baseMinor: optional(row.baseMinor),
    }));
  const { kind } = form;
  const items = takesItems(kind)
    ? form.items.map((row) => ({
        name: row.name,
        quantity: Number(row.quantity),
        priceMinor: share(row.priceMinor),
        taxMinor: optional(row.taxMinor),
      }))
    : [];
  const details = form.details.map((row) => ({
    kind: row.kind as Terms['details'][number]['kind'],
    amountMinor: share(row.amountMinor),
  }));
  return {
    allowPartial: kind === 'partial' || undefined,
    preauthorization: kind === 'preauthorization' || undefined,
    subscription: kind === 'subscription' || undefined,
    requiresConfirmation: kind === 'confirmation' || undefined,
    subscribe: (kind === 'basic' && form.subscribe) || undefined,
    recurring: kind === 'recurring' ? recurringBody(form.recurring) : undefined,
    dispersion:
      kind === 'dispersion'
        ? form.dispersion.map((row) => ({
            amountMinor: share(row.amountMinor),
            agreement: row.agreement.trim() || null,
            agreementType: row.agreementType,
            taxes: taxes(row.taxes),
            details: [],
          }))
        : undefined,
    items: filled(items),
    taxes: takesTaxes(kind) ? filled(taxes(form.taxes)) : undefined,
    details: takesTaxes(kind) ? filled(details) : undefined,
  };
}

function recurringBody(typed: TermsForm['recurring']) {
  return {
    periodicity: typed.periodicity,
    interval: Number(typed.interval),
    maxPeriods: typed.maxPeriods.trim() === '' ? -1 : Number(typed.maxPeriods),
    nextPayment: typed.nextPayment || undefined,
    dueDate: typed.dueDate || undefined,
  };
}

function filled<T>(rows: T[]): T[] | undefined {
  return rows.length > 0 ? rows : undefined;
}

export const MONEY_PROBLEM = (problem: string) => `fields.money.${problem}`;

/** Amounts in rows that cannot be read, by field; an empty one that may be empty is fine. */
export function unreadMoney(form: TermsForm, read: ReadShare): Record<string, string> {
  const errors: Record<string, string> = {};
  const look = (path: string, text: string, mayBeEmpty = false) => {
    if (mayBeEmpty && text.trim() === '') return;
    const reading = read(text);
    if (!reading.ok) errors[path] = MONEY_PROBLEM(reading.problem);
  };
  const lookAtTaxes = (path: string, rows: TaxRow[]) =>
    rows.forEach((row, index) => {
      look(`${path}.${index}.amountMinor`, row.amountMinor);
      look(`${path}.${index}.baseMinor`, row.baseMinor, true);
    });
  if (form.kind === 'dispersion')
    form.dispersion.forEach((row, index) => {
      look(`dispersion.${index}.amountMinor`, row.amountMinor);
      lookAtTaxes(`dispersion.${index}.taxes`, row.taxes);
    });
  if (takesItems(form.kind))
    form.items.forEach((row, index) => {
      look(`items.${index}.priceMinor`, row.priceMinor);
      look(`items.${index}.taxMinor`, row.taxMinor, true);
    });
  if (takesTaxes(form.kind)) {
    lookAtTaxes('taxes', form.taxes);
    form.details.forEach((row, index) => look(`details.${index}.amountMinor`, row.amountMinor));
  }
  return errors;
}

/** The terms of a payment that was opened before, as they would be typed. */
export function termsToForm(terms: Terms, currency: Currency, language: Language): TermsForm {
  const typed = (minor: number | undefined) =>
    minor === undefined ? '' : minorToTyped(minor, currency, language);
  const taxRows = (taxes: Terms['taxes']): TaxRow[] =>
    taxes.map((tax) => ({
      kind: tax.kind,
      amountMinor: typed(tax.amountMinor),
      baseMinor: typed(tax.baseMinor),
    }));
  const { recurring } = terms;
  return {
    kind: terms.kind,
    subscribe: terms.subscribe,
    recurring: recurring
      ? {
          periodicity: recurring.periodicity,
          interval: String(recurring.interval),
          maxPeriods: recurring.maxPeriods === -1 ? '' : String(recurring.maxPeriods),
          nextPayment: recurring.nextPayment ?? '',
          dueDate: recurring.dueDate ?? '',
        }
      : EMPTY_TERMS.recurring,
    dispersion:
      terms.dispersion.length > 0
        ? terms.dispersion.map((part) => ({
            amountMinor: typed(part.amountMinor),
            agreement: part.agreement ?? '',
            agreementType: part.agreementType,
            taxes: taxRows(part.taxes),
          }))
        : EMPTY_TERMS.dispersion,
    items: terms.items.map((item) => ({
      name: item.name,
      quantity: String(item.quantity),
      priceMinor: typed(item.priceMinor),
      taxMinor: typed(item.taxMinor),
    })),
    taxes: taxRows(terms.taxes),
    details: terms.details.map((row) => ({ kind: row.kind, amountMinor: typed(row.amountMinor) })),
  };
}
