/** The reasons of protocol 2.3 under which a request is refused with HTTP 400. */
export type RefusalReason = 'request_not_valid' | 'payer_data_not_valid' | 'max_dispersion_error';

/** A request that is refused. `field` is the path that the message names, `rule` the key of its text. */
export class Refusal extends Error {
  constructor(
    readonly field: string,
    readonly rule: string,
    readonly limit = '',
    readonly reason: RefusalReason = 'request_not_valid',
  ) {
    super(`${field}: ${rule}`);
  }
}

/** A call that makes sense and is still not done; `text` is the key of its whole message (protocol 2.3). */
export class CallFailure extends Error {
  constructor(
    readonly http: 400 | 404 | 429,
    readonly reason: string | number,
    readonly text: string,
    readonly detail = '',
  ) {
    super(`${reason}: ${text}`);
  }
}

const MAX_DEPTH = 20;

/** Refuses what no store can hold: nesting without end, and the NUL character. */
export function refuseUnstorable(value: unknown, field = 'body', depth = 0): void {
  if (depth > MAX_DEPTH) throw new Refusal(field, 'tooDeep');
  if (typeof value === 'string' && value.includes('\0')) throw new Refusal(field, 'characters');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0')) throw new Refusal(field, 'characters');
    refuseUnstorable(inner, depth === 0 ? key : `${field}.${key}`, depth + 1);
  }
}
