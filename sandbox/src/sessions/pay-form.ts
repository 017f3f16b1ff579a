/** What a payer sends from the hosted page: read, checked, and merged with what the shop already said of them. */
import { BANKS, namesOf, PSE_OUTCOMES } from '../network/instruments.js';
import type { Instrument, PseOutcome } from '../network/instruments.js';
import { methodsFor } from '../network/methods.js';
import { needsOtp } from '../network/network.js';
import { readDecimal, toMinor } from '../wire/money.js';
import { documentFits, isCompanyType, needsDocument, readPersonField } from '../wire/person.js';
import type { Person } from '../wire/person.js';
import { Refusal } from '../wire/refusal.js';
import type { Kind, SessionRequest } from '../wire/session-request.js';

/** A form as it came: each field at most once. */
export type FormData = Record<string, string | undefined>;

export interface ReadForm {
  instrument: Instrument;
  /** What this attempt is for, in minor units. */
  amountMinor: number;
  /** The payer agrees to save the instrument. */
  subscribe: boolean;
  payer: Person;
}

/** Of a session, what its form depends on. */
export interface FormContext {
  kind: Kind;
  request: SessionRequest;
  currency: string;
  remainingMinor: number;
}

/** Wrong fields and the key of the text that says why. */
export type FormErrors = Record<string, string>;

export const PERSON_FIELDS = ['name', 'surname', 'email', 'documentType', 'document', 'mobile'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

export const MAX_INSTALLMENTS = 36;

/** What the page starts with, and which of it the payer may not change (protocol 8.10). */
export function prefill(request: SessionRequest): { person: Person; locked: PersonField[] } {
  const buyer = request.noBuyerFill ? {} : (request.buyer ?? {});
  const payer = request.payer ?? {};
  const locked = PERSON_FIELDS.filter((field) => payer[field] !== undefined);
  return { person: { ...buyer, ...payer }, locked };
}

/** Reads a form. A field that is absent counts as left as the page offered it. */
export function readPayForm(
  form: FormData,
  context: FormContext,
  country: string,
): { read: ReadForm } | { errors: FormErrors } {
  const errors: FormErrors = {};
  const payer = readPayer(form, context.request, country, errors);
  const amountMinor = readPart(form, context, errors);
  const instrument = readInstrument(form, payer, errors);
  const offered = methodsFor(context.kind, { country }, context.request.paymentMethod);
  if (instrument && !offered.includes(namesOf(instrument).brand)) {
    errors[instrument.method === 'card' ? 'number' : 'method'] ??= 'method';
  }
  if (Object.keys(errors).length > 0 || !instrument) return { errors };
  const subscribe = context.request.payment?.subscribe === true && form.subscribe === 'yes';
  return { read: { instrument, amountMinor, subscribe, payer } };
}

/** A part of a partial payment; without one, all that is left. */
function readPart(form: FormData, context: FormContext, errors: FormErrors): number {
  const { kind, currency, remainingMinor } = context;
  if (kind !== 'partial' || form.amount === undefined || form.amount.trim() === '') return remainingMinor;
  const amount = readDecimal(form.amount);
  const minor = amount ? toMinor(amount, currency) : 0;
  if (minor < 1 || minor > remainingMinor) errors.amount = 'amount';
  return minor;
}

/** Null when the form is too wrong to know; what is wrong stands in `errors`. */
function readInstrument(form: FormData, payer: Person, errors: FormErrors): Instrument | null {
  if (form.method === 'pse') return readPse(form, errors);
  if (form.method === 'ath') {
    if (!payer.mobile) errors.mobile = 'required';
    return { method: 'ath_movil', phone: payer.mobile ?? '' };
  }
  if (form.method !== undefined && form.method !== '' && form.method !== 'card') {
    errors.method = 'method';
    return null;
  }
  const number = (form.number ?? '').replace(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(number)) errors.number = 'number';
  const holder = form.holder ?? `${payer.name ?? ''} ${payer.surname ?? ''}`;
  if (holder.trim() === '' || holder.length > 120) errors.holder = 'required';
  const expiry = readExpiry(form.expiry ?? '');
  if (!expiry) errors.expiry = 'expiry';
  const cvv = (form.cvv ?? '').trim();
  if (!/^\d{3,4}$/.test(cvv)) errors.cvv = 'cvv';
  const installments = Number(form.installments || 1);
  if (!Number.isInteger(installments) || installments < 1 || installments > MAX_INSTALLMENTS) {
    errors.installments = 'installments';
  }
  const otp = form.otp?.trim() || undefined;
  if (!errors.number && needsOtp(number) && otp === undefined) errors.otp = 'otp';
  if (!expiry || errors.number) return null;
  const postalCode = payer.address?.postalCode as string | undefined;
  return { method: 'card', number, expiry, cvv, installments, otp, postalCode };
}

/** The bank's page asks for the outcome: a form without it is not wrong, only not finished. */
function readPse(form: FormData, errors: FormErrors): Instrument | null {
  const bank = form.bank ?? '';
  if (!BANKS[bank]) errors.bank = 'bank';
  const outcome = PSE_OUTCOMES.find((known): known is PseOutcome => known === form.outcome);
  if (!outcome) errors.outcome = 'outcome';
  return outcome ? { method: 'pse', bank, outcome } : null;
}

/** Whether all that is missing is what one chooses on the bank's page. */
export const isAtTheBank = (form: FormData, errors: FormErrors): boolean =>
  Object.keys(errors).join() === 'outcome' && !form.outcome;

function readPayer(form: FormData, request: SessionRequest, country: string, errors: FormErrors): Person {
  const { person, locked } = prefill(request);
  const payer: Person = { ...person };
  for (const field of PERSON_FIELDS) {
    if (locked.includes(field)) continue;
    const text = form[field] === undefined ? person[field] : form[field].trim();
    try {
      payer[field] = readPersonField(field, text, field);
    } catch (refusal) {
      errors[field] = refusal instanceof Refusal ? refusal.rule : 'required';
    }
  }
  const required: PersonField[] = ['name', 'email'];
  if (!isCompanyType(payer.documentType)) required.push('surname');
  if (needsDocument(country)) required.push('documentType', 'document');
  for (const field of required) {
    if (payer[field] === undefined) errors[field] ??= 'required';
  }
  if (payer.document !== undefined && !documentFits(payer.documentType, payer.document)) {
    errors.document ??= 'document';
  }
  return payer;
}

/** `11/28`, `1128`, `11 / 2028` become `11/28`; null for anything else. */
function readExpiry(text: string): string | null {
  const match = /^(0[1-9]|1[0-2])\/?(?:20)?(\d{2})$/.exec(text.replace(/\s/g, ''));
  return match ? `${match[1]}/${match[2]}` : null;
}
