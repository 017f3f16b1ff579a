import { parseInstant } from '../platform/instants.js';
import { compact, readBoolean, readObject, readText } from './reading.js';
import type { Json } from './reading.js';
import { Refusal } from './refusal.js';

const INITIATORS = ['AGENT', 'CARDHOLDER', 'MERCHANT'].flatMap((who) =>
  who === 'AGENT'
    ? [who]
    : [
        `${who}_COF`,
        `${who}_RECURRING_VARIABLE_AMOUNT`,
        `${who}_RECURRING_FIXED_AMOUNT`,
        `${who}_WITH_INSTALLMENTS`,
      ],
);
const EBT_DELIVERIES = [
  'DIRECT_DELIVERY',
  'CUSTOMER_PICKUP',
  'COMMERCIAL_SHIPPING',
  'OTHER',
  'NOT_AVAILABLE',
];

/** Protocol 4.10: listed values only; unknown keys are ignored (house rule). */
export function readMetadata(value: unknown): Json | undefined {
  const raw = readObject(value, 'metadata');
  if (!raw) return undefined;
  const listed = (name: string, values: string[]): string | undefined => {
    const text = readText(raw[name], `metadata.${name}`, 60);
    if (text !== undefined && !values.includes(text)) {
      throw new Refusal(`metadata.${name}`, 'oneOf', values.join(', '));
    }
    return text;
  };
  const openingDate = readText(raw.openingDate, 'metadata.openingDate', 10);
  if (openingDate !== undefined && !parseInstant(`${openingDate}T00:00Z`, null)) {
    throw new Refusal('metadata.openingDate', 'instant');
  }
  const requiresConfirmation = readBoolean(raw.requiresConfirmation, 'metadata.requiresConfirmation');
  const metadata = compact({
    initiatorIndicator: listed('initiatorIndicator', INITIATORS),
    EBTDeliveryIndicator: listed('EBTDeliveryIndicator', EBT_DELIVERIES),
    openingDate,
    beneficiaryId: readText(raw.beneficiaryId, 'metadata.beneficiaryId', 255),
    requiresConfirmation,
    kount: readObject(raw.kount, 'metadata.kount'),
  });
  return Object.keys(metadata).length > 0 ? metadata : undefined;
}
