import { z } from 'zod';
import { idSchema, instantSchema, pageSchema } from './list.js';
import { currencySchema } from './money.js';
import { REVIEW_KINDS } from './states.js';
import { freeText } from './text.js';

export const reviewSchema = z
  .object({
    id: idSchema,
    kind: z.enum(REVIEW_KINDS),
    siteId: idSchema,
    sessionId: idSchema.nullable(),
    orderId: idSchema.nullable(),
    reference: z.string().nullable(),
    amountMinor: z.int().nullable(),
    currency: currencySchema.nullable(),
    data: z.record(z.string(), z.json()),
    openedAt: instantSchema,
    resolvedAt: instantSchema.nullable(),
    resolvedBy: z.string().nullable(),
    note: z.string().nullable(),
    /** Who takes care of it. */
    owner: z.string().nullable(),
  })
  .meta({ id: 'Review' });
export type ReviewView = z.infer<typeof reviewSchema>;
export const reviewPageSchema = pageSchema(reviewSchema).meta({ id: 'ReviewPage' });
export const resolveReviewSchema = z
  .object({ note: freeText(500).pipe(z.string().min(3)) })
  .meta({ id: 'ResolveReview' });
export type ResolveReview = z.infer<typeof resolveReviewSchema>;

/** Gives up what is left of an order. */
export const agreeSchema = z.object({ reason: freeText(500).pipe(z.string().min(3)) }).meta({ id: 'Agree' });
export type Agree = z.infer<typeof agreeSchema>;

/** Says that a reported charge did happen, and how one knows. */
export const attestSchema = z.object({ note: freeText(500).pipe(z.string().min(3)) }).meta({ id: 'Attest' });
export type Attest = z.infer<typeof attestSchema>;
