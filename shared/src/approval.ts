import { z } from 'zod';
import { idSchema, instantSchema, pageQuerySchema, pageSchema } from './list.js';
import { currencySchema } from './money.js';
import { APPROVAL_KINDS, APPROVAL_STATES, TRANSACTION_STATES } from './states.js';
import { freeText } from './text.js';

/**
 * Somebody asks a second person for something risky. It covers exactly what it says (a hash of kind, target, amount,
 * currency and account); any change is a new request.
 */
export const approvalSchema = z
  .object({
    id: idSchema,
    siteId: idSchema,
    orderId: idSchema.nullable(),
    kind: z.enum(APPROVAL_KINDS),
    state: z.enum(APPROVAL_STATES),
    /** The transaction it is done to, the batch, the stored means of payment that is charged, or the charge itself. */
    targetType: z.enum(['transaction', 'batch', 'instrument', 'session']),
    targetId: idSchema,
    reference: z.string().nullable(),
    amountMinor: z.int().nullable(),
    currency: currencySchema.nullable(),
    /** What else it says: limit exceeded, evidence, rows of a batch … */
    data: z.record(z.string(), z.json()),
    reason: z.string(),
    /** Empty for a shop, which is told nothing of the people of the house. */
    requestedBy: z.string(),
    requestedAt: instantSchema,
    expiresAt: instantSchema,
    decidedBy: z.string().nullable(),
    decidedAt: instantSchema.nullable(),
    note: z.string().nullable(),
    /** The operation that came of it. */
    transactionId: idSchema.nullable(),
    /** How that operation stands: approved is not yet sent, and sent is not yet done. */
    operation: z
      .object({
        state: z.enum(TRANSACTION_STATES),
        /** A letter carries it. */
        letter: z.boolean(),
        /** When it is sent, while it waits for its hour. */
        plannedAt: instantSchema.nullable(),
      })
      .nullable(),
    /** What the reader may do. */
    canDecide: z.boolean(),
    /** Why the reader may not, as a message key: `own_request`, `no_permission`, `decided`. */
    why: z.string().nullable(),
    canWithdraw: z.boolean(),
  })
  .meta({ id: 'Approval' });
export type ApprovalView = z.infer<typeof approvalSchema>;
export const approvalPageSchema = pageSchema(approvalSchema).meta({ id: 'ApprovalPage' });

export const approvalListQuerySchema = z
  .strictObject({
    /** `waiting`: for anybody; `mine`: asked for by the reader; `decided`: over, by whatever end. */
    view: z.enum(['waiting', 'mine', 'decided']).default('waiting'),
  })
  .extend(pageQuerySchema.shape);
export type ApprovalListQuery = z.infer<typeof approvalListQuerySchema>;

export const approveSchema = z.strictObject({ note: freeText(300).optional() }).meta({ id: 'Approve' });
export type Approve = z.infer<typeof approveSchema>;
export const rejectApprovalSchema = z
  .strictObject({ note: freeText(300).pipe(z.string().min(3)) })
  .meta({ id: 'RejectApproval' });
export type RejectApproval = z.infer<typeof rejectApprovalSchema>;
