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
  not_reported: 409,
  idempotency_key_missing: 400,
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
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
