import { formatAmount, parseAmount, type AmountReading, type Currency, type Language } from '@recaudo/shared';

/** What the amount field says under the text: the amount as understood, or why it was not understood. */
export interface MoneyReading {
  reading: AmountReading;
  /** The amount with its currency, repeated back; null while it is not understood. */
  repeated: string | null;
  /** Message key under `fields.money`; null while there is nothing to complain about. */
  problem: string | null;
  /** For ambiguous text: how to write both things it could mean. */
  examples: string | null;
}

export function readMoney(text: string, currency: Currency, language: Language): MoneyReading {
  const reading = parseAmount(text, currency, language);
  if (reading.ok) {
    return {
      reading,
      repeated: formatAmount(reading.amountMinor, currency, language),
      problem: null,
      examples: null,
    };
  }
  const examples = language === 'es' ? '84.500 · 84500 · 84.500,50' : '84,500 · 84500 · 84,500.50';
  return { reading, repeated: null, problem: reading.problem, examples };
}
