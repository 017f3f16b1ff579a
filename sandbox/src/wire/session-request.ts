/** The body of `POST /api/session` (protocol 3.1): validated, normalised, ready to be stored and echoed. */
import { methodsFor } from '../network/methods.js';
import { dayOf } from '../platform/days.js';
import { formatInstant, parseInstant } from '../platform/instants.js';
import { readMetadata } from './metadata.js';
import { readFields, readPayment } from './payment.js';
import type { PaymentRequest } from './payment.js';
import { readPerson } from './person.js';
import type { Person } from './person.js';
import {
  compact,
  isAbsent,
  readBoolean,
  readObject,
  readReference,
  readText,
  readUrl,
  requireText,
} from './reading.js';
import type { Json } from './reading.js';
import { Refusal } from './refusal.js';
import { readLocale } from './texts.js';

/** What a session is for; a payment that may save the instrument is of the payment's own kind. */
export type Kind =
  'basic' | 'partial' | 'recurring' | 'dispersion' | 'checkin' | 'confirmation' | 'subscription';

export interface SubscriptionRequest {
  reference: string;
  description?: string;
  fields?: Json[];
}

/** The request as it is echoed: without `auth`, and without `_processUrl_`, which the view adds. */
export interface SessionRequest {
  locale: string;
  payer?: Person;
  buyer?: Person;
  payment?: PaymentRequest;
  subscription?: SubscriptionRequest;
  fields: Json[];
  returnUrl: string;
  cancelUrl?: string;
  paymentMethod?: string;
  ipAddress?: string;
  userAgent?: string;
  expiration: string;
  skipResult?: boolean;
  noBuyerFill?: boolean;
  captureAddress?: boolean;
  type?: 'checkin';
  metadata?: Json;
}

export interface NewSession {
  kind: Kind;
  request: SessionRequest;
  reference: string;
  currency: string;
  /** Zero for a subscription, which moves no money. */
  amountMinor: number;
  expiresAt: Date;
}

/** What the reading of a request needs to know of the site. */
export interface RequestContext {
  locale: string;
  zone: string;
  country: string;
  currency: string;
  maxDispersions: number;
  /** Whether the confirmation flow is allowed. */
  confirmation: boolean;
  now: Date;
}

const DEFAULT_LIFE_MS = 30 * 60_000;
const SHORTEST_LIFE_MS = 5 * 60_000;

/** Reads a request to open a session. Throws Refusal for the first thing that is wrong with it. */
export function readSessionRequest(body: Json, context: RequestContext): NewSession {
  const type = readType(body.type);
  const purpose = readPurpose(body);
  if (type && purpose !== 'payment') throw new Refusal('type', 'notWith', purpose);
  const ipAddress = requireText(body.ipAddress, 'ipAddress', 46);
  const userAgent = requireText(body.userAgent, 'userAgent', 255);
  const returnUrl = readUrl(body.returnUrl, 'returnUrl', 255);
  if (returnUrl === undefined) throw new Refusal('returnUrl', 'required');
  const fields = readFields(body.fields, 'fields');
  const fieldsLeft = 50 - fields.length;
  const today = dayOf(context.now, context.zone);
  const read =
    purpose === 'payment'
      ? readPayment(body.payment as Json, { ...context, fieldsLeft, isCheckin: type === 'checkin', today })
      : null;
  const subscription = read ? undefined : readSubscription(body.subscription as Json, fieldsLeft);
  const metadata = readMetadata(body.metadata);
  const kind = kindOf(read?.payment, type);
  const { expiration, expiresAt } = readExpiration(body.expiration, context);
  const request = compact<SessionRequest>({
    locale: readLocale(body.locale) ?? context.locale,
    payer: readPerson(body.payer, 'payer', true),
    buyer: readPerson(body.buyer, 'buyer', false),
    payment: read?.payment,
    subscription,
    fields,
    returnUrl,
    cancelUrl: readUrl(body.cancelUrl, 'cancelUrl', 255),
    paymentMethod: readPaymentMethod(body.paymentMethod, kind, context),
    ipAddress,
    userAgent,
    expiration,
    skipResult: readBoolean(body.skipResult, 'skipResult'),
    noBuyerFill: readBoolean(body.noBuyerFill, 'noBuyerFill'),
    captureAddress: readBoolean(body.captureAddress, 'captureAddress'),
    type,
    metadata,
  });
  return {
    kind: confirmedKind(kind, metadata, context.confirmation),
    request,
    reference: (read?.payment ?? (subscription as SubscriptionRequest)).reference,
    currency: read?.payment.amount.currency ?? context.currency,
    amountMinor: read?.amountMinor ?? 0,
    expiresAt,
  };
}

