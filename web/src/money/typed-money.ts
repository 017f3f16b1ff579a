import { parseAmount, type Currency, type Language } from '@recaudo/shared';

/** The amount typed, or undefined while it cannot be read. */
export function typedMinor(text: string, currency: Currency, language: Language): number | undefined {
  const reading = parseAmount(text, currency, language);
  return reading.ok ? reading.amountMinor : undefined;
}

/** How a method is told to people: "Visa ···· 1111". */
export function methodWords({
  methodName,
  lastFour,
}: {
  methodName: string | null;
  lastFour: string | null;
}): string {
  return [methodName, lastFour ? `···· ${lastFour}` : null].filter(Boolean).join(' ') || '–';
}
