/** Reading what is sent to the control API; what makes no sense is told by the name of its field. */
import type { FastifyRequest } from 'fastify';

/** A control request that makes no sense; the message says which field and why. */
export class ControlError extends Error {
  constructor(
    message: string,
    readonly statusCode = 400,
    /** For the form that sent it; null where no one field is to blame. */
    readonly field: string | null = null,
  ) {
    super(message);
  }
}

export type Fields = Record<string, unknown>;

export function fieldsOf(request: FastifyRequest): Fields {
  const { body } = request;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ControlError('send a JSON object');
  }
  return body as Fields;
}

export function refuseOthers(others: Fields): void {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new ControlError(`${unknown}: no such field`, 400, unknown);
}

export function integer(value: unknown, field: string, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new ControlError(`${field}: must be a whole number from ${min} to ${max}`, 400, field);
  }
  return value;
}

export function queryNumber(text: string | undefined, field: string, fallback: number, max: number): number {
  return text === undefined ? fallback : integer(Number(text), field, 0, max);
}

const MAX_OUTCOMES = 1_000;

/** What the next charges of a recurrence are answered. Throws ControlError. */
export function readOutcomes(value: unknown): string[] {
  const isReason = (one: unknown): one is string => typeof one === 'string' && /^[0-9A-Z?!-]{1,4}$/.test(one);
  if (!Array.isArray(value) || value.length > MAX_OUTCOMES || !value.every(isReason)) {
    throw new ControlError(
      `outcomes: must be a list of at most ${MAX_OUTCOMES} reasons, 00 for approved`,
      400,
      'outcomes',
    );
  }
  return value;
}
