import { applyDecorators, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

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
