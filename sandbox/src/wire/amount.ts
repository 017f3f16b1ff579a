/** Amount (protocol 4.4): rounded to the currency's decimals; taxes and details of unknown kinds dropped. */
import type { Big } from 'big.js';
import { decimalsOf, MAX_MINOR, readDecimal, toMinor, toWire } from './money.js';
import { compact, isAbsent, isObject, readList, readObject, requireText } from './reading.js';
import type { Json } from './reading.js';
import { Refusal } from './refusal.js';

const TAX_KINDS = 'valueAddedTax exciseDuty ice airportTax stateTax municipalTax reducedStateTax'.split(' ');
const DETAIL_KINDS =
  'discount additional vatDevolutionBase shipping handlingFee insurance giftWrap subtotal fee tip airline interests'.split(
    ' ',
  );

/** Taxes and details have no documented limit; no purchase has more than this. */
const MAX_ENTRIES = 50;

export interface Amount {
  currency: string;
  total: number;
  taxes?: Json[];
  details?: Json[];
}

export interface ReadAmount {
  amount: Amount;
  amountMinor: number;
}

/** `zero`: whether an amount of nothing is one. Throws Refusal. */
export function readAmount(
  value: unknown,
  field: string,
  zero: 'zero' | 'positive' = 'positive',
): ReadAmount {
  const raw = readObject(value, field);
  if (!raw) throw new Refusal(field, 'required');
  const currency = requireText(raw.currency, `${field}.currency`, 3);
  if (decimalsOf(currency) === null) throw new Refusal(`${field}.currency`, 'currency');
  const total = requireDecimal(raw.total, `${field}.total`);
  const amountMinor = toMinor(total, currency);
  if (amountMinor < 0 || (amountMinor === 0 && (zero === 'positive' || !total.eq(0)))) {
    throw new Refusal(`${field}.total`, 'positive');
  }
  if (amountMinor > MAX_MINOR) throw new Refusal(`${field}.total`, 'tooLarge');
  const taxes = readEntries(raw.taxes, `${field}.taxes`, TAX_KINDS, currency);
  const details = readEntries(raw.details, `${field}.details`, DETAIL_KINDS, currency);
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

export function requireDecimal(value: unknown, field: string): Big {
  if (isAbsent(value)) throw new Refusal(field, 'required');
  const amount = readDecimal(value);
  if (!amount) throw new Refusal(field, 'number');
  return amount;
}

/** Their sums are not compared with anything. */
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