/** House rule: exactly one purpose. Autopay is refused by its name. */
function readPurpose(body: Json): 'payment' | 'subscription' {
  const purposes = ['payment', 'subscription', 'autopay'].filter((purpose) => !isAbsent(body[purpose]));
  if (purposes.length > 1) throw new Refusal(purposes.join(', '), 'onePurpose');
  if (purposes[0] === 'autopay') throw new Refusal('autopay', 'notSupported');
  if (purposes[0] === 'subscription' && readObject(body.subscription, 'subscription')) return 'subscription';
  if (!readObject(body.payment, 'payment')) throw new Refusal('payment', 'required');
  return 'payment';
}

export function readType(value: unknown): 'checkin' | undefined {
  const type = readText(value, 'type', 20);
  if (type === undefined || type === 'checkin') return type;
  if (type === 'autopay') throw new Refusal('type', 'notSupported');
  throw new Refusal('type', 'oneOf', 'checkin');
}

export function kindOf(payment: PaymentRequest | undefined, type: 'checkin' | undefined): Kind {
  if (!payment) return 'subscription';
  if (type === 'checkin') return 'checkin';
  if (payment.allowPartial) return 'partial';
  if (payment.recurring) return 'recurring';
  return payment.dispersion ? 'dispersion' : 'basic';
}

/** The confirmation flow is for basic payments of sites that are allowed it (protocol 8.9). Throws Refusal. */
export function confirmedKind(kind: Kind, metadata: Json | undefined, isAllowed: boolean): Kind {
  if (metadata?.requiresConfirmation !== true) return kind;
  if (!isAllowed) throw new Refusal('metadata.requiresConfirmation', 'confirmationOff');
  if (kind !== 'basic') throw new Refusal('metadata.requiresConfirmation', 'basicOnly');
  return 'confirmation';
}

function readSubscription(raw: Json, fieldsLeft: number): SubscriptionRequest {
  const fields = readFields(raw.fields, 'subscription.fields', fieldsLeft);
  return compact<SubscriptionRequest>({
    reference: readReference(raw.reference, 'subscription.reference'),
    description: readText(raw.description, 'subscription.description', 255),
    fields: fields.length > 0 ? fields : undefined,
  });
}

function readExpiration(
  value: unknown,
  { now, zone }: RequestContext,
): { expiration: string; expiresAt: Date } {
  const text = readText(value, 'expiration', 35);
  if (text === undefined) return defaultExpiration(now, zone);
  const expiresAt = parseInstant(text, zone);
  if (!expiresAt) throw new Refusal('expiration', 'instant');
  if (expiresAt.getTime() < now.getTime() + SHORTEST_LIFE_MS) throw new Refusal('expiration', 'tooSoon');
  return { expiration: text, expiresAt };
}

/** Half an hour. */
export function defaultExpiration(now: Date, zone: string): { expiration: string; expiresAt: Date } {
  const expiresAt = new Date(Math.floor((now.getTime() + DEFAULT_LIFE_MS) / 1000) * 1000);
  return { expiration: formatInstant(expiresAt, zone), expiresAt };
}

/** A comma-separated list of codes. One that leaves no method of this gateway could never be paid. */
function readPaymentMethod(value: unknown, kind: Kind, context: RequestContext): string | undefined {
  if (!isAbsent(value) && typeof value !== 'string') throw new Refusal('paymentMethod', 'string');
  const text = readText(value, 'paymentMethod', 255);
  if (text !== undefined && methodsFor(kind, context, text).length === 0) {
    throw new Refusal('paymentMethod', 'noMethod');
  }
  return text;
}
