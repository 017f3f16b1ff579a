import {
  decimalToMinor,
  isCurrency,
  type Currency,
  type PayerInput,
  type TransactionKind,
  type TransactionState,
} from '@recaudo/shared';
import { z } from 'zod';
import { issueText, statusSchema, type WireStatus } from '../answer.rules.js';
import { redact } from '../evidence.rules.js';
import type { AttemptSnapshot, InstrumentSnapshot, SessionSnapshot } from '../gateway.port.js';
import { kindOfRequest, processUrlOf, requestSchema, termsOfRequest } from './placetopay.terms.js';

/** The JSON of PlacetoPay Checkout, read tolerantly: unknown fields pass, known ones must make sense. */

const text = z.union([z.string(), z.number()]).transform(String);
const number = text.pipe(z.string().regex(/^\d{1,19}$/));

export const amountSchema = z
  .object({ currency: z.string(), total: text })
  .transform((amount, context): { currency: Currency; minor: number } => {
    const minor = isCurrency(amount.currency) ? wireToMinor(amount.total, amount.currency) : null;
    if (minor === null || !isCurrency(amount.currency)) {
      context.addIssue({ code: 'custom', message: `unreadable amount ${amount.total} ${amount.currency}` });
      return z.NEVER;
    }
    return { currency: amount.currency, minor };
  });

/** "1000000.00", "500" or 1076.3; more decimals than the currency has are unreadable, never rounded by us. */
function wireToMinor(total: string, currency: Currency): number | null {
  const minor = decimalToMinor(total, currency);
  return minor !== null && minor >= 0 ? minor : null;
}

const fieldSchema = z.object({ keyword: z.string(), value: z.unknown() });

const processedSchema = z.object({ from: amountSchema, to: amountSchema, factor: text.nullish() });

const partSchema = z.object({
  status: statusSchema,
  internalReference: number,
  amount: z.union([
    processedSchema,
    amountSchema.transform((same) => ({ from: same, to: same, factor: '1' })),
  ]),
  authorization: text.nullish(),
  receipt: text.nullish(),
  franchise: z.string().nullish(),
  refunded: z.boolean().nullish(),
  agreement: text.nullish(),
  agreementType: z.enum(['MERCHANT', 'AIRLINE']).nullish().catch(null),
});

const transactionSchema = z.object({
  status: statusSchema,
  internalReference: number,
  reference: z.string(),
  paymentMethod: z.string().nullish(),
  paymentMethodName: z.string().nullish(),
  issuerName: z.string().nullish(),
  amount: processedSchema,
  authorization: text.nullish(),
  receipt: text.nullish(),
  franchise: z.string().nullish(),
  refunded: z.boolean().nullish(),
  processorFields: z.array(fieldSchema).nullish(),
  dispersion: z.array(partSchema).nullish(),
});
type WireTransaction = z.infer<typeof transactionSchema>;

const personSchema = z.object({
  name: z.string().nullish(),
  surname: z.string().nullish(),
  email: z.string().nullish(),
  documentType: z.string().nullish(),
  document: text.nullish(),
  mobile: text.nullish(),
});

const subscriptionSchema = z.object({
  type: z.string().nullish(),
  status: z.object({ status: z.string() }).nullish(),
  instrument: z.array(fieldSchema).nullish(),
});

const sessionSchema = z.object({
  requestId: number,
  status: statusSchema,
  request: requestSchema(amountSchema, personSchema.nullish().catch(null)),
  payment: z.array(transactionSchema).nullish(),
  subscription: subscriptionSchema.nullish(),
});

export const createdSchema = z.object({
  status: statusSchema,
  requestId: z.int().positive(),
  processUrl: z.url({ protocol: /^https?$/ }),
});

export type Reading<T> = ({ ok: true } & T) | { ok: false; why: string };

/** A query's answer in our words, or the reason why it cannot be one. */
export function readSession(json: unknown): Reading<{ session: SessionSnapshot }> {
  const result = sessionSchema.safeParse(json);
  if (!result.success) return { ok: false, why: issueText(result.error) };
  const wire = result.data;
  const state = sessionState(wire.status);
  if (state === null) return { ok: false, why: `session state ${wire.status.status}` };
  const { request } = wire;
  const asked = request.payment ?? request.subscription;
  if (!asked) return { ok: false, why: 'neither payment nor subscription was asked for' };
  const kind = kindOfRequest(request);
  const attempts = [...(wire.payment ?? [])].reverse().map((each) => readAttempt(each, attemptKind(kind)));
  const partless = attempts.find(
    (each) => each.kind === 'dispersion' && each.state === 'approved' && each.parts.length === 0,
  );
  if (partless)
    return { ok: false, why: `dispersion ${partless.internalReference} is approved without its parts` };
  return {
    ok: true,
    session: {
      number: wire.requestId,
      kind,
      reference: asked.reference,
      description: asked.description ?? '',
      state,
      reason: wire.status.reason,
      message: wire.status.message,
      at: wire.status.date,
      askedMinor: request.payment?.amount.minor ?? 0,
      askedCurrency: request.payment?.amount.currency ?? null,
      terms: termsOfRequest(request),
      expiresAt: request.expiration,
      processUrl: processUrlOf(request),
      returnUrl: request.returnUrl,
      locale: request.locale,
      attempts,
      instrument: readInstrument(wire.subscription ?? null),
      payer: readPayer(request.payer ?? null),
      evidence: redact(json),
    },
  };
}

