import { z } from 'zod';
import { approvalSchema } from './approval.js';
import { cappedCountSchema, idSchema, instantSchema, pageQuerySchema, pageSchema } from './list.js';
import { amountMinorSchema, currencySchema } from './money.js';
import { reviewSchema } from './review.js';
import { payerSchema, timelineEntrySchema } from './session.js';
import {
  GRADES,
  PREAUTHORIZATION_STATES,
  SESSION_STATES,
  SITE_MODES,
  TRANSACTION_KINDS,
  TRANSACTION_STATES,
} from './states.js';
import { daySchema } from './terms.js';
import { freeText } from './text.js';

/** How a refund that was asked for is carried out; the product chooses, by country, hour and amount. */
export const REFUND_ROUTES = ['reverse', 'partial', 'wait', 'letter', 'impossible'] as const;
export type RefundRoute = (typeof REFUND_ROUTES)[number];

const by = z.object({ name: z.string(), at: instantSchema });

const transactionItemFields = {
  id: idSchema,
  siteId: idSchema,
  orderId: idSchema.nullable(),
  sessionId: idSchema.nullable(),
  kind: z.enum(TRANSACTION_KINDS),
  state: z.enum(TRANSACTION_STATES),
  origin: z.enum(['us', 'gateway', 'statement', 'person']),
  grade: z.enum(GRADES).nullable(),
  /** The reference that the gateway knows its order by. */
  reference: z.string(),
  /** The payment that is refunded, the hold that is captured or changed. */
  parentId: idSchema.nullable(),
  /** Of an external refund that nobody has stated yet: the most it can be. */
  amountMinor: z.int(),
  currency: currencySchema,
  amountKnown: z.boolean(),
  /** The gateway's reason code. */
  reason: z.string().nullable(),
  internalReference: z.string().nullable(),
  methodName: z.string().nullable(),
  lastFour: z.string().nullable(),
  authorization: z.string().nullable(),
  payer: payerSchema.pick({ name: true, surname: true, email: true, documentType: true, document: true }),
  mode: z.enum(SITE_MODES),
  /** Who asked for it; null for what payers and gateways did. */
  askedBy: z.string().nullable(),
  /** Of one that is carried out later: when. */
  plannedAt: instantSchema.nullable(),
  /** When the gateway says it happened, or when it was asked for. */
  at: instantSchema,
  createdAt: instantSchema,
};
export const transactionItemSchema = z.object(transactionItemFields).meta({ id: 'TransactionItem' });
export type TransactionItem = z.infer<typeof transactionItemSchema>;
export const transactionPageSchema = pageSchema(transactionItemSchema).meta({ id: 'TransactionPage' });

export const transactionFilterSchema = z.strictObject({
  state: z.enum(TRANSACTION_STATES).optional(),
  kind: z.enum(TRANSACTION_KINDS).optional(),
  siteId: idSchema.optional(),
  currency: currencySchema.optional(),
  /** Exact id, internal reference, reference, authorization, receipt, last four, e-mail, document. */
  q: z.string().trim().max(120).optional(),
  createdFrom: instantSchema.optional(),
  /** Not included. */
  createdTo: instantSchema.optional(),
});
export type TransactionFilter = z.infer<typeof transactionFilterSchema>;
export const transactionListQuerySchema = transactionFilterSchema
  .extend(pageQuerySchema.shape)
  .extend({ sort: z.enum(['newest', 'oldest']).default('newest') });
export type TransactionListQuery = z.infer<typeof transactionListQuerySchema>;
export const transactionExportQuerySchema = transactionListQuerySchema.omit({ cursor: true, limit: true });
export type TransactionExportQuery = z.infer<typeof transactionExportQuerySchema>;
export const transactionCountsSchema = z
  .object({ all: cappedCountSchema, byState: z.record(z.enum(TRANSACTION_STATES), cappedCountSchema) })
  .meta({ id: 'TransactionCounts' });
export type TransactionCounts = z.infer<typeof transactionCountsSchema>;

