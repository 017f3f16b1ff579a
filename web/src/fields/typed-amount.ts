import { minorToDecimal, type Currency, type Language } from '@recaudo/shared';

/** An amount as a person of that language would type it, without grouping: "84500,5" in Spanish. */
export function minorToTyped(amountMinor: number, currency: Currency, language: Language): string {
  const plain = minorToDecimal(amountMinor, currency).replace(/\.0+$/, '');
  return language === 'es' ? plain.replace('.', ',') : plain;
}