function attemptKind(kind: SessionSnapshot['kind']): TransactionKind {
  if (kind === 'preauthorization') return 'checkin';
  return kind === 'dispersion' ? 'dispersion' : 'payment';
}

/** The single transaction that an operation answers with, and the gateway's word for its state. */
export function readTransaction(
  json: unknown,
  kind: TransactionKind,
): Reading<{ transaction: AttemptSnapshot; word: string }> {
  const result = z.object({ payment: transactionSchema }).safeParse(json);
  if (!result.success) return { ok: false, why: issueText(result.error) };
  const { payment } = result.data;
  return { ok: true, transaction: readAttempt(payment, kind), word: payment.status.status };
}

const SESSION_STATES: Record<string, SessionSnapshot['state']> = {
  PENDING: 'pending',
  APPROVED: 'approved',
  APPROVED_PARTIAL: 'partial',
  PARTIAL_EXPIRED: 'partial_expired',
  CANCELED: 'cancelled',
};

/** House rule: an end by the payer is `?C`, by the merchant `MC`, by time `EX`; any other refusal is a rejection. */
export function sessionState(
  status: Pick<WireStatus, 'status' | 'reason' | 'message'>,
): SessionSnapshot['state'] | null {
  if (status.status !== 'REJECTED') return SESSION_STATES[status.status] ?? null;
  if (status.reason === '?C' || status.reason === 'MC') return 'cancelled';
  if (status.reason === 'EX' || /expirad|expired/i.test(status.message)) return 'expired';
  return 'rejected';
}

/** Any other word of the shared enumeration (ERROR, MANUAL, DISPUTE …) is not ours to interpret: unknown. */
const TRANSACTION_STATES: Record<string, TransactionState> = {
  APPROVED: 'approved',
  APPROVED_PARTIAL: 'partial',
  REJECTED: 'rejected',
  FAILED: 'rejected',
  PENDING: 'pending',
  PENDING_VALIDATION: 'pending',
  PENDING_CONFIRMATION: 'to_confirm',
  PENDING_PROCESS: 'pending',
};

export function transactionState(word: string): TransactionState {
  return TRANSACTION_STATES[word] ?? 'unknown';
}

function readAttempt(wire: WireTransaction, kind: TransactionKind): AttemptSnapshot {
  const fields = new Map((wire.processorFields ?? []).map((field) => [field.keyword, field.value]));
  const lastDigits = JSON.stringify(fields.get('lastDigits') ?? '').replace(/\D/g, '');
  const installments = Number(fields.get('installments') ?? Number.NaN);
  const whole = {
    ...facts(wire),
    kind,
    reference: wire.reference,
    method: wire.paymentMethod ?? null,
    methodName: wire.paymentMethodName ?? null,
    issuer: wire.issuerName ?? null,
    lastFour: /^\d{4}$/.test(lastDigits.slice(-4)) ? lastDigits.slice(-4) : null,
    installments: Number.isSafeInteger(installments) ? installments : null,
    agreement: null,
    agreementType: null,
  };
  if (kind !== 'dispersion') return { ...whole, parts: [] };
  const parts = (wire.dispersion ?? []).map((part) => ({
    ...whole,
    ...facts(part),
    kind: 'payment' as const,
    agreement: part.agreement ?? null,
    agreementType: part.agreementType ?? null,
    parts: [],
  }));
  return { ...whole, parts };
}

/** What a transaction and a part of one say alike. */
function facts(wire: Omit<z.infer<typeof partSchema>, 'agreement' | 'agreementType'>) {
  const state = transactionState(wire.status.status);
  return {
    internalReference: wire.internalReference,
    state,
    reason: wire.status.reason,
    message: wire.status.message,
    at: wire.status.date,
    fromMinor: wire.amount.from.minor,
    fromCurrency: wire.amount.from.currency,
    toMinor: wire.amount.to.minor,
    toCurrency: wire.amount.to.currency,
    factor: wire.amount.factor ?? '1',
    franchise: wire.franchise ?? null,
    authorization: state === 'approved' ? (wire.authorization ?? null) : null,
    receipt: wire.receipt ?? null,
    refunded: wire.refunded ?? false,
  };
}

/** Only what was stored: a token that is not there is no instrument, whatever its status says. */
function readInstrument(subscription: z.infer<typeof subscriptionSchema> | null): InstrumentSnapshot | null {
  const account = subscription?.type === 'account' || subscription?.type === 'cuenta';
  if (subscription?.status?.status !== 'OK' || (!account && subscription.type !== 'token')) return null;
  const fields = new Map((subscription.instrument ?? []).map((field) => [field.keyword, field.value]));
  const said = (keyword: string): string | null => {
    const value = fields.get(keyword);
    return (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : null;
  };
  const secret = account
    ? said('accountNumber') && `${said('bankCode') ?? ''}:${said('accountNumber')}`
    : said('token');
  if (!secret) return null;
  const validUntil = said('validUntil');
  return {
    type: account ? 'account' : 'token',
    secret,
    subtoken: said('subtoken'),
    brand: said('franchise'),
    brandName: said('franchiseName') ?? said('bankName'),
    issuer: said('issuerName'),
    lastFour: (said('lastDigits') ?? said('accountNumber'))?.replace(/\D/g, '').slice(-4) ?? null,
    validUntil: validUntil && z.iso.date().safeParse(validUntil).success ? validUntil : null,
  };
}

function readPayer(person: z.infer<typeof personSchema> | null): PayerInput | null {
  if (!person) return null;
  const entries = Object.entries(person).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
