import { z } from 'zod';
import type { CallResult } from './caller.js';
import type { Failure } from './gateway.port.js';
import { redact } from './evidence.rules.js';

/**
 * How an answer is read, once for every call (money rules, section 4):
 *
 *   provably unsent                                     unsent
 *   401 with an envelope                                refused, and the account is flagged
 *   429, any 5xx even with an envelope                  unknown
 *   no whole JSON, no envelope                          unknown
 *   400, 404 or 413 with a FAILED envelope              refused
 *   200 with an envelope                                read on, by what it is about
 *   anything else                                       unknown
 *
 * A refusal proves that nothing was done only to whoever sent the request for the first time.
 */

const text = z.union([z.string(), z.number()]).transform(String);

export const statusSchema = z.object({
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

export interface Said {
  kind: 'said';
  status: WireStatus;
  json: Record<string, unknown>;
}

const REFUSED = new Set([400, 404, 413]);

export function classify(result: CallResult): Said | (Failure & { http?: number }) {
  if (result.kind !== 'answer') return result;
  const { status: http, json } = result;
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return { kind: 'unknown', why: `HTTP ${http}: ${issueText(envelope.error)}` };
  if (http === 429 || http >= 500) return { kind: 'unknown', why: `HTTP ${http}` };
  const { status } = envelope.data;
  if (http === 401) return { ...refusal(status, json), authentication: true, http };
  const failed = status.status === 'FAILED';
  if (REFUSED.has(http) && failed) return { ...refusal(status, json), http };
  if (http === 200) return { kind: 'said', status, json };
  return { kind: 'unknown', why: `HTTP ${http}: ${status.status}` };
}

/** A refusal that came with HTTP 200, or the one above. */
export function refusal(status: WireStatus, json: unknown): Extract<Failure, { kind: 'refused' }> {
  const { reason, message } = status;
  return { kind: 'refused', reason, message, authentication: false, evidence: redact(json) };
}

export function issueText(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `unreadable answer: ${issue.path.join('.')}: ${issue.message}` : 'unreadable answer';
}
