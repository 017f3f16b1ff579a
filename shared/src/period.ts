import { z } from 'zod';
import { collectPreviewSchema } from './collect.js';
import { cappedCountSchema, idSchema, instantSchema, pageQuerySchema, pageSchema } from './list.js';
import { scheduleListItemSchema, schedulePeriodSchema } from './schedule.js';
import { SCHEDULE_STATES } from './states.js';
import { freeText } from './text.js';

/** Periods that ask for somebody, oldest first. `past_due`: refused, tried again or not; `waiting`: too late to charge alone. */
export const PERIOD_VIEWS = ['past_due', 'waiting', 'blocked', 'unknown'] as const;
export const periodListQuerySchema = z
  .strictObject({ view: z.enum(PERIOD_VIEWS).default('past_due'), siteId: idSchema.optional() })
  .extend(pageQuerySchema.shape);
export type PeriodListQuery = z.infer<typeof periodListQuerySchema>;
export const periodListItemSchema = schedulePeriodSchema
  .extend({
    schedule: z.object({
      reference: z.string(),
      plan: z.string(),
      zone: z.string(),
      state: z.enum(SCHEDULE_STATES),
    }),
    payer: scheduleListItemSchema.shape.payer,
    instrument: scheduleListItemSchema.shape.instrument,
  })
  .meta({ id: 'PeriodListItem' });
export type PeriodListItem = z.infer<typeof periodListItemSchema>;
export const periodPageSchema = pageSchema(periodListItemSchema).meta({ id: 'PeriodPage' });
export const periodCountsSchema = z
  .object({
    byView: z.record(z.enum(PERIOD_VIEWS), cappedCountSchema),
    /** Sites whose schedules charge nothing until somebody has looked. */
    stopped: z.array(
      z.object({
        siteId: idSchema,
        /** `credentials`: the gateway refuses ours; `unjudged`: most of the last charges ended without a judgement. */
        why: z.enum(['credentials', 'unjudged']),
        since: instantSchema,
      }),
    ),
  })
  .meta({ id: 'PeriodCounts' });
export type PeriodCounts = z.infer<typeof periodCountsSchema>;

/** What charging a period now would meet; nothing is written. */
export const periodChargePreviewSchema = collectPreviewSchema
  .omit({ needsApproval: true })
  .meta({ id: 'PeriodChargePreview' });
export type PeriodChargePreview = z.infer<typeof periodChargePreviewSchema>;

/** A period that will not be charged any more: its order is given up, with the reason. */
export const waiveSchema = z
  .strictObject({ reason: freeText(300).pipe(z.string().min(1)) })
  .meta({ id: 'Waive' });
export type Waive = z.infer<typeof waiveSchema>;

/** Lets a site's schedules charge again. */
export const releaseChargesSchema = z.strictObject({ siteId: idSchema }).meta({ id: 'ReleaseCharges' });
export type ReleaseCharges = z.infer<typeof releaseChargesSchema>;
