import { z } from 'zod';
import { currencySchema } from './money.js';
import { idSchema, instantSchema, cappedCountSchema, pageQuerySchema, pageSchema } from './list.js';
import { reviewSchema } from './review.js';
import {
  GRADES,
  ORDER_STATES,
  PREAUTHORIZATION_STATES,
  QUEUES,
  RECURRENCE_STATES,
  SESSION_KINDS,
  SESSION_STATES,
  SITE_MODES,
  TRANSACTION_KINDS,
  TRANSACTION_STATES,
  INSTRUMENT_STATES,
} from './states.js';
import { AGREEMENT_TYPES, daySchema, termsSchema } from './terms.js';

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
    kind: z.enum(TRANSACTION_KINDS),
    /** What this acts on; of a part of a dispersion, `groupId` is the whole. */
    parentId: idSchema.nullable(),
    groupId: idSchema.nullable(),
    /** Of a part of a dispersion: who gets it. */
    agreement: z.string().nullable(),
    agreementType: z.enum(AGREEMENT_TYPES).nullable(),
    grade: z.enum(GRADES).nullable(),
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
  kind: z.enum(SESSION_KINDS),
  /** `gateway`: opened elsewhere on the same account, and taken over. */
  origin: z.enum(['us', 'gateway']),
  reference: z.string(),
  description: z.string(),
  /** 0 for a subscription. */
  amountMinor: z.int(),
  /** Paid so far through this session. */
  approvedMinor: z.int(),
  currency: currencySchema,
  state: z.enum(SESSION_STATES),
  /** The queue it stands in, and the instant it is sorted by there: its deadline, or when its remainder arose. */
  queue: z.enum(QUEUES).nullable(),
  queueAt: instantSchema.nullable(),
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
  action: z.enum([
    'check',
    'copyLink',
    'openAgain',
    'cancel',
    'confirm',
    'cancelConfirmation',
    'remainder',
    'agree',
    'refundPaid',
    'uncharged',
  ]),
  allowed: z.boolean(),
  /** Why not, as a message key; null when allowed. */
  why: z.string().nullable(),
});
export type AvailableAction = z.infer<typeof availableActionSchema>;

/** A preauthorization's hold, in short. */
export const holdSchema = z.object({
  id: idSchema,
  state: z.enum(PREAUTHORIZATION_STATES),
  /** The most that is held. */
  amountMinor: z.int(),
  currency: currencySchema,
  expiresAt: instantSchema,
});

/** A stored means of payment, masked. */
export const instrumentSchema = z
  .object({
    id: idSchema,
    type: z.enum(['token', 'account']),
    brand: z.string().nullable(),
    brandName: z.string().nullable(),
    issuer: z.string().nullable(),
    lastFour: z.string().nullable(),
    /** The last day it can be used. */
    validUntil: daySchema.nullable(),
    createdAt: instantSchema,
    state: z.enum(INSTRUMENT_STATES),
    /** Who asked for its end, when and why. */
    revoked: z.object({ at: instantSchema, by: z.string().nullable(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Instrument' });
export type InstrumentView = z.infer<typeof instrumentSchema>;

/** A recurrence that the gateway runs; its charges are known only from what it reports. */
export const recurrenceSchema = z
  .object({
    id: idSchema,
    state: z.enum(RECURRENCE_STATES),
    periodicity: z.enum(['D', 'M', 'Y']),
    interval: z.int(),
    maxPeriods: z.int(),
    dueDate: daySchema.nullable(),
    amountMinor: z.int(),
    currency: currencySchema,
    /** Days in the site's zone, oldest first: what was reported, what is missing, and the next six that are expected. */
    calendar: z.array(
      z.object({
        day: daySchema,
        state: z.enum(['expected', 'missing', 'reported', 'confirmed', 'failed']),
        /** The charges reported for that day, retries included. */
        transactionIds: z.array(idSchema),
      }),
    ),
  })
  .meta({ id: 'Recurrence' });
export type RecurrenceView = z.infer<typeof recurrenceSchema>;

export const sessionSchema = z
  .object({
    ...sessionFields,
    terms: termsSchema,
    hold: holdSchema.nullable(),
    instrument: instrumentSchema.nullable(),
    recurrence: recurrenceSchema.nullable(),
    /** Of a charge of a stored means of payment, which nobody pays by hand: who asked, and how it is found out. */
    collect: z
      .object({
        instrumentId: idSchema,
        /** Null: a schedule. */
        by: z.string().nullable(),
        motive: z.string().nullable(),
        sends: z.int(),
        firstSentAt: instantSchema,
        /** When it is looked at again; null once only a person can find out, or it is known. */
        nextLookAt: instantSchema.nullable(),
      })
      .nullable(),
    /** A captured payment that waits for our word, and what was asked of the gateway about it. */
    confirmation: z
      .object({
        transactionId: idSchema,
        deadline: instantSchema,
        operation: z
          .object({ kind: z.enum(['confirm', 'cancel']), state: z.enum(TRANSACTION_STATES) })
          .nullable(),
      })
      .nullable(),
    /** Somebody asked to cancel it and the gateway has not said how that went. */
    cancelAskedAt: instantSchema.nullable(),
    payer: payerSchema.omit({ id: true }),
    message: z.string().nullable(),
    locale: z.string(),
    returnUrl: z.string().nullable(),
    order: z.object({
      id: idSchema,
      state: z.enum(ORDER_STATES),
      dueMinor: z.int(),
      reservedMinor: z.int(),
      /** Held by a preauthorization. */
      heldMinor: z.int(),
      settledMinor: z.int(),
      /** Given back of it, by refunds and chargebacks. */
      returnedMinor: z.int(),
      agreed: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
      linkUrl: z.string(),
      linkExpiresAt: instantSchema,
      sessions: z.array(
        z.object({
          id: idSchema,
          kind: z.enum(SESSION_KINDS),
          state: z.enum(SESSION_STATES),
          amountMinor: z.int(),
          approvedMinor: z.int(),
          createdAt: instantSchema,
        }),
      ),
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
export const sessionFilterSchema = z.strictObject({
  state: z.enum(SESSION_STATES).optional(),
  kind: z.enum(SESSION_KINDS).optional(),
  /** Sorted by deadline, nearest first, whatever `sort` says. */
  queue: z.enum(QUEUES).optional(),
  siteId: idSchema.optional(),
  /** Charged to this stored means of payment, without its payer. */
  instrumentId: idSchema.optional(),
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
  .extend({ sort: z.enum(SESSION_SORTS).default('newest') });
export type SessionListQuery = z.infer<typeof sessionListQuerySchema>;

export const EXPORT_COLUMNS = [
  'createdAt',
  'site',
  'reference',
  'description',
  'kind',
  'amount',
  'paid',
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
