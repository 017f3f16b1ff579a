/** What a payer sends from the hosted page: read, checked, and merged with what the shop already said of them. */
import { brandOf } from '../network/cards.js';
import { documentFits, isCompanyType, needsDocument, readPersonField } from '../wire/person.js';
import type { Person } from '../wire/person.js';
import { Refusal } from '../wire/refusal.js';
import { offeredBrands } from '../wire/session-request.js';
import type { SessionRequest } from '../wire/session-request.js';

/** A form as it came: each field at most once. */
export type FormData = Record<string, string | undefined>;

export interface ReadForm {
  number: string;
  /** `MM/YY` */
  expiry: string;
  cvv: string;
  installments: number;
  payer: Person;
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
  request: SessionRequest,
  country: string,
): { read: ReadForm } | { errors: FormErrors } {
  const errors: FormErrors = {};
  const payer = readPayer(form, request, country, errors);
  const number = (form.number ?? '').replace(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(number)) errors.number = 'number';
  else if (!offeredBrands(request.paymentMethod).includes(brandOf(number))) errors.number = 'method';
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
  if (Object.keys(errors).length > 0 || !expiry) return { errors };
  return { read: { number, expiry, cvv, installments, payer } };
}

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
