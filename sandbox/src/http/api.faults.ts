/** The fault menu at work on a call: what takes the place of the call, or of its answer. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { Fault } from '../platform/faults.js';
import type { Answer } from '../wire/envelope.js';
import { isObject } from '../wire/reading.js';
import type { Json } from '../wire/reading.js';
import { CallFailure } from '../wire/refusal.js';
import { answerFor } from './answers.js';
import type { Voice } from './answers.js';

/** Asked for by a tester, so nothing to log. */
class PlannedFault extends Error {}

export const isPlanned = (error: unknown): boolean => error instanceof PlannedFault;

/** True when the fault has taken the call's place. Throws what is answered instead of acting. */
export async function failBefore(fault: Fault, reply: FastifyReply): Promise<boolean> {
  // The caller may have gone when it acts, as at a gateway that is slow; only the end of the program cuts it short.
  if (fault.kind === 'slow') await wait(fault.delayMs, undefined, { ref: false });
  if (fault.kind === 'error_500') throw new PlannedFault('a fault of the fault menu');
  if (fault.kind === 'rate_limited') throw new CallFailure(429, 'RM', 'rateLimited');
  if (fault.kind === 'drop_before') drop(reply);
  return fault.kind === 'drop_before';
}

/** True when the fault has taken the answer's place; what was done is done. */
export function failAfter(
  { kind }: Fault,
  reply: FastifyReply,
  answer: Answer,
  { voice, now }: { voice: Voice; now: Date },
): boolean {
  switch (kind) {
    case 'drop_after':
      drop(reply);
      return true;
    case 'error_500_after': {
      const failure = answerFor(new PlannedFault(), voice, now);
      void reply.code(failure.http).send(failure.body);
      return true;
    }
    case 'malformed': {
      const text = JSON.stringify(answer.body);
      const half = text.slice(0, Math.floor(text.length / 2));
      void reply.code(answer.http).type('application/json; charset=utf-8').send(half);
      return true;
    }
    case 'not_json':
      void reply.code(200).type('text/html; charset=utf-8').send(NOT_JSON);
      return true;
    case 'other_reference':
    case 'other_amount':
    case 'less_amount':
    case 'frozen_refunded':
      void reply.code(answer.http).send(rewritten(answer.body, REWRITING[kind]));
      return true;
    default:
      return false;
  }
}

const NOT_JSON = '<!doctype html><title>Mantenimiento</title><h1>Volvemos en unos minutos</h1>';

function drop(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.destroy();
}

type Rewriting = (key: string, value: unknown) => unknown;

const REWRITING: Record<'other_reference' | 'other_amount' | 'less_amount' | 'frozen_refunded', Rewriting> = {
  other_reference: (key, value) =>
    key === 'reference' && typeof value === 'string' ? `X${value}`.slice(0, 32) : value,
  // One unit more, which no rounding explains.
  other_amount: (key, value) => (key === 'total' && typeof value === 'number' ? value + 1 : value),
  less_amount: (key, value) => (key === 'total' && typeof value === 'number' ? value - 1 : value),
  frozen_refunded: (key, value) => (key === 'refunded' ? false : value),
};

/** A copy of an answer in which every field has passed through the rewriting; dates and statuses stay. */
function rewritten(body: Json, rewrite: Rewriting): Json {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rewrite(key, copy(inner))]));
  };
  return copy(body) as Json;
}
