/** The body of `POST /api/session` (protocol 3.1): validated, normalised, ready to be stored and echoed. */
import { formatInstant, parseInstant } from '../platform/instants.js';
import { BRANDS } from '../network/cards.js';
import { readFields, readPayment } from './payment.js';
import type { PaymentRequest } from './payment.js';
import { readPerson } from './person.js';
import type { Person } from './person.js';
import { compact, isAbsent, readBoolean, readObject, readText, readUrl, requireText } from './reading.js';
import type { Json } from './reading.js';
import { Refusal } from './refusal.js';
import { readLocale } from './texts.js';

/** The request as it is echoed: without `auth`, and without `_processUrl_`, which the view adds. */
export interface SessionRequest {
  locale: string;
  payer?: Person;
  buyer?: Person;
  payment: PaymentRequest;
  fields: Json[];
  returnUrl: string;
  cancelUrl?: string;
  paymentMethod?: string;
  ipAddress: string;
  userAgent: string;
  expiration: string;
  skipResult?: boolean;
  noBuyerFill?: boolean;
  captureAddress?: boolean;
  metadata?: Json;
}

export interface NewSession {
  request: SessionRequest;
  amountMinor: number;
  expiresAt: Date;
}

/** What the reading of a request needs to know of the site. */
export interface RequestContext {
  locale: string;
  zone: string;
  now: Date;
}

const DEFAULT_LIFE_MS = 30 * 60_000;
const SHORTEST_LIFE_MS = 5 * 60_000;

/** Reads a request to open a session. Throws Refusal for the first thing that is wrong with it. */
export function readSessionRequest(body: Json, context: RequestContext): NewSession {
  refuseOtherPurposes(body);
  const rawPayment = readObject(body.payment, 'payment');
  if (!rawPayment) throw new Refusal('payment', 'required');
  const ipAddress = requireText(body.ipAddress, 'ipAddress', 46);
  const userAgent = requireText(body.userAgent, 'userAgent', 255);
  const returnUrl = readUrl(body.returnUrl, 'returnUrl', 255);
  if (returnUrl === undefined) throw new Refusal('returnUrl', 'required');
  const fields = readFields(body.fields, 'fields');
  const { payment, amountMinor } = readPayment(rawPayment, 50 - fields.length);
  const { expiration, expiresAt } = readExpiration(body.expiration, context);
  const request = compact<SessionRequest>({
    locale: readLocale(body.locale) ?? context.locale,
    payer: readPerson(body.payer, 'payer', true),
    buyer: readPerson(body.buyer, 'buyer', false),
    payment,
    fields,
    returnUrl,
    cancelUrl: readUrl(body.cancelUrl, 'cancelUrl', 255),
    paymentMethod: readPaymentMethod(body.paymentMethod),
    ipAddress,
    userAgent,
    expiration,
    skipResult: readBoolean(body.skipResult, 'skipResult'),
    noBuyerFill: readBoolean(body.noBuyerFill, 'noBuyerFill'),
    captureAddress: readBoolean(body.captureAddress, 'captureAddress'),
    metadata: readMetadata(body.metadata),
  });
  return { request, amountMinor, expiresAt };
}

/** House rule: exactly one purpose. Kinds other than a basic payment are refused by the name of their field. */
function refuseOtherPurposes(body: Json): void {
  const purposes = ['payment', 'subscription', 'autopay'].filter((purpose) => !isAbsent(body[purpose]));
  if (purposes.length > 1) throw new Refusal(purposes.join(', '), 'onePurpose');
  if (purposes[0] !== undefined && purposes[0] !== 'payment') throw new Refusal(purposes[0], 'notSupported');
  if (!isAbsent(body.type)) throw new Refusal('type', 'notSupported');
}

function readExpiration(
  value: unknown,
  { now, zone }: RequestContext,
): { expiration: string; expiresAt: Date } {
  const text = readText(value, 'expiration', 35);
  if (text === undefined) {
    const expiresAt = new Date(Math.floor((now.getTime() + DEFAULT_LIFE_MS) / 1000) * 1000);
    return { expiration: formatInstant(expiresAt, zone), expiresAt };
  }
  const expiresAt = parseInstant(text, zone);
  if (!expiresAt) throw new Refusal('expiration', 'instant');
  if (expiresAt.getTime() < now.getTime() + SHORTEST_LIFE_MS) throw new Refusal('expiration', 'tooSoon');
  return { expiration: text, expiresAt };
}

/** A comma-separated list of codes. One that leaves no method of this gateway could never be paid. */
function readPaymentMethod(value: unknown): string | undefined {
  if (!isAbsent(value) && typeof value !== 'string') throw new Refusal('paymentMethod', 'string');
  const text = readText(value, 'paymentMethod', 255);
  if (text !== undefined && offeredBrands(text).length === 0) throw new Refusal('paymentMethod', 'noMethod');
  return text;
}

/** The codes of the brands that a session's `paymentMethod` leaves; all of them without one. */
export function offeredBrands(paymentMethod: string | undefined): string[] {
  const all = Object.keys(BRANDS);
  if (paymentMethod === undefined) return all;
  const wanted = paymentMethod.split(',').map((code) => code.trim());
  return all.filter((code) => wanted.includes(code));
}

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
function readMetadata(value: unknown): Json | undefined {
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
  if (requiresConfirmation) throw new Refusal('metadata.requiresConfirmation', 'notSupported');
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
