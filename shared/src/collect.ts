import { z } from 'zod';
import { approvalSchema } from './approval.js';
import { idSchema, instantSchema } from './list.js';
import { amountMinorSchema, currencySchema } from './money.js';
import { referenceSchema } from './opening.js';
import { SESSION_STATES } from './states.js';
import { TAXES_ABOVE, taxesWithin, taxSchema } from './terms.js';
import { freeText } from './text.js';

/** A charge of a stored means of payment, without its payer. */
export const createCollectSchema = z
  .strictObject({
    instrumentId: idSchema,
    /** Names the order: a new one, or one that is due and asks for exactly this. */
    reference: referenceSchema,
    description: freeText(250).pipe(z.string().min(1)),
    amountMinor: amountMinorSchema,
    currency: currencySchema,
    taxes: z.array(taxSchema).max(20).default([]),
    /** Holds the amount instead of taking it. */
    hold: z.boolean().default(false),
    reason: freeText(300).optional(),
  })
  .refine(taxesWithin, TAXES_ABOVE)
  .meta({ id: 'CreateCollect' });
export type CreateCollect = z.infer<typeof createCollectSchema>;

export const collectPreviewQuerySchema = z.strictObject({
  instrumentId: idSchema,
  reference: referenceSchema,
  amountMinor: z.coerce.number().pipe(amountMinorSchema),
  currency: currencySchema,
});

/**
 * Nothing was charged: what a person knows of a charge whose outcome nobody could find out. Always needs a second person.
 * One that was made needs no statement: the gateway is asked about its number.
 */
export const unchargedSchema = z
  .strictObject({
    /** Where one can read it: a statement, the gateway's console. */
    evidence: freeText(1_000).pipe(z.string().min(5)),
    reason: freeText(300).pipe(z.string().min(1)),
  })
  .meta({ id: 'Uncharged' });
export type Uncharged = z.infer<typeof unchargedSchema>;

/** What asking for a charge would do now; nothing is written. */
export const collectPreviewSchema = z
  .object({
    /** The gateway charges the same reference, total and currency once in 24 hours: this went out already. */
    shield: z
      .object({
        sessionId: idSchema,
        state: z.enum(SESSION_STATES),
        sentAt: instantSchema,
        until: instantSchema,
        /** Who asked for it; empty for a schedule and for shops. */
        by: z.string(),
      })
      .nullable(),
    /** Which limit it exceeds, as a message key; null: nobody needs to approve it. */
    needsApproval: z.string().nullable(),
    /** Why it cannot be charged at all, as a message key. */
    why: z.string().nullable(),
  })
  .meta({ id: 'CollectPreview' });
export type CollectPreview = z.infer<typeof collectPreviewSchema>;

/** What truly came of it. `unknown`: the gateway did not answer; it is found out, and must not be repeated. */
export const collectResultSchema = z
  .object({
    result: z.enum(['approved', 'rejected', 'pending', 'unknown', 'approval']),
    /** The payment that it is; null while a second person is asked. */
    session: z
      .object({
        id: idSchema,
        state: z.enum(SESSION_STATES),
        reason: z.string().nullable(),
        message: z.string().nullable(),
      })
      .nullable(),
    approval: approvalSchema.nullable(),
  })
  .meta({ id: 'CollectResult' });
export type CollectResult = z.infer<typeof collectResultSchema>;
