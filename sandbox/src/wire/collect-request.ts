/** The body of `POST /api/collect` (protocol 3.4). What the official clients leave out is not asked for. */
import { dayOf } from '../platform/days.js';
import { parseInstant } from '../platform/instants.js';
import { readMetadata } from './metadata.js';
import { readFields, readPayment } from './payment.js';
import { readPerson } from './person.js';
import { compact, readBoolean, readObject, readText, readUrl } from './reading.js';
import type { Json } from './reading.js';
import { CallFailure, Refusal } from './refusal.js';
import { confirmedKind, defaultExpiration, kindOf, readType } from './session-request.js';
import type { NewSession, RequestContext, SessionRequest } from './session-request.js';
import { readLocale } from './texts.js';

/** What a caller names an instrument by: at least one of the two. */
export interface TokenNames {
  token?: string;
  subtoken?: string;
}

export interface NewCollect extends NewSession {
  instrument: TokenNames & { cvv: string; installments: number };
}

/** `publicUrl` is where payers are sent back to when nobody says where. Throws Refusal or CallFailure. */
export function readCollectRequest(body: Json, context: RequestContext, publicUrl: string): NewCollect {
  const rawPayment = readObject(body.payment, 'payment');
  if (!rawPayment) throw new Refusal('payment', 'required');
  const payer = readPerson(body.payer, 'payer', true);
  if (!payer) throw new Refusal('payer', 'required');
  const type = readType(body.type);
  const fields = readFields(body.fields, 'fields');
  const today = dayOf(context.now, context.zone);
  const isCheckin = type === 'checkin';
  const { payment, amountMinor } = readPayment(rawPayment, {
    ...context,
    fieldsLeft: 50 - fields.length,
    isCheckin,
    today,
  });
  if (payment.allowPartial) throw new Refusal('payment.allowPartial', 'notInCollect');
  if (payment.recurring) throw new Refusal('payment.recurring', 'notInCollect');
  const metadata = readMetadata(body.metadata);
  const { expiration, expiresAt } = readLife(body.expiration, context);
  const request = compact<SessionRequest>({
    locale: readLocale(body.locale) ?? context.locale,
    payer,
    buyer: readPerson(body.buyer, 'buyer', false),
    payment,
    fields,
    returnUrl: readUrl(body.returnUrl, 'returnUrl', 255) ?? `${publicUrl}/home`,
    ipAddress: readText(body.ipAddress, 'ipAddress', 46),
    userAgent: readText(body.userAgent, 'userAgent', 255),
    expiration,
    skipResult: readBoolean(body.skipResult, 'skipResult'),
    noBuyerFill: readBoolean(body.noBuyerFill, 'noBuyerFill'),
    captureAddress: readBoolean(body.captureAddress, 'captureAddress'),
    type,
    metadata,
  });
  return {
    kind: confirmedKind(kindOf(payment, type), metadata, context.confirmation),
    request,
    reference: payment.reference,
    currency: payment.amount.currency,
    amountMinor,
    expiresAt,
    instrument: readInstrument(body.instrument),
  };
}

/** Clients send one out of habit: one that is over, or is none, is as good as none. */
function readLife(value: unknown, { now, zone }: RequestContext): { expiration: string; expiresAt: Date } {
  const expiresAt = typeof value === 'string' && value.length <= 35 ? parseInstant(value, zone) : null;
  if (!expiresAt || expiresAt <= now) return defaultExpiration(now, zone);
  return { expiration: value as string, expiresAt };
}

function readInstrument(value: unknown): NewCollect['instrument'] {
  const instrument = readObject(value, 'instrument');
  if (!instrument) throw new Refusal('instrument', 'required');
  const names = readTokenNames(instrument);
  const token = instrument.token as Json;
  const installments = Number(readText(token.installments, 'instrument.token.installments', 3) ?? 1);
  if (!Number.isInteger(installments) || installments < 0) {
    throw new Refusal('instrument.token.installments', 'whole');
  }
  const cvv = readText(token.cvv, 'instrument.token.cvv', 4) ?? '';
  if (cvv !== '' && !/^\d{3,4}$/.test(cvv)) throw new Refusal('instrument.token.cvv', 'numeric');
  // The PHP client sends "0" for what nobody set.
  return { ...names, cvv, installments: installments || 1 };
}

/** Reads `instrument.token.token` and `instrument.token.subtoken`. Throws Refusal when neither is there. */
export function readTokenNames(instrument: Json): TokenNames {
  const raw = readObject(instrument.token, 'instrument.token');
  if (!raw) throw new Refusal('instrument.token', 'required');
  const names = compact<TokenNames>({
    token: readText(raw.token, 'instrument.token.token', 255),
    subtoken: readText(raw.subtoken, 'instrument.token.subtoken', 255),
  });
  if (names.token === undefined && names.subtoken === undefined) {
    throw new Refusal('instrument.token.token', 'required');
  }
  return names;
}

export const invalidToken = (): CallFailure => new CallFailure(400, 'XN', 'invalidToken');
