import { z } from 'zod';
import { cappedCountSchema, idSchema, instantSchema, pageQuerySchema, pageSchema } from './list.js';
import { emailSchema } from './person.js';
import { instrumentSchema, payerSchema, timelineEntrySchema } from './session.js';
import { SITE_MODES } from './states.js';
import { freeText } from './text.js';

/** How near its last day a means of payment counts as expiring, unless the reader says otherwise. */
export const EXPIRING_DAYS = 30;

/**
 * The piles of the list. `active`: can be charged. `expiring`: can be charged, and its last day is near. `expired`: nobody
 * ended it, and its last day is over.
 */
export const INSTRUMENT_PILES = [
  'active',
  'expiring',
  'suspended',
  'expired',
  'revoking',
  'revoked',
] as const;
export type InstrumentPile = (typeof INSTRUMENT_PILES)[number];

/** A stored means of payment with its owner; masked. */
export const instrumentItemSchema = instrumentSchema
  .extend({
    siteId: idSchema,
    mode: z.enum(SITE_MODES),
    /** Its last day is over. */
    expired: z.boolean(),
    /** The session that stored it. */
    sessionId: idSchema.nullable(),
    payer: payerSchema
      .pick({ name: true, surname: true, email: true, documentType: true, document: true })
      .extend({ id: idSchema.nullable() }),
    /** Who suspended it, when and why; null once it is resumed. */
    suspended: z.object({ at: instantSchema, by: z.string().nullable(), reason: z.string() }).nullable(),
    replacesId: idSchema.nullable(),
    replacedById: idSchema.nullable(),
  })
  .meta({ id: 'InstrumentItem' });
export type InstrumentItem = z.infer<typeof instrumentItemSchema>;
export const instrumentPageSchema = pageSchema(instrumentItemSchema).meta({ id: 'InstrumentPage' });

export const instrumentDetailSchema = instrumentItemSchema
  .extend({
    /** What else the same payer has stored, newest first; at most 50. */
    others: z.array(instrumentItemSchema),
    timeline: z.array(timelineEntrySchema),
    availableActions: z.array(
      z.object({
        action: z.enum(['charge', 'suspend', 'resume', 'replace', 'revoke']),
        allowed: z.boolean(),
        /** Why not, as a message key; null when allowed. */
        why: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'InstrumentDetail' });
export type InstrumentDetail = z.infer<typeof instrumentDetailSchema>;
export type InstrumentActionName = InstrumentDetail['availableActions'][number]['action'];

export const instrumentFilterSchema = z.strictObject({
  state: z.enum(INSTRUMENT_PILES).optional(),
  /** Only those that can be charged and whose last day is so many days away at most. */
  expiringWithin: z.coerce.number().int().min(1).max(366).optional(),
  siteId: idSchema.optional(),
  payerId: idSchema.optional(),
  /** As the gateway writes it, such as `visa`, whatever its case. */
  brand: z.string().trim().max(40).optional(),
  /** Exact id, e-mail, document, or last four digits, also as the screens mask them (`···· 1111`). */
  q: z.string().trim().max(120).optional(),
});
export type InstrumentFilter = z.infer<typeof instrumentFilterSchema>;

/** `expiring` is sorted by its last day, nearest first, and `expired` latest first, whatever `sort` says. */
export const instrumentListQuerySchema = instrumentFilterSchema
  .extend(pageQuerySchema.shape)
  .extend({ sort: z.enum(['newest', 'oldest']).default('newest') });
export type InstrumentListQuery = z.infer<typeof instrumentListQuerySchema>;

export const instrumentCountsSchema = z
  .object({ all: cappedCountSchema, byState: z.record(z.enum(INSTRUMENT_PILES), cappedCountSchema) })
  .meta({ id: 'InstrumentCounts' });
export type InstrumentCounts = z.infer<typeof instrumentCountsSchema>;

const reasoned = z.strictObject({ reason: freeText(300).pipe(z.string().min(1)) });
export const revokeSchema = reasoned.meta({ id: 'Revoke' });
export type Revoke = z.infer<typeof revokeSchema>;
export const suspendSchema = reasoned.meta({ id: 'Suspend' });
export type Suspend = z.infer<typeof suspendSchema>;

/** Where the link is sent; without one, to the payer's own address. */
export const replaceInstrumentSchema = z
  .strictObject({ email: emailSchema.optional() })
  .meta({ id: 'ReplaceInstrument' });
export type ReplaceInstrument = z.infer<typeof replaceInstrumentSchema>;

/** The link at which the payer stores another means of payment. */
export const replacementSchema = z
  .object({
    sessionId: idSchema,
    linkUrl: z.string(),
    expiresAt: instantSchema,
    /** Null: no address is known, and nothing was sent. */
    mailedTo: z.string().nullable(),
  })
  .meta({ id: 'Replacement' });
export type Replacement = z.infer<typeof replacementSchema>;
