/** The parts of a dispersed payment (protocol 8.4). */
import { readAmount } from './amount.js';
import type { Amount } from './amount.js';
import { isAbsent, readObject, readText } from './reading.js';
import { Refusal } from './refusal.js';

export type AgreementType = 'MERCHANT' | 'AIRLINE';

/** One part as it is echoed, enriched with what it shares with the whole (protocol 3.2). */
export interface DispersionPart {
  reference: string;
  description?: string;
  amount: Amount;
  /** Left out for the session's own site: official clients want a number or nothing here. */
  agreement?: number;
  agreementType: AgreementType;
  allowPartial: false;
  subscribe: false;
}

interface Whole {
  reference: string;
  description: string | undefined;
  currency: string;
  amountMinor: number;
}

const PATH = 'payment.dispersion';

/** Reads the parts and holds them against the whole. Throws Refusal. */
export function readDispersion(raw: unknown[], whole: Whole, maxParts: number): DispersionPart[] {
  if (raw.length > maxParts) {
    throw new Refusal(PATH, 'maxDispersions', String(maxParts), 'max_dispersion_error');
  }
  let sum = 0;
  const parts = raw.map((entry, index): DispersionPart => {
    const path = `${PATH}[${index}]`;
    const part = readObject(entry, path) ?? {};
    const agreementType = readAgreementType(part.agreementType, `${path}.agreementType`);
    const agreement = readAgreement(part.agreement, `${path}.agreement`);
    const { amount, amountMinor } = readAmount(part.amount, `${path}.amount`, 'zero');
    if (amountMinor === 0 && agreementType === 'AIRLINE')
      throw new Refusal(`${path}.amount.total`, 'positive');
    if (amount.currency !== whole.currency) throw new Refusal(`${path}.amount.currency`, 'sameCurrency');
    sum += amountMinor;
    return {
      reference: whole.reference,
      ...(whole.description !== undefined && { description: whole.description }),
      amount,
      ...(agreement !== undefined && { agreement }),
      agreementType,
      allowPartial: false,
      subscribe: false,
    };
  });
  refuseOddAirlines(parts);
  if (sum !== whole.amountMinor) throw new Refusal(PATH, 'dispersionSum');
  return parts;
}

/** With an airline there is exactly one, and at most the merchant beside it; nothing else may be worth nothing. */
function refuseOddAirlines(parts: DispersionPart[]): void {
  const airlines = parts.filter((part) => part.agreementType === 'AIRLINE').length;
  if (airlines > 1 || (airlines === 1 && parts.length > 2)) throw new Refusal(PATH, 'oneAirline');
  const empty = parts.findIndex((part) => part.amount.total === 0);
  if (airlines === 0 && empty >= 0) throw new Refusal(`${PATH}[${empty}].amount.total`, 'positive');
}

function readAgreementType(value: unknown, field: string): AgreementType {
  const text = readText(value, field, 20) ?? 'MERCHANT';
  if (text !== 'MERCHANT' && text !== 'AIRLINE') throw new Refusal(field, 'oneOf', 'MERCHANT, AIRLINE');
  return text;
}

function readAgreement(value: unknown, field: string): number | undefined {
  if (isAbsent(value)) return undefined;
  const text = String(value);
  if ((typeof value !== 'string' && typeof value !== 'number') || !/^\d{1,15}$/.test(text)) {
    throw new Refusal(field, 'numeric');
  }
  return Number(text);
}
