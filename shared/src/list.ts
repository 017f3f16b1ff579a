import { z } from 'zod';

/** Counting stops here: beyond it a list says "10 000+". */
export const COUNT_CAP = 10_000;

/** ISO 8601 with an offset, from the year 2000 on: PostgreSQL and JavaScript disagree about the ends of time. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => !/^\d{4}-/.test(text) || text.startsWith('2'), { message: 'invalid_format' });
export const idSchema = z.uuid();

/** Keyset paging: the cursor is opaque and belongs in the URL; there are no page numbers. */
export const pageQuerySchema = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

export const cappedCountSchema = z
  .object({ count: z.int(), capped: z.boolean() })
  .meta({ id: 'CappedCount' });
export type CappedCount = z.infer<typeof cappedCountSchema>;

export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    total: cappedCountSchema,
  });
}
export interface Page<T> {
  items: T[];
  next: string | null;
  previous: string | null;
  total: CappedCount;
}
