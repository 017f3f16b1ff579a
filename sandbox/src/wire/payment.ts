/** PaymentRequest and Amount (protocol 4.4, 4.5), for basic payments. */
import type { Big } from 'big.js';
import { decimalsOf, MAX_MINOR, readDecimal, toMinor, toWire } from './money.js';
import { readPerson } from './person.js';
import {
  compact,
  cut,
  isAbsent,
  isObject,
  readBoolean,
  readList,
  readObject,
  readText,
  requireText,
} from './reading.js';
import type { Json } from './reading.js';
import { Refusal } from './refusal.js';

const TAX_KINDS = 'valueAddedTax exciseDuty ice airportTax stateTax municipalTax reducedStateTax'.split(' ');
const DETAIL_KINDS =
  'discount additional vatDevolutionBase shipping handlingFee insurance giftWrap subtotal fee tip airline interests'.split(
    ' ',
  );
const DISPLAY_ON = 'none payment receipt both approved'.split(' ');
const MODIFIER_CODES = '17934 18083 19210 18910 18999'.split(' ');

const REFERENCE = /^[\p{L}\p{N} _\-#/$:.,+@*=|()[\]&%!]+$/u;

const MAX_ITEMS = 50;
const MAX_FIELDS = 50;
/** Taxes, details and modifiers have no documented limit; no purchase has more than this. */
const MAX_ENTRIES = 50;

export interface Amount {
  currency: string;
  total: number;
  taxes?: Json[];
  details?: Json[];
}

export interface PaymentRequest {
  reference: string;
  description?: string;
  amount: Amount;
  allowPartial: false;
  subscribe: false;
  shipping?: Json;
  items?: Json[];
  fields?: Json[];
  modifiers?: Json[];
}

export interface ReadPayment {
  payment: PaymentRequest;
  amountMinor: number;
}

/** Reads a basic payment. `fieldsLeft` is how many of the session's 50 fields are still free. Throws Refusal. */
export function readPayment(raw: Json, fieldsLeft: number): ReadPayment {
  refuseOtherKinds(raw);
  const reference = requireText(raw.reference, 'payment.reference', 32);
  if (!REFERENCE.test(reference)) throw new Refusal('payment.reference', 'characters');
  const { amount, amountMinor } = readAmount(raw.amount);
  const fields = readFields(raw.fields, 'payment.fields', fieldsLeft);
  const items = readItems(raw.items);
  const modifiers = readModifiers(raw.modifiers);
  const payment = compact<PaymentRequest>({
    reference,
    description: readText(raw.description, 'payment.description', 255),
    amount,
    shipping: readPerson(raw.shipping, 'payment.shipping', false) as Json | undefined,
    items: items.length > 0 ? items : undefined,
    fields: fields.length > 0 ? fields : undefined,
    modifiers: modifiers.length > 0 ? modifiers : undefined,
    allowPartial: false,
    subscribe: false,
  });
  return { payment, amountMinor };
}

function refuseOtherKinds(raw: Json): void {
  if (readBoolean(raw.allowPartial, 'payment.allowPartial')) {
    throw new Refusal('payment.allowPartial', 'notSupported');
  }
  if (readBoolean(raw.subscribe, 'payment.subscribe')) throw new Refusal('payment.subscribe', 'notSupported');
  if (!isEmpty(raw.recurring)) throw new Refusal('payment.recurring', 'notSupported');
  if (!isEmpty(raw.dispersion)) throw new Refusal('payment.dispersion', 'notSupported');
}

function isEmpty(value: unknown): boolean {
  return isAbsent(value) || (Array.isArray(value) && value.length === 0);
}

function readAmount(value: unknown): { amount: Amount; amountMinor: number } {
  const raw = readObject(value, 'payment.amount');
  if (!raw) throw new Refusal('payment.amount', 'required');
  const currency = requireText(raw.currency, 'payment.amount.currency', 3);
  if (decimalsOf(currency) === null) throw new Refusal('payment.amount.currency', 'currency');
  const total = requireDecimal(raw.total, 'payment.amount.total');
  const amountMinor = toMinor(total, currency);
  if (amountMinor <= 0) throw new Refusal('payment.amount.total', 'positive');
  if (amountMinor > MAX_MINOR) throw new Refusal('payment.amount.total', 'tooLarge');
  const taxes = readEntries(raw.taxes, 'payment.amount.taxes', TAX_KINDS, currency);
  const details = readEntries(raw.details, 'payment.amount.details', DETAIL_KINDS, currency);
  return {
    amountMinor,
    amount: compact<Amount>({
      currency,
      total: toWire(amountMinor, currency),
      taxes: taxes.length > 0 ? taxes : undefined,
      details: details.length > 0 ? details : undefined,
    }),
  };
}

function requireDecimal(value: unknown, field: string): Big {
  if (isAbsent(value)) throw new Refusal(field, 'required');
  const amount = readDecimal(value);
  if (!amount) throw new Refusal(field, 'number');
  return amount;
}

/** Taxes or details: entries of an unknown kind are dropped silently; their sums are not compared with anything. */
function readEntries(value: unknown, field: string, kinds: string[], currency: string): Json[] {
  const rounded = (amount: Big, path: string): number => {
    const minor = toMinor(amount, currency);
    if (Math.abs(minor) > MAX_MINOR) throw new Refusal(path, 'tooLarge');
    return toWire(minor, currency);
  };
  return readList(value, field)
    .slice(0, MAX_ENTRIES)
    .flatMap((entry, index) => {
      if (!isObject(entry) || !kinds.includes(String(entry.kind))) return [];
      const path = `${field}[${index}]`;
      const amount = rounded(requireDecimal(entry.amount, `${path}.amount`), `${path}.amount`);
      const base = isAbsent(entry.base)
        ? undefined
        : rounded(requireDecimal(entry.base, `${path}.base`), `${path}.base`);
      return [compact({ kind: entry.kind, amount, base })];
    });
}

function readItems(value: unknown): Json[] {
  return readList(value, 'payment.items')
    .slice(0, MAX_ITEMS)
    .map((entry, index) => {
      const path = `payment.items[${index}]`;
      const raw = readObject(entry, path) ?? {};
      const price = (name: 'price' | 'tax'): number | undefined =>
        isAbsent(raw[name]) ? undefined : requireDecimal(raw[name], `${path}.${name}`).toNumber();
      return compact({
        id: raw.id ?? undefined,
        sku: cut(raw.sku ?? undefined, 30),
        name: cut(raw.name ?? undefined, 120),
        description: raw.description ?? undefined,
        category: raw.category ?? undefined,
        qty: cut(raw.qty ?? undefined, 30),
        price: price('price'),
        tax: price('tax'),
        additional: raw.additional ?? undefined,
      });
    });
}

/** NameValuePairs (protocol 4.9): the first of a repeated keyword wins, what is over the limit is dropped. */
export function readFields(value: unknown, field: string, left = MAX_FIELDS): Json[] {
  const seen = new Set<string>(['_processUrl_']);
  const fields: Json[] = [];
  for (const [index, entry] of readList(value, field).entries()) {
    if (fields.length >= left) break;
    const path = `${field}[${index}]`;
    const raw = readObject(entry, path) ?? {};
    const keyword = requireText(raw.keyword, `${path}.keyword`, 50);
    if (seen.has(keyword)) continue;
    seen.add(keyword);
    if (typeof raw.value === 'string' && raw.value.length > 255) {
      throw new Refusal(`${path}.value`, 'tooLong', '255');
    }
    const displayOn = DISPLAY_ON.includes(String(raw.displayOn)) ? raw.displayOn : 'none';
    fields.push({ keyword, value: raw.value ?? null, displayOn });
  }
  return fields;
}

/** Uruguay's tax laws. */
function readModifiers(value: unknown): Json[] {
  return readList(value, 'payment.modifiers')
    .slice(0, MAX_ENTRIES)
    .map((entry, index) => {
      const path = `payment.modifiers[${index}]`;
      const raw = readObject(entry, path) ?? {};
      if (raw.type !== 'FEDERAL_GOVERNMENT') throw new Refusal(`${path}.type`, 'oneOf', 'FEDERAL_GOVERNMENT');
      if (!MODIFIER_CODES.includes(String(raw.code))) {
        throw new Refusal(`${path}.code`, 'oneOf', MODIFIER_CODES.join(', '));
      }
      const additional = readObject(raw.additional, `${path}.additional`) ?? {};
      const invoice = requireText(additional.invoice, `${path}.additional.invoice`, 9);
      return { type: raw.type, code: raw.code, additional: { invoice } };
    });
}
