import { z } from 'zod';
import { cappedCountSchema, idSchema, instantSchema, pageQuerySchema, pageSchema } from './list.js';
import { daySchema } from './terms.js';
import { amountMinorSchema, currencySchema } from './money.js';
import { payerSchema } from './session.js';
import { PREAUTHORIZATION_STATES, SITE_MODES, TRANSACTION_KINDS, TRANSACTION_STATES } from './states.js';
import { freeText } from './text.js';
import { gatewayNumberSchema } from './transaction.js';

/** Hours before the presumed release at which a hold is spoken of. */
export const HOLD_WARNING_HOURS = [72, 24, 6] as const;

/** A hold and its life. Its id is that of its check-in transaction. */
export const preauthorizationSchema = z
  .object({
    id: idSchema,
    siteId: idSchema,
    orderId: idSchema,
    sessionId: idSchema.nullable(),
    reference: z.string(),
    description: z.string(),
    state: z.enum(PREAUTHORIZATION_STATES),
    currency: currencySchema,
    /** What the check-in held. */
    placedMinor: z.int(),
    /** What is held now; a range while the outcome of a reauthorization is unknown. */
    heldMinor: z.object({ least: z.int(), most: z.int() }),
    /** Taken of it; 0 until it is captured. */
    capturedMinor: z.int(),
    placedAt: instantSchema,
    /** From then on it is presumed released. */
    expiresAt: instantSchema,
    /** Why nobody can say how it ended, as a message key. */
    unclear: z.string().nullable(),
    payer: payerSchema.pick({ name: true, surname: true, email: true, documentType: true, document: true }),
    methodName: z.string().nullable(),
    lastFour: z.string().nullable(),
    mode: z.enum(SITE_MODES),
    /** An operation whose outcome is open. */
    live: z
      .object({
        transactionId: idSchema,
        kind: z.enum(TRANSACTION_KINDS),
        state: z.enum(TRANSACTION_STATES),
        by: z.string().nullable(),
        at: instantSchema,
      })
      .nullable(),
    rules: z.object({
      /** What may be captured at most; 0 when nothing may. */
      maxCaptureMinor: z.int(),
      /** So much may be held without a second person. */
      raisedAloneMinor: z.int(),
      /** The site's account lets one capture more than is held (a second person approves it). */
      overCapture: z.boolean(),
      /** The provider only raises holds. */
      increaseOnly: z.boolean(),
    }),
    availableActions: z.array(
      z.object({
        /** `settle`: to state how it ended, where nobody could find out. */
        action: z.enum(['checkout', 'reauthorization', 'release', 'settle']),
        allowed: z.boolean(),
        why: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Preauthorization' });
export type PreauthorizationView = z.infer<typeof preauthorizationSchema>;
export const preauthorizationPageSchema = pageSchema(preauthorizationSchema).meta({
  id: 'PreauthorizationPage',
});

/** Sorted by expiry: the nearest first for active ones, the latest first for the rest. */
export const preauthorizationListQuerySchema = z
  .strictObject({
    state: z.enum(PREAUTHORIZATION_STATES).default('active'),
    /** Only those with so many hours left at most. */
    hours: z.coerce.number().int().min(1).max(2_000).optional(),
    siteId: idSchema.optional(),
    q: z.string().trim().max(120).optional(),
  })
  .extend(pageQuerySchema.shape);
export type PreauthorizationListQuery = z.infer<typeof preauthorizationListQuerySchema>;

export const preauthorizationCountsSchema = z
  .object({
    byState: z.record(z.enum(PREAUTHORIZATION_STATES), cappedCountSchema),
    /** Active ones by the hours they have left, each counted in every pile it belongs to. */
    within: z.object({ h6: cappedCountSchema, h24: cappedCountSchema, h72: cappedCountSchema }),
  })
  .meta({ id: 'PreauthorizationCounts' });
export type PreauthorizationCounts = z.infer<typeof preauthorizationCountsSchema>;

const reason = freeText(300).optional();
/** Of `checkout` and `reauthorization`; a release has no amount. */
export const holdStepSchema = z
  .strictObject({ amountMinor: amountMinorSchema, currency: currencySchema, reason })
  .meta({ id: 'HoldStep' });
export type HoldStep = z.infer<typeof holdStepSchema>;
export const releaseSchema = z.strictObject({ reason }).meta({ id: 'Release' });
export type Release = z.infer<typeof releaseSchema>;

/** What a person knows of how a hold ended that nobody could find out. Always needs a second person. */
export const settleHoldSchema = z
  .strictObject({
    ended: z.enum(['captured', 'released']),
    /** How much was captured, and on which day in the site's zone; none of a released one. */
    amountMinor: amountMinorSchema.optional(),
    day: daySchema.optional(),
    /** Of a captured one: the capture's number at the gateway. Without it nothing of it can be refunded from here. */
    internalReference: gatewayNumberSchema.optional(),
    /** Where one can read it: a statement line, the gateway's console. */
    evidence: freeText(1_000).pipe(z.string().min(5)),
    reason: freeText(300).pipe(z.string().min(1)),
  })
  .meta({ id: 'SettleHold' });
export type SettleHold = z.infer<typeof settleHoldSchema>;
