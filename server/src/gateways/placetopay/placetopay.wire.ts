import {
  decimalToMinor,
  isCurrency,
  minorToDecimal,
  type Currency,
  type PayerInput,
  type TransactionState,
} from '@recaudo/shared';
import { z } from 'zod';
import type { JsonValue } from '../../audit/audit.entity.js';
import type { AttemptSnapshot, OpenRequest, SessionSnapshot } from '../gateway.port.js';

/** The JSON of PlacetoPay Checkout, read tolerantly: unknown fields pass, known ones must make sense. */

const text = z.union([z.string(), z.number()]).transform(String);

const statusSchema = z.object({
  status: z.string(),
  reason: text.nullish().transform((reason) => reason ?? ''),
  message: z
    .string()
    .nullish()
    .transform((message) => message ?? ''),
  date: z.iso.datetime({ offset: true }).transform((date) => new Date(date)),
});
export type WireStatus = z.infer<typeof statusSchema>;

export const envelopeSchema = z.object({ status: statusSchema });

const amountSchema = z
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

const transactionSchema = z.object({
  status: statusSchema,
  internalReference: text.pipe(z.string().regex(/^\d{1,19}$/)),
  reference: z.string(),
  paymentMethod: z.string().nullish(),
  paymentMethodName: z.string().nullish(),
  issuerName: z.string().nullish(),
  amount: z.object({ from: amountSchema, to: amountSchema, factor: text.nullish() }),
  authorization: text.nullish(),
  receipt: text.nullish(),
  franchise: z.string().nullish(),
  refunded: z.boolean().nullish(),
  processorFields: z.array(fieldSchema).nullish(),
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

const sessionSchema = z.object({
  requestId: text.pipe(z.string().regex(/^\d{1,19}$/)),
  status: statusSchema,
  request: z.object({
    payer: personSchema.nullish().catch(null),
    payment: z.object({ reference: z.string(), amount: amountSchema }),
  }),
  payment: z.array(transactionSchema).nullish(),
});

export const createdSchema = z.object({
  status: statusSchema,
  requestId: z.int().positive(),
  processUrl: z.url({ protocol: /^https?$/ }),
});

export const notificationSchema = z.object({
  status: z.object({ status: z.string().max(40), date: z.string().max(40) }),
  requestId: z.union([z.int().positive(), z.string().regex(/^\d{1,19}$/)]).transform(String),
  reference: text.nullish().transform((reference) => reference ?? ''),
  signature: z.string().max(100),
});

/** 8450000 COP → 84500; the text is exact and the number is its nearest, as JSON readers expect. */
function wireTotal(amountMinor: number, currency: Currency): number {
  return Number(minorToDecimal(amountMinor, currency));
}

export function createBody(auth: unknown, request: OpenRequest): Record<string, unknown> {
  return {
    auth,
    locale: request.locale,
    ...(request.payer ? { buyer: withoutEmpty(request.payer) } : {}),
    payment: {
      reference: request.reference,
      description: request.description,
      amount: { currency: request.currency, total: wireTotal(request.amountMinor, request.currency) },
    },
    expiration: request.expiresAt.toISOString(),
    returnUrl: request.returnUrl,
    ipAddress: request.ipAddress,
    userAgent: request.userAgent,
  };
}

function withoutEmpty(payer: PayerInput): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payer).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/** A query's answer in our words, or the reason why it cannot be one. */
export function readSession(
  json: unknown,
): { ok: true; session: SessionSnapshot } | { ok: false; why: string } {
  const result = sessionSchema.safeParse(json);
  if (!result.success) return { ok: false, why: issueText(result.error) };
  const wire = result.data;
  const state = sessionState(wire.status);
  if (state === null) return { ok: false, why: `session state ${wire.status.status}` };
  return {
    ok: true,
    session: {
      number: wire.requestId,
      reference: wire.request.payment.reference,
      state,
      reason: wire.status.reason,
      message: wire.status.message,
      at: wire.status.date,
      askedMinor: wire.request.payment.amount.minor,
      askedCurrency: wire.request.payment.amount.currency,
      attempts: [...(wire.payment ?? [])].reverse().map(readAttempt),
      payer: readPayer(wire.request.payer ?? null),
      evidence: redact(json),
    },
  };
}

/** House rule: an end by the payer is `?C`, by the merchant `MC`, by time `EX`; any other refusal is a rejection. */
export function sessionState(status: WireStatus): SessionSnapshot['state'] | null {
  if (status.status === 'PENDING') return 'pending';
  if (status.status === 'APPROVED') return 'approved';
  if (status.status !== 'REJECTED') return null;
  if (status.reason === '?C' || status.reason === 'MC') return 'cancelled';
  if (status.reason === 'EX' || /expirad|expired/i.test(status.message)) return 'expired';
  return 'rejected';
}

/** Any other word of the shared enumeration (ERROR, MANUAL, DISPUTE …) is not ours to interpret: unknown. */
const TRANSACTION_STATES: Record<string, TransactionState> = {
  APPROVED: 'approved',
  REJECTED: 'rejected',
  FAILED: 'rejected',
  PENDING: 'pending',
  PENDING_VALIDATION: 'pending',
  PENDING_CONFIRMATION: 'pending',
  PENDING_PROCESS: 'pending',
};

function readAttempt(wire: WireTransaction): AttemptSnapshot {
  const state = TRANSACTION_STATES[wire.status.status] ?? 'unknown';
  const fields = new Map((wire.processorFields ?? []).map((field) => [field.keyword, field.value]));
  const lastDigits = JSON.stringify(fields.get('lastDigits') ?? '').replace(/\D/g, '');
  const installments = Number(fields.get('installments') ?? Number.NaN);
  return {
    internalReference: wire.internalReference,
    reference: wire.reference,
    state,
    reason: wire.status.reason,
    message: wire.status.message,
    at: wire.status.date,
    fromMinor: wire.amount.from.minor,
    fromCurrency: wire.amount.from.currency,
    toMinor: wire.amount.to.minor,
    toCurrency: wire.amount.to.currency,
    factor: wire.amount.factor ?? '1',
    method: wire.paymentMethod ?? null,
    methodName: wire.paymentMethodName ?? null,
    franchise: wire.franchise ?? null,
    issuer: wire.issuerName ?? null,
    lastFour: /^\d{4}$/.test(lastDigits.slice(-4)) ? lastDigits.slice(-4) : null,
    authorization: state === 'approved' ? (wire.authorization ?? null) : null,
    receipt: wire.receipt ?? null,
    installments: Number.isSafeInteger(installments) ? installments : null,
    refunded: wire.refunded ?? false,
  };
}

function readPayer(person: z.infer<typeof personSchema> | null): PayerInput | null {
  if (!person) return null;
  const entries = Object.entries(person).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

const KEPT_DEPTH = 8;
const SECRET_KEYS = /^(auth|token|subtoken|cvv|otp|pin|password|tranKey|secretKey|number|processUrl)$/i;
const PERSON_KEYS = /^(payer|buyer|shipping)$/;

/** What we keep of an answer: no credentials, no tokens, no addresses to pay at, no personal data. */
export function redact(value: unknown, depth = 0): JsonValue {
  if (depth > KEPT_DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, 60).map((each) => redactField(each, depth));
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).slice(0, 80);
    return Object.fromEntries(
      kept.map(([key, each]) => [
        key,
        SECRET_KEYS.test(key) || PERSON_KEYS.test(key) ? '(kept out)' : redact(each, depth + 1),
      ]),
    );
  }
  if (typeof value === 'string') return value.slice(0, 500);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function redactField(value: unknown, depth: number): JsonValue {
  const keyword = (value as { keyword?: unknown } | null)?.keyword;
  if (typeof keyword === 'string' && /token|_processUrl_|expiration/i.test(keyword)) {
    return { keyword, value: '(kept out)' };
  }
  return redact(value, depth + 1);
}

export function issueText(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `unreadable answer: ${issue.path.join('.')}: ${issue.message}` : 'unreadable answer';
}
