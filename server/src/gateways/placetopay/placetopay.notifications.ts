import { z } from 'zod';
import { redact } from '../evidence.rules.js';
import type { NotificationReading, SessionEnd } from '../gateway.port.js';
import { signatureMatches } from './placetopay.auth.js';
import { sessionState, transactionState } from './placetopay.wire.js';

/** What the gateway tells by itself: verified by its signature, over the values exactly as sent. Protocol 7. */

const text = z.union([z.string(), z.number()]).transform(String);

const signedStatus = z.object({
  status: z.string().max(40),
  reason: text.nullish().transform((reason) => reason ?? ''),
  message: z
    .string()
    .nullish()
    .transform((message) => message ?? ''),
  date: z.string().max(40),
});
const anyNumber = z.union([z.int().positive(), z.string().regex(/^\d{1,19}$/)]).transform(String);
const anyReference = text.nullish().transform((reference) => reference ?? '');

const notificationSchema = z.object({
  status: signedStatus,
  requestId: anyNumber,
  reference: anyReference,
  signature: z.string().max(100),
});

/** No requestId: the charge's own number instead, and what is left of the recurrence. */
const recurringSchema = z.object({
  status: signedStatus.extend({ date: z.iso.datetime({ offset: true }) }),
  internalReference: anyNumber,
  reference: anyReference,
  signature: z.string().max(100),
  recurring: z.object({
    tries: z
      .union([z.int(), z.string().regex(/^\d{1,4}$/)])
      .transform(Number)
      .nullish()
      .catch(null),
    enabled: z
      .union([z.number(), z.boolean(), z.string()])
      .transform((flag) => /^(1|true)$/.test(String(flag))),
  }),
});

export function readNotification(body: unknown, secrets: string[]): NotificationReading {
  if (typeof body === 'object' && body !== null && 'recurring' in body) return readRecurring(body, secrets);
  const parsed = notificationSchema.safeParse(body);
  if (!parsed.success) return malformed(parsed.error);
  const { requestId, status, reference, signature } = parsed.data;
  const signed = signatureMatches(signature, [requestId, status.status, status.date], secrets);
  return signed
    ? { kind: 'session', number: requestId, reference, end: endOf(status), evidence: redact(body) }
    : { kind: 'badSignature' };
}

function endOf(status: z.infer<typeof signedStatus>): SessionEnd | null {
  const state = sessionState(status);
  const at = new Date(status.date);
  return state === null || Number.isNaN(at.getTime()) ? null : { state, at };
}

/** House rule: the charge's number takes the place of the session's in what is signed. */
function readRecurring(body: unknown, secrets: string[]): NotificationReading {
  const parsed = recurringSchema.safeParse(body);
  if (!parsed.success) return malformed(parsed.error);
  const { internalReference, status, reference, signature, recurring } = parsed.data;
  if (!signatureMatches(signature, [internalReference, status.status, status.date], secrets))
    return { kind: 'badSignature' };
  const { reason, message } = status;
  const charge = {
    internalReference,
    reference,
    state: transactionState(status.status),
    reason,
    message,
    at: new Date(status.date),
    tries: recurring.tries ?? null,
    enabled: recurring.enabled,
  };
  return { kind: 'recurring', charge, evidence: redact(body) };
}

function malformed(error: { issues: { path: PropertyKey[] }[] }): NotificationReading {
  return { kind: 'malformed', field: error.issues[0]?.path.join('.') ?? 'body' };
}