export const TRANSACTION_ACTIONS = [
  'reverse',
  'checkout',
  'reauthorization',
  'release',
  'confirm',
  'cancel',
  'check',
  'settle',
  'withdraw',
  'letter',
  'receipt',
  'chargeback',
  'chargebackReversal',
  'note',
] as const;
export const transactionActionSchema = z.object({
  action: z.enum(TRANSACTION_ACTIONS),
  allowed: z.boolean(),
  /** Why not, as a message key; null when allowed. */
  why: z.string().nullable(),
});
export type TransactionAction = z.infer<typeof transactionActionSchema>;

/** What happened to captured money since; all in its own currency. */
export const refundableSchema = z.object({
  currency: currencySchema,
  capturedMinor: z.int(),
  /** Given back for certain. */
  returnedMinor: z.int(),
  /** Waiting, sent or unknown: reserved until it is known. */
  inFlightMinor: z.int(),
  chargedBackMinor: z.int(),
  refundableMinor: z.int(),
});
export type Refundable = z.infer<typeof refundableSchema>;

/** A transaction with all that belongs to it. */
export const transactionDetailSchema = z
  .object({
    ...transactionItemFields,
    message: z.string().nullable(),
    receipt: z.string().nullable(),
    issuer: z.string().nullable(),
    franchise: z.string().nullable(),
    installments: z.int().nullable(),
    /** Why whoever asked for it did. */
    motive: z.string().nullable(),
    route: z.enum(REFUND_ROUTES).nullable(),
    /** How often it was sent. */
    sends: z.int(),
    parent: transactionItemSchema.nullable(),
    /** Refunds, captures, changes, chargebacks of it; newest first. */
    operations: z.array(transactionItemSchema),
    refundable: refundableSchema.nullable(),
    /** Of a check-in: what became of what it holds. */
    hold: z.object({ state: z.enum(PREAUTHORIZATION_STATES), capturedMinor: z.int() }).nullable(),
    approvals: z.array(approvalSchema),
    /** Three witnesses of the same money. */
    truth: z.object({
      ours: z.object({ state: z.enum(TRANSACTION_STATES), amountMinor: z.int(), at: instantSchema }),
      /** What the gateway said when it was last asked; null where it cannot be asked about this one. */
      gateway: z
        .object({
          state: z.enum(TRANSACTION_STATES),
          amountMinor: z.int(),
          refunded: z.boolean(),
          askedAt: instantSchema,
        })
        .nullable(),
      /** What the statement says; null until there is one. */
      statement: z.object({ amountMinor: z.int(), settledAt: instantSchema, source: z.string() }).nullable(),
      agree: z.boolean(),
    }),
    /** Every answer about it, newest first, with the redacted evidence. */
    outcomes: z.array(
      z.object({
        at: instantSchema,
        state: z.enum(TRANSACTION_STATES),
        reason: z.string().nullable(),
        source: z.string(),
        evidence: z.json().nullable(),
      }),
    ),
    session: z
      .object({
        id: idSchema,
        state: z.enum(SESSION_STATES),
        gatewayNumber: z.string().nullable(),
        description: z.string(),
      })
      .nullable(),
    timeline: z.array(timelineEntrySchema),
    reviews: z.array(reviewSchema),
    availableActions: z.array(transactionActionSchema),
  })
  .meta({ id: 'TransactionDetail' });
export type TransactionDetail = z.infer<typeof transactionDetailSchema>;

const motive = freeText(300).pipe(z.string().min(3));

export const reverseSchema = z
  .strictObject({
    amountMinor: amountMinorSchema,
    currency: currencySchema,
    reason: motive,
    /** A second equal refund of the payment within 24 hours is meant. */
    again: z.boolean().default(false),
  })
  .meta({ id: 'Reverse' });
export type Reverse = z.infer<typeof reverseSchema>;

export const reversePreviewQuerySchema = z.strictObject({
  /** Absent: all that is left. */
  amountMinor: z.coerce.number().pipe(amountMinorSchema).optional(),
});

