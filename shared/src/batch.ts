import { z } from 'zod';
import { approvalSchema } from './approval.js';
import { idSchema, instantSchema, pageQuerySchema, pageSchema } from './list.js';
import { amountMinorSchema, currencySchema } from './money.js';
import { BATCH_KINDS, BATCH_ROW_STATES, BATCH_STATES } from './states.js';
import { freeText } from './text.js';

export const MAX_BATCH_ROWS = 500;

const batchRows = z
  .array(
    z.strictObject({
      /** The payment to refund, or the check-in of the hold. */
      transactionId: idSchema,
      /** Absent: all that is left to refund, or all that is held. Not for a release. */
      amountMinor: amountMinorSchema.optional(),
    }),
  )
  .min(1)
  .max(MAX_BATCH_ROWS, { message: 'too_many_rows' });

/** A release lets go of the whole hold: an amount would be believed and not kept. */
const wholeReleases = {
  check: ({ kind, rows }: { kind: (typeof BATCH_KINDS)[number]; rows: z.infer<typeof batchRows> }): boolean =>
    kind !== 'release' || rows.every(({ amountMinor }) => amountMinor === undefined),
  problem: { path: ['rows'], message: 'amount_of_a_release' },
};

export const batchPreviewRequestSchema = z
  .strictObject({ kind: z.enum(BATCH_KINDS), rows: batchRows })
  .refine(wholeReleases.check, wholeReleases.problem)
  .meta({ id: 'BatchPreviewRequest' });
export type BatchPreviewRequest = z.infer<typeof batchPreviewRequestSchema>;
/** What is typed beside the rows. */
export const batchReasonSchema = z.object({ reason: freeText(300).pipe(z.string().min(3)) });
export const createBatchSchema = z
  .strictObject({ kind: z.enum(BATCH_KINDS), rows: batchRows, ...batchReasonSchema.shape })
  .refine(wholeReleases.check, wholeReleases.problem)
  .meta({ id: 'CreateBatch' });
export type CreateBatch = z.infer<typeof createBatchSchema>;

const total = z.object({ currency: currencySchema, amountMinor: z.int(), count: z.int() });

/** What a batch would do; nothing is written. Rows come back in the order they were given. */
export const batchPreviewSchema = z
  .object({
    totals: z.array(total),
    rows: z.array(
      z.object({
        transactionId: idSchema,
        siteId: idSchema.nullable(),
        reference: z.string().nullable(),
        payerName: z.string().nullable(),
        amountMinor: z.int().nullable(),
        currency: currencySchema.nullable(),
        /** Why it cannot be done, as a message key; null when it can. Only what can be done goes into the batch. */
        why: z.string().nullable(),
        /** Whose request stands in the way, where it is one. */
        by: z.string().nullable(),
        /** Of a refund that is not sent at once: it waits for settlement until `plannedAt`, or goes by letter. */
        later: z
          .object({ route: z.enum(['wait', 'letter']), plannedAt: instantSchema.nullable() })
          .nullable(),
      }),
    ),
    /** Why a second person must approve it, as a message key; null: nobody needs to. */
    needsApproval: z.string().nullable(),
    undoMinutes: z.int(),
  })
  .meta({ id: 'BatchPreview' });
export type BatchPreview = z.infer<typeof batchPreviewSchema>;

export const batchSchema = z
  .object({
    id: idSchema,
    kind: z.enum(BATCH_KINDS),
    state: z.enum(BATCH_STATES),
    reason: z.string(),
    createdBy: z.string(),
    createdAt: instantSchema,
    /** When sending begins: until then it can be undone. Null while it waits for its approval. */
    sendAt: instantSchema.nullable(),
    finishedAt: instantSchema.nullable(),
    /** Who undid or refused it; null for one that was sent, or that nobody approved in time. */
    endedBy: z.string().nullable(),
    totals: z.array(total),
    rows: z.int(),
    /** Rows by how they stand. */
    counts: z.record(z.enum(BATCH_ROW_STATES), z.int()),
    approval: approvalSchema.nullable(),
    canUndo: z.boolean(),
  })
  .meta({ id: 'Batch' });
export type BatchView = z.infer<typeof batchSchema>;
export const batchPageSchema = pageSchema(batchSchema).meta({ id: 'BatchPage' });

export const batchRowSchema = z
  .object({
    id: idSchema,
    position: z.int(),
    transactionId: idSchema,
    reference: z.string(),
    payerName: z.string().nullable(),
    amountMinor: z.int(),
    currency: currencySchema,
    state: z.enum(BATCH_ROW_STATES),
    /** Why it was refused, or what it waits for, as a message key or the gateway's reason code. */
    why: z.string().nullable(),
    /** The operation that came of it. */
    operationId: idSchema.nullable(),
    doneAt: instantSchema.nullable(),
  })
  .meta({ id: 'BatchRow' });
export type BatchRowView = z.infer<typeof batchRowSchema>;
export const batchRowsSchema = z.object({ items: z.array(batchRowSchema) }).meta({ id: 'BatchRows' });
export const batchListQuerySchema = pageQuerySchema;
