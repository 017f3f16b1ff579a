/** PaymentRequest (protocol 4.5). */
import { readAmount, requireDecimal } from './amount.js';
import type { Amount } from './amount.js';
import { readDispersion } from './dispersion.js';
import type { DispersionPart } from './dispersion.js';
import { readPerson } from './person.js';
import { readRecurring } from './recurring.js';
import type { Recurring } from './recurring.js';
import {
  compact,
  cut,
  isAbsent,
  readBoolean,
  readList,
  readObject,
  readReference,
  readText,
  requireText,
} from './reading.js';
import type { Json } from './reading.js';
import { Refusal } from './refusal.js';

const DISPLAY_ON = 'none payment receipt both approved'.split(' ');
const MODIFIER_CODES = '17934 18083 19210 18910 18999'.split(' ');

const MAX_ITEMS = 50;
const MAX_FIELDS = 50;
/** Modifiers have no documented limit; no purchase has more than this. */
const MAX_ENTRIES = 50;

export interface PaymentRequest {
  reference: string;
  description?: string;
  amount: Amount;
  allowPartial: boolean;
  subscribe: boolean;
  shipping?: Json;
  items?: Json[];
  fields?: Json[];
  recurring?: Recurring;
  dispersion?: DispersionPart[];
  modifiers?: Json[];
}

export interface ReadPayment {
  payment: PaymentRequest;
  amountMinor: number;
}

/** What the reading of a payment needs to know. */
export interface PaymentContext {
  /** How many of the session's 50 fields are still free. */
  fieldsLeft: number;
  /** Whether it is preauthorized only (`type: checkin`). */
  isCheckin: boolean;
  maxDispersions: number;
  /** The site's own day, `YYYY-MM-DD`. */
  today: string;
}

/** Reads a payment of any kind and refuses kinds that exclude each other. Throws Refusal. */
export function readPayment(raw: Json, context: PaymentContext): ReadPayment {
  const allowPartial = readBoolean(raw.allowPartial, 'payment.allowPartial') ?? false;
  const rawRecurring = readObject(raw.recurring, 'payment.recurring');
  const rawParts = readList(raw.dispersion, 'payment.dispersion');
  refuseContradictions(allowPartial, rawRecurring !== undefined, rawParts.length > 0, context.isCheckin);
  const reference = readReference(raw.reference, 'payment.reference');
  const description = readText(raw.description, 'payment.description', 255);
  const { amount, amountMinor } = readAmount(raw.amount, 'payment.amount');
  if (allowPartial || rawParts.length > 0) {
    if (amount.taxes)
      throw new Refusal('payment.amount.taxes', allowPartial ? 'notInPartial' : 'insideParts');
    if (amount.details)
      throw new Refusal('payment.amount.details', allowPartial ? 'notInPartial' : 'insideParts');
  }
  const whole = { reference, description, currency: amount.currency, amountMinor };
  const fields = readFields(raw.fields, 'payment.fields', context.fieldsLeft);
  const items = readItems(raw.items);
  const modifiers = readModifiers(raw.modifiers);
  const payment = compact<PaymentRequest>({
    reference,
    description,
    amount,
    shipping: readPerson(raw.shipping, 'payment.shipping', false) as Json | undefined,
    items: items.length > 0 ? items : undefined,
    fields: fields.length > 0 ? fields : undefined,
    recurring: rawRecurring && readRecurring(rawRecurring, context.today),
    dispersion: rawParts.length > 0 ? readDispersion(rawParts, whole, context.maxDispersions) : undefined,
    modifiers: modifiers.length > 0 ? modifiers : undefined,
    allowPartial,
    subscribe: readBoolean(raw.subscribe, 'payment.subscribe') ?? false,
  });
  return { payment, amountMinor };
}

function refuseContradictions(partial: boolean, recurring: boolean, parts: boolean, checkin: boolean): void {
  if (partial && recurring) throw new Refusal('payment.allowPartial', 'notWith', 'payment.recurring');
  if (partial && parts) throw new Refusal('payment.allowPartial', 'notWith', 'payment.dispersion');
  if (partial && checkin) throw new Refusal('payment.allowPartial', 'notWith', 'type checkin');
  if (parts && checkin) throw new Refusal('payment.dispersion', 'notWith', 'type checkin');
  if (parts && recurring) throw new Refusal('payment.dispersion', 'notWith', 'payment.recurring');
  if (recurring && checkin) throw new Refusal('payment.recurring', 'notWith', 'type checkin');
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
