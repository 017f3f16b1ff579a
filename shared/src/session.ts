import { z } from 'zod';
import { amountMinorSchema, currencySchema } from './money.js';
import { idSchema, instantSchema, cappedCountSchema, pageQuerySchema, pageSchema } from './list.js';
import { freeText, holdsCardNumber } from './text.js';
import { emailSchema } from './person.js';
import { ORDER_STATES, REVIEW_KINDS, SESSION_STATES, SITE_MODES, TRANSACTION_STATES } from './states.js';

/** Shortest life of a session: the gateway refuses anything nearer. */
export const MIN_EXPIRATION_MS = 5 * 60_000;
export const DEFAULT_EXPIRATION_MS = 24 * 3_600_000;
export const MAX_EXPIRATION_MS = 90 * 24 * 3_600_000;

export const SESSION_LOCALES = ['es_CO', 'es_EC', 'es_PR', 'es_CL', 'es_PA', 'es_CR', 'en_US'] as const;

export const payerInputSchema = z.object({
  name: freeText(60).optional(),
  surname: freeText(60).optional(),
  email: emailSchema.optional(),
  documentType: z.string().trim().max(6).optional(),
  // An Ecuadorian RUC has 13 digits, so only what is longer can be told from a card.
  document: z
    .string()
    .trim()
    .max(25)
    .refine((text) => text.replace(/\D/g, '').length < 15 || !holdsCardNumber(text), {
      message: 'card_number',
    })
    .optional(),
  mobile: freeText(30).optional(),
});
export type PayerInput = z.infer<typeof payerInputSchema>;