/** What asking for a refund of that amount would do now. */
export const reversePreviewSchema = z
  .object({
    refundable: refundableSchema,
    amountMinor: z.int(),
    route: z.enum(REFUND_ROUTES),
    /** Why this route, as a message key (`refundWhy.<key>`), with what the sentence names. */
    why: z.string(),
    country: z.string(),
    /** When the route is `wait`: when it will be sent. */
    plannedAt: instantSchema.nullable(),
    /** Until when the whole can still be reversed the quick way. */
    reverseUntil: instantSchema.nullable(),
    /** Above which limit it needs a second person: `operation`, `payment`, `day`, `no_limit_set`; null: it does not. */
    needsApproval: z.string().nullable(),
    /** An equal refund within the last 24 hours. */
    again: by.extend({ transactionId: idSchema }).nullable(),
    /** What is under way on this payment, and whose it is. */
    live: by.extend({ transactionId: idSchema, kind: z.enum(TRANSACTION_KINDS) }).nullable(),
    /** It stands in a batch that was not sent yet. */
    inBatch: z.boolean(),
  })
  .meta({ id: 'ReversePreview' });
export type ReversePreview = z.infer<typeof reversePreviewSchema>;

/**
 * What came of an act about money. `approval`: nothing was sent, a second person is asked. `waiting`: it will be sent at
 * `plannedAt`. `letter`: a letter carries it. `unknown`: the gateway did not say; we find out; do not repeat it.
 */
export const actResultSchema = z
  .object({
    result: z.enum(['approved', 'rejected', 'pending', 'unknown', 'waiting', 'letter', 'approval']),
    transaction: transactionItemSchema.nullable(),
    approval: approvalSchema.nullable(),
    message: z.string().nullable(),
  })
  .meta({ id: 'ActResult' });
export type ActResult = z.infer<typeof actResultSchema>;

export const withdrawSchema = z.strictObject({ reason: motive }).meta({ id: 'Withdraw' });
export type Withdraw = z.infer<typeof withdrawSchema>;

/** What a person knows of an operation whose outcome nobody could find out. Always needs a second person. */
/** As the gateway's console shows it. */
export const gatewayNumberSchema = z
  .string()
  .trim()
  .regex(/^[\w-]{1,40}$/, { message: 'invalid' });

export const settleSchema = z
  .strictObject({
    state: z.enum(['approved', 'rejected']),
    /** Of an approved one: how much, where it is not what was asked. */
    amountMinor: amountMinorSchema.optional(),
    /** Of an approved capture: its number at the gateway. Without it nothing of it can be refunded from here. */
    internalReference: gatewayNumberSchema.optional(),
    /** Where one can read it: a statement line, a letter, a ticket of the gateway. */
    evidence: freeText(1_000).pipe(z.string().min(5)),
    reason: motive,
  })
  .meta({ id: 'Settle' });
export type Settle = z.infer<typeof settleSchema>;

export const chargebackSchema = z
  .strictObject({
    amountMinor: amountMinorSchema,
    currency: currencySchema,
    /** The day the acquirer states, in the site's zone. */
    day: daySchema,
    /** The acquirer's case number. */
    caseNumber: freeText(60).optional(),
    reason: motive,
  })
  .meta({ id: 'Chargeback' });
export type Chargeback = z.infer<typeof chargebackSchema>;
export const chargebackReversalSchema = chargebackSchema
  .omit({ currency: true })
  .meta({ id: 'ChargebackReversal' });
export type ChargebackReversal = z.infer<typeof chargebackReversalSchema>;

export const noteSchema = z
  .strictObject({ note: freeText(1_000).pipe(z.string().min(1)) })
  .meta({ id: 'Note' });
export type Note = z.infer<typeof noteSchema>;

/** Sends the receipt of an approved payment again. */
export const sendReceiptSchema = z.strictObject({ email: z.email().max(120) }).meta({ id: 'SendReceipt' });
export type SendReceipt = z.infer<typeof sendReceiptSchema>;
