/** Persons (protocol 4.1 to 4.3): the payer is validated, of a buyer what does not fit is dropped silently. */
import { compact, cut, holdsCardNumber, isAbsent, readObject, readText } from './reading.js';
import type { Json } from './reading.js';
import { Refusal } from './refusal.js';

export interface Person {
  document?: string;
  documentType?: string;
  name?: string;
  surname?: string;
  company?: string;
  email?: string;
  mobile?: string;
  address?: Json;
}

/** Protocol 4.2. A type that is not listed is taken as it comes. */
const DOCUMENT_TYPES: { countries: string; type: string; pattern: RegExp; company?: true }[] = [
  { countries: 'CO', type: 'CC', pattern: /^[1-9][0-9]{3,9}$/ },
  { countries: 'CO', type: 'CE', pattern: /^([a-zA-Z]{1,5})?[1-9][0-9]{3,7}$/ },
  { countries: 'CO', type: 'TI', pattern: /^[1-9][0-9]{4,11}$/ },
  { countries: 'CO', type: 'NIT', pattern: /^[1-9]\d{6,9}$/, company: true },
  { countries: 'CO', type: 'RUT', pattern: /^[1-9]\d{6,9}$/, company: true },
  { countries: 'EC', type: 'CI', pattern: /^\d{10}$/ },
  { countries: 'EC', type: 'RUC', pattern: /^\d{13}$/, company: true },
  { countries: 'CR', type: 'CRCPF', pattern: /^[1-9][0-9]{8}$/ },
  { countries: 'CR', type: 'CPJ', pattern: /^[1-9][0-9]{9}$/, company: true },
  { countries: 'CR', type: 'DIMEX', pattern: /^[1-9][0-9]{10,11}$/ },
  { countries: 'CR', type: 'DIDI', pattern: /^[1-9][0-9]{10,11}$/ },
  { countries: 'CL', type: 'CLRUT', pattern: /^(\d{1,2}(?:\.?\d{1,3}){2}-[\dKk])$/ },
  { countries: 'PA', type: 'CIP', pattern: /^(N|E|PE\d+)?\d{2,6}\d{2,6}$/ },
  { countries: 'PA', type: 'PARUC', pattern: /^[a-zA-Z0-9-]{1,16}$/, company: true },
  { countries: 'BR', type: 'CPF', pattern: /^\d{10,11}$/ },
  { countries: 'PE', type: 'DNI', pattern: /^\d{8}$/ },
  { countries: 'PE', type: 'PERUC', pattern: /^(10|15|16|17|20)\d{9}$/, company: true },
  { countries: 'PR', type: 'EIN', pattern: /^[1-9]\d?-\d{7}$/, company: true },
  { countries: 'HN', type: 'HNDNI', pattern: /^[a-zA-Z0-9]{1,15}$/ },
  { countries: 'HN', type: 'HNDR', pattern: /^[a-zA-Z0-9]{1,15}$/ },
  { countries: 'HN', type: 'RTN', pattern: /^[0-9]{14,16}$/, company: true },
  { countries: 'BZ', type: 'BZSSN', pattern: /^[0-9]{9}$/ },
  { countries: 'BZ', type: 'BRN', pattern: /^[0-9]{5,7}$/, company: true },
  { countries: 'UY', type: 'UYCI', pattern: /^\d{6,7}-[0-9]$/ },
  { countries: 'UY', type: 'UYRUT', pattern: /^\d{12}$/, company: true },
  { countries: '', type: 'PPN', pattern: /^[a-zA-Z0-9_]{4,16}$/ },
  { countries: '', type: 'TAX', pattern: /^[a-zA-Z0-9_]{4,16}$/ },
  { countries: '', type: 'LIC', pattern: /^[a-zA-Z0-9_]{4,16}$/ },
];

/** The types to offer to a payer of this country, its own first. */
export function documentTypesFor(country: string): string[] {
  return [country, ''].flatMap((wanted) =>
    DOCUMENT_TYPES.filter((row) => row.countries === wanted).map((row) => row.type),
  );
}

/** Puerto Rico asks for no document (protocol 4.1). */
export const needsDocument = (country: string): boolean => country !== 'PR';

export function isCompanyType(type: string | undefined): boolean {
  return DOCUMENT_TYPES.some((row) => row.type === type && row.company);
}

export function documentFits(type: string | undefined, document: string): boolean {
  return DOCUMENT_TYPES.find((row) => row.type === type)?.pattern.test(document) ?? true;
}

const EMAIL = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]{2,}$/;

export const isEmail = (text: string): boolean => EMAIL.test(text);

/** Reads one field of a person. Throws Refusal with the reason that its field calls for. */
export function readPersonField(field: keyof typeof MAX, value: unknown, path: string): string | undefined {
  const named = field === 'name' || field === 'surname' || field === 'email';
  const refuse = (rule: string, limit = ''): Refusal =>
    new Refusal(path, rule, limit, named ? 'payer_data_not_valid' : 'request_not_valid');
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') throw refuse('string');
  const text = String(value);
  if (text.length > MAX[field]) throw refuse('tooLong', String(MAX[field]));
  if (field === 'email' && !isEmail(text)) throw refuse('email');
  if ((field === 'name' || field === 'surname') && holdsCardNumber(text)) throw refuse('cardNumber');
  return text;
}

const MAX = {
  document: 25,
  documentType: 6,
  name: 60,
  surname: 60,
  company: 60,
  email: 80,
  mobile: 30,
} as const;
const FIELDS = Object.keys(MAX) as (keyof typeof MAX)[];

/**
 * Reads a person. `strict` (the payer) refuses what is wrong; otherwise (buyer, shipping) the wrong property is dropped.
 * Undefined when nothing is left.
 */
export function readPerson(value: unknown, path: string, strict: boolean): Person | undefined {
  const raw = readObject(value, path);
  if (!raw) return undefined;
  const person: Person = {};
  for (const field of FIELDS) {
    try {
      person[field] = readPersonField(field, raw[field], `${path}.${field}`);
    } catch (refusal) {
      if (strict) throw refusal;
    }
  }
  if (person.document !== undefined && !documentFits(person.documentType, person.document)) {
    if (strict) throw new Refusal(`${path}.document`, 'document');
    delete person.document;
  }
  person.address = readAddress(raw.address, `${path}.address`);
  const kept = compact(person);
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function readAddress(value: unknown, path: string): Json | undefined {
  const raw = readObject(value, path);
  if (!raw) return undefined;
  // Plugins send whole names as state and empty strings for the rest: neither is refused.
  const address = compact({
    country: readText(cut(raw.country, 60), `${path}.country`, 60),
    state: readText(cut(raw.state, 60), `${path}.state`, 60),
    city: readText(cut(raw.city, 30), `${path}.city`, 30),
    postalCode: readText(cut(raw.postalCode, 10), `${path}.postalCode`, 10),
    street: readText(cut(raw.street, 128), `${path}.street`, 128),
    phone: readText(cut(raw.phone, 20), `${path}.phone`, 20),
  });
  return Object.keys(address).length > 0 ? address : undefined;
}