/** What it takes to open a payment. `reference` names the order: 1–32 characters, kept as the gateway's reference. */
export const createSessionSchema = z
  .object({
    siteId: idSchema,
    reference: z
      .string()
      .trim()
      .min(1)
      .max(32)
      .regex(/^[\w\-#/$:. ]+$/, { message: 'reference_characters' }),
    description: freeText(250).pipe(z.string().min(1)),
    amountMinor: amountMinorSchema,
    currency: currencySchema,
    payer: payerInputSchema.optional(),
    /** Absolute; default 24 hours from now; at least 5 minutes, at most 90 days ahead. */
    expiresAt: instantSchema.optional(),
    locale: z.enum(SESSION_LOCALES).optional(),
    /** The shop's own address, offered to the payer at the end. */
    returnUrl: z
      .url({ protocol: /^https?$/ })
      .max(255)
      .optional(),
    /** The payer's address and browser, when the shop knows them. */
    ipAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
    userAgent: z.string().max(255).optional(),
  })
  .meta({ id: 'CreateSession' });
export type CreateSession = z.infer<typeof createSessionSchema>;

export const payerSchema = z.object({
  id: idSchema,
  name: z.string().nullable(),
  surname: z.string().nullable(),
  email: z.string().nullable(),
  documentType: z.string().nullable(),
  document: z.string().nullable(),
  mobile: z.string().nullable(),
});

export const transactionSchema = z
  .object({
    id: idSchema,
    sessionId: idSchema.nullable(),
    kind: z.literal('payment'),
    state: z.enum(TRANSACTION_STATES),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    internalReference: z.string(),
    amountMinor: z.int(),
    currency: currencySchema,
    method: z.string().nullable(),
    methodName: z.string().nullable(),
    issuer: z.string().nullable(),
    lastFour: z.string().nullable(),
    authorization: z.string().nullable(),
    receipt: z.string().nullable(),
    refunded: z.boolean(),
    /** When the gateway says it happened. */
    at: instantSchema,
    origin: z.enum(['us', 'gateway', 'statement', 'person']),
  })
  .meta({ id: 'Transaction' });
export type TransactionView = z.infer<typeof transactionSchema>;

const sessionFields = {
  id: idSchema,
  siteId: idSchema,
  orderId: idSchema,
  reference: z.string(),
  description: z.string(),
  amountMinor: z.int(),
  currency: currencySchema,
  state: z.enum(SESSION_STATES),
  /** The gateway's reason code for the present state. */
  reason: z.string().nullable(),
  orderState: z.enum(ORDER_STATES),
  mode: z.enum(SITE_MODES),
  gateway: z.literal('placetopay'),
  /** The gateway's own number. */
  gatewayNumber: z.string().nullable(),
  payer: payerSchema.pick({ name: true, surname: true, email: true, documentType: true, document: true }),
  attempts: z.int(),
  lastFour: z.string().nullable(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  endedAt: instantSchema.nullable(),
};

export const sessionListItemSchema = z.object(sessionFields).meta({ id: 'SessionListItem' });
export type SessionListItem = z.infer<typeof sessionListItemSchema>;
export const sessionPageSchema = pageSchema(sessionListItemSchema).meta({ id: 'SessionPage' });

export const timelineEntrySchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    /** A stable key such as `session.opened`; the screens translate it. */
    kind: z.string(),
    actor: z.object({
      type: z.enum(['person', 'key', 'payer', 'gateway', 'system']),
      name: z.string().nullable(),
    }),
    data: z.record(z.string(), z.json()),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const availableActionSchema = z.object({
  action: z.enum(['check', 'copyLink', 'openAgain']),
  allowed: z.boolean(),
  /** Why not, as a message key; null when allowed. */
  why: z.string().nullable(),
});
export type AvailableAction = z.infer<typeof availableActionSchema>;

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
  })
  .meta({ id: 'Review' });
export type ReviewView = z.infer<typeof reviewSchema>;
export const reviewPageSchema = pageSchema(reviewSchema).meta({ id: 'ReviewPage' });
export const resolveReviewSchema = z
  .object({ note: freeText(500).pipe(z.string().min(3)) })
  .meta({ id: 'ResolveReview' });
export type ResolveReview = z.infer<typeof resolveReviewSchema>;

export const sessionSchema = z
  .object({
    ...sessionFields,
    payer: payerSchema.omit({ id: true }),
    message: z.string().nullable(),
    locale: z.string(),
    returnUrl: z.string().nullable(),
    order: z.object({
      id: idSchema,
      state: z.enum(ORDER_STATES),
      dueMinor: z.int(),
      reservedMinor: z.int(),
      settledMinor: z.int(),
      linkUrl: z.string(),
      linkExpiresAt: instantSchema,
      sessions: z.array(z.object({ id: idSchema, state: z.enum(SESSION_STATES), createdAt: instantSchema })),
    }),
    transactions: z.array(transactionSchema),
    timeline: z.array(timelineEntrySchema),
    reviews: z.array(reviewSchema),
    availableActions: z.array(availableActionSchema),
    lastAskedAt: instantSchema.nullable(),
    nextProbeAt: instantSchema.nullable(),
    /** The gateway's last answer, redacted. */
    evidence: z.json().nullable(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionSchema>;

/** Filters of the payments list; every one is in the URL. Dates are instants: the web turns days into them. */
export const sessionFilterSchema = z.object({
  state: z.enum(SESSION_STATES).optional(),
  siteId: idSchema.optional(),
  /** Exact id, gateway number, reference (or its start), e-mail, document, last four, authorization, amount. */
  q: z.string().trim().max(120).optional(),
  currency: currencySchema.optional(),
  createdFrom: instantSchema.optional(),
  /** Not included: a day is [its midnight, the next midnight). */
  createdTo: instantSchema.optional(),
  endedFrom: instantSchema.optional(),
  /** Not included. */
  endedTo: instantSchema.optional(),
  /** Among those that have not ended: `true` past their time, `false` still within it. */
  late: z.enum(['true', 'false']).optional(),
  overpaid: z.enum(['true']).optional(),
});
export type SessionFilter = z.infer<typeof sessionFilterSchema>;

export const SESSION_SORTS = ['newest', 'oldest'] as const;
export const sessionListQuerySchema = sessionFilterSchema
  .extend(pageQuerySchema.shape)
  .extend({ sort: z.enum(SESSION_SORTS).default('newest') })
  .meta({ id: 'SessionListQuery' });
export type SessionListQuery = z.infer<typeof sessionListQuerySchema>;

export const EXPORT_COLUMNS = [
  'createdAt',
  'site',
  'reference',
  'description',
  'amount',
  'currency',
  'state',
  'reason',
  'payerName',
  'payerEmail',
  'payerDocument',
  'gatewayNumber',
  'lastFour',
  'endedAt',
  'id',
] as const;
export const sessionExportQuerySchema = sessionFilterSchema.extend({
  sort: z.enum(SESSION_SORTS).default('newest'),
  /** Comma-separated column names; all of them when absent. */
  columns: z.string().max(400).optional(),
});
export type SessionExportQuery = z.infer<typeof sessionExportQuerySchema>;

export const sessionCountsSchema = z
  .object({ all: cappedCountSchema, byState: z.record(z.enum(SESSION_STATES), cappedCountSchema) })
  .meta({ id: 'SessionCounts' });
export type SessionCounts = z.infer<typeof sessionCountsSchema>;
