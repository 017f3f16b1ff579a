/**
 * Amounts (protocol 2.5): integer minor units inside, JSON numbers outside, decimal arithmetic between. The decimals of a
 * currency are ISO 4217's, written down here because the runtime's own table follows local custom (COP without cents).
 */
import { Big } from 'big.js';

const TWO_DECIMALS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP ' +
  'CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS ' +
  'KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD ' +
  'PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP ' +
  'TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG';
const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND';
const FOUR_DECIMALS = 'CLF UYW';

const DECIMALS = new Map<string, number>(
  [NO_DECIMALS, '', TWO_DECIMALS, THREE_DECIMALS, FOUR_DECIMALS].flatMap((codes, decimals) =>
    codes
      .split(' ')
      .filter(Boolean)
      .map((code): [string, number] => [code, decimals]),
  ),
);

/** The largest amount accepted, in minor units: far inside what a JSON number carries exactly. */
export const MAX_MINOR = 10 ** 13;

/** Digits after the point, or null for an unknown currency. */
export function decimalsOf(currency: string): number | null {
  return DECIMALS.get(currency) ?? null;
}

const NUMERIC = /^[+-]?\d{1,30}(\.\d{1,30})?$/;

/** Reads a JSON number or a numeric string exactly; null for anything else. */
export function readDecimal(value: unknown): Big | null {
  if (typeof value === 'number' && Number.isFinite(value)) return new Big(value);
  if (typeof value === 'string' && NUMERIC.test(value.trim())) return new Big(value.trim());
  return null;
}

/** Rounds to the currency's minor units, exact halves up (house rule). */
export function toMinor(amount: Big, currency: string): number {
  const decimals = decimalsOf(currency) ?? 2;
  return amount.times(new Big(10).pow(decimals)).round(0, Big.roundHalfUp).toNumber();
}

/** The minor units of an amount that was read before. */
export const toMinorOf = (amount: { currency: string; total: number }): number =>
  toMinor(new Big(amount.total), amount.currency);

/** Minor units as the JSON number of the wire: 8450050 COP is 84500.5. */
export function toWire(minor: number, currency: string): number {
  return new Big(minor).div(new Big(10).pow(decimalsOf(currency) ?? 2)).toNumber();
}
