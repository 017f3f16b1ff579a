/** Minor-unit digits per ISO 4217 currency. Our own table: Intl shows COP with none, gateways keep two. */
export const CURRENCY_DECIMALS = {
  COP: 2,
  USD: 2,
  CLP: 0,
  CRC: 2,
  PAB: 2,
  HNL: 2,
  BZD: 2,
  UYU: 2,
  PEN: 2,
  BRL: 2,
  MXN: 2,
  EUR: 2,
} as const;

export type Currency = keyof typeof CURRENCY_DECIMALS;
export const CURRENCIES = Object.keys(CURRENCY_DECIMALS) as [Currency, ...Currency[]];

/** Largest amount the product accepts, in minor units: well inside what a double holds exactly. */
export const MAX_AMOUNT_MINOR = 10_000_000_000_000;

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(CURRENCY_DECIMALS, text);
}

/** 8450000 COP (minor units) → "84500.00". Exact; the text form of wires and files. */
export function minorToDecimal(amountMinor: number, currency: Currency): string {
  const decimals = CURRENCY_DECIMALS[currency];
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = amountMinor < 0 ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/**
 * "84500.5" COP → 8450050 minor units. Returns null for anything that is not a plain decimal, has more
 * significant decimals than the currency, or lies beyond what is exact: the caller must not guess.
 */
export function decimalToMinor(text: string, currency: Currency): number | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const decimals = CURRENCY_DECIMALS[currency];
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > decimals) return null;
  const amount = Number(match[2] + fraction.padEnd(decimals, '0'));
  if (!Number.isSafeInteger(amount)) return null;
  return match[1] === '-' && amount !== 0 ? -amount : amount;
}

const GROUPING: Record<Language, { group: string; decimal: string }> = {
  es: { group: '.', decimal: ',' },
  en: { group: ',', decimal: '.' },
};

export type Language = 'es' | 'en';
export const LANGUAGES = ['es', 'en'] as const;

/** `$ 1.250.000 COP` in Spanish, `$ 1,250,000 COP` in English; decimals only where there are any. */
export function formatAmount(amountMinor: number, currency: Currency, language: Language): string {
  const { group, decimal } = GROUPING[language];
  const [whole = '0', fraction = ''] = minorToDecimal(Math.abs(amountMinor), currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  const shown = /^0*$/.test(fraction) ? grouped : `${grouped}${decimal}${fraction}`;
  return `${amountMinor < 0 ? '−' : ''}$\u00a0${shown}\u00a0${currency}`;
}

export type AmountReading =
  | { ok: true; amountMinor: number }
  | {
      ok: false;
      problem: 'empty' | 'ambiguous' | 'not_a_number' | 'too_many_decimals' | 'not_positive' | 'too_large';
    };

/**
 * Reads an amount as a person of that language types it: in Spanish "84.500" is eighty-four thousand five
 * hundred, in English "84,500" is. The other language's separator is accepted only where it cannot be
 * mistaken ("84500.5" typed in Spanish has one or two digits behind the point); else it is ambiguous.
 */
export function parseAmount(text: string, currency: Currency, language: Language): AmountReading {
  const trimmed = text.replace(/[\s\u00a0$]/g, '');
  if (trimmed === '') return { ok: false, problem: 'empty' };
  if (/^-/.test(trimmed)) return { ok: false, problem: 'not_positive' };
  if (!/^[\d.,]+$/.test(trimmed)) return { ok: false, problem: 'not_a_number' };
  const { group, decimal } = GROUPING[language];
  const plain = plainDecimal(trimmed, group, decimal);
  if (plain === null) return { ok: false, problem: 'ambiguous' };
  return readPlain(plain, currency);
}

function plainDecimal(text: string, group: string, decimal: string): string | null {
  const [whole = '', fraction, ...more] = text.split(decimal);
  if (more.length > 0) return null;
  if (!whole.includes(group)) return /^\d+$/.test(whole) ? joinDecimal(whole, fraction, group) : null;
  const groups = whole.split(group);
  const wellGrouped =
    /^\d{1,3}$/.test(groups[0] ?? '') && groups.slice(1).every((part) => /^\d{3}$/.test(part));
  if (wellGrouped) return joinDecimal(groups.join(''), fraction, group);
  // "84500.5": a lone foreign separator followed by one or two digits can only be a decimal point.
  const loneDecimal = groups.length === 2 && fraction === undefined && /^\d{1,2}$/.test(groups[1] ?? '');
  return loneDecimal && /^\d+$/.test(groups[0] ?? '') ? `${groups[0]}.${groups[1]}` : null;
}

function joinDecimal(whole: string, fraction: string | undefined, group: string): string | null {
  if (fraction === undefined) return whole;
  return fraction === '' || fraction.includes(group) ? null : `${whole}.${fraction}`;
}

/** Reads what a file has: digits, and a point before decimals. */
export function readDecimal(text: string, currency: Currency): AmountReading {
  return /^\d+(\.\d+)?$/.test(text) ? readPlain(text, currency) : { ok: false, problem: 'not_a_number' };
}

function readPlain(plain: string, currency: Currency): AmountReading {
  const [whole = '', fraction = ''] = plain.split('.');
  // Three digits behind a point may be thousands in the other language's hand: nobody must guess.
  if (fraction.length === 3) return { ok: false, problem: 'ambiguous' };
  if (fraction.length > CURRENCY_DECIMALS[currency]) return { ok: false, problem: 'too_many_decimals' };
  if (whole.replace(/^0+/, '').length > 13) return { ok: false, problem: 'too_large' };
  const amountMinor = decimalToMinor(plain, currency);
  if (amountMinor === null) return { ok: false, problem: 'too_many_decimals' };
  if (amountMinor <= 0) return { ok: false, problem: 'not_positive' };
  if (amountMinor > MAX_AMOUNT_MINOR) return { ok: false, problem: 'too_large' };
  return { ok: true, amountMinor };
}
