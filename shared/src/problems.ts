import { z } from 'zod';

/** Stable error codes of the API, with the HTTP status each travels with. Texts are for people and may change. */
export const PROBLEMS = {
  validation: 422,
  malformed_body: 400,
  body_too_large: 413,
  unsupported_content_type: 415,
  not_signed_in: 401,
  wrong_credentials: 401,
  locked_out: 429,
  too_many_requests: 429,
  forbidden: 403,
  wrong_origin: 403,
  not_found: 404,
  link_used: 410,
  conflict: 409,
  email_taken: 409,
  code_taken: 409,
  order_paid: 409,
  order_part_paid: 409,
  order_held: 409,
  order_agreed: 409,
  order_differs: 409,
  session_live: 409,
  session_over: 409,
  session_being_paid: 409,
  session_partly_paid: 409,
  attempt_pending: 409,
  no_remainder: 409,
  not_to_confirm: 409,
  confirmation_over: 409,
  operation_live: 409,
  /** Another request about the same waits for a second person: `other` says whose, `subject` which. */
  request_waiting: 409,
  /** Suspended, revoked, expired, or of a kind that nothing can be charged to; `detail` says which. */
  instrument_unusable: 409,
  /** It is revoked: it can be neither suspended nor resumed any more. */
  instrument_ended: 409,
  /** Its payer has stored another one in its place: `subject` says which. */
  instrument_replaced: 409,
  /** It is not as that needs it to be; `detail` says how it is. */
  schedule_state: 409,
  /** That means of payment is not the schedule's payer's: `errors` names the field with which one says that it is meant. */
  another_payer: 409,
  /** The period is paid, given up, or being charged. */
  period_over: 409,
  /** The same went out within 24 hours and the gateway charges it once: `other` says what, `detail` until when. */
  charged_already: 409,
  /** Its outcome is known, or still being found out. */
  charge_not_unknown: 409,
  /** More than is left to refund; `other` is null, `errors` names amountMinor. */
  not_refundable: 409,
  /** An equal refund was asked for within 24 hours: `other` says by whom; say `again` to mean it. */
  again_needed: 409,
  /** No route leads there: country, hour or gateway. */
  refund_impossible: 409,
  /** More than one person may refund; ask again, and a second person is asked. */
  above_limit: 409,
  hold_over: 409,
  not_waiting: 409,
  not_unknown: 409,
  hold_not_unclear: 409,
  own_request: 403,
  approval_over: 409,
  approval_differs: 409,
  batch_over: 409,
  /** The password once more: nobody touched this login for five minutes. */
  password_needed: 403,
  /** The key was made before keys had a person behind them: make a new one. */
  key_without_person: 403,
  not_reported: 409,
  idempotency_key_missing: 400,
  /** 8 to 100 visible ASCII characters. */
  idempotency_key_malformed: 400,
  idempotency_key_reused: 409,
  request_in_progress: 409,
  bad_signature: 400,
  gateway_refused: 422,
  gateway_unreachable: 502,
  not_in_production: 404,
  not_ready: 503,
  internal: 500,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string(),
    /** Field path → message keys, e.g. `{"amountMinor": ["not_positive"]}`. */
    errors: z.record(z.string(), z.array(z.string())).optional(),
    /** What the problem is about: the session that is live, the order that is paid … */
    subject: z.object({ type: z.string(), id: z.string() }).optional(),
    /** Whose deed stands in the way: the loser of a race is told who did what. */
    other: z
      .object({
        kind: z.string(),
        state: z.string(),
        amountMinor: z.int(),
        currency: z.string(),
        by: z.string().nullable(),
        at: z.string(),
      })
      .optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
