import { applyDecorators, SerializeOptions } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { ProblemError } from './problem.js';

/** Declares what a route answers: documents it and lets nothing else out. */
export function Answers(schema: z.ZodType, status = 200): MethodDecorator {
  return applyDecorators(
    SerializeOptions({ schema }),
    ApiResponse({ status, standardSchema: schema as never }),
  );
}

export function itemsSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) });
}

/** Documents the header that makes a write safe to repeat. */
export function KeyHeader(): MethodDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'Yours to choose, 8 to 100 characters; repeat it with the same body after any doubt.',
  });
}

/** Errors: idempotency_key_missing, idempotency_key_malformed. */
export function idempotencyKey(header: string | undefined): string {
  if (!header) throw new ProblemError('idempotency_key_missing');
  if (!/^[\x21-\x7e]{8,100}$/.test(header)) throw new ProblemError('idempotency_key_malformed');
  return header;
}
