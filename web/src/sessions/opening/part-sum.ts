import type { AmountReading } from '@recaudo/shared';

/** The running sum of a dispersion against its whole; minor units. `difference`: what is missing, negative when it is too much; null without a whole. */
export function partSum(
  texts: readonly string[],
  whole: AmountReading,
  read: (text: string) => AmountReading,
): { sum: number; difference: number | null } {
  const sum = texts.reduce((total, text) => {
    const reading = read(text);
    return reading.ok ? total + reading.amountMinor : total;
  }, 0);
  return { sum, difference: whole.ok ? whole.amountMinor - sum : null };
}
