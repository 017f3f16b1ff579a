import { z } from 'zod';
import { currencySchema } from './money.js';
import { cappedCountSchema, idSchema, instantSchema, pageSchema } from './list.js';
import { timelineEntrySchema } from './session.js';

/** One line of the home page: how many, how old the oldest is, and how much per currency. */
const pileSchema = z.object({
  count: cappedCountSchema,
  oldestAt: instantSchema.nullable(),
  amounts: z.array(z.object({ currency: currencySchema, amountMinor: z.int(), count: z.int() })),
});
export type Pile = z.infer<typeof pileSchema>;

/** Home: waiting (nothing wrong), late (should have ended), broken (needs a person); never mixed. */
export const homeSchema = z
  .object({
    payments: z
      .object({
        waiting: pileSchema,
        late: pileSchema,
        broken: pileSchema,
        /** The review queues: partly paid and still open, ended with a remainder, captured and unconfirmed. */
        partial: pileSchema,
        remainder: pileSchema,
        toConfirm: pileSchema,
        /** Holds with 72 hours left at most; `oldestAt` is the nearest expiry. */
        expiring: pileSchema,
        /** What became final today, in the reader's zone. */
        approvedToday: pileSchema,
        /** One row per local day, oldest first, 14 of them, one entry per currency that had any. */
        days: z.array(
          z.object({
            day: z.string(),
            currency: currencySchema,
            approvedMinor: z.int(),
            approved: z.int(),
            rejected: z.int(),
          }),
        ),
      })
      .nullable(),
    /** What a fresh installation still needs; only for administrators. */
    setup: z
      .object({
        site: z.boolean(),
        account: z.boolean(),
        tested: z.boolean(),
        people: z.boolean(),
        key: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'Home' });
export type HomeView = z.infer<typeof homeSchema>;

export const JOB_NAMES = [
  'inbox',
  'probe',
  'openings',
  'collects',
  'periods',
  'operations',
  'preauthorizations',
  'approvals',
  'batches',
  'sweep',
  'recurrences',
  'revenue',
  'instruments',
  'mails',
  'housekeeping',
] as const;
export type JobName = (typeof JOB_NAMES)[number];
export const jobSchema = z
  .object({
    name: z.enum(JOB_NAMES),
    due: z.int(),
    lastRun: z
      .object({
        startedAt: instantSchema,
        claimed: z.int(),
        done: z.int(),
        failed: z.int(),
        tookMs: z.int(),
      })
      .nullable(),
    lastHeartbeatAt: instantSchema.nullable(),
  })
  .meta({ id: 'Job' });
export type JobView = z.infer<typeof jobSchema>;

export const auditEntrySchema = timelineEntrySchema
  .extend({
    siteId: idSchema.nullable(),
    subject: z.object({ type: z.string(), id: z.string() }),
    requestId: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditPageSchema = pageSchema(auditEntrySchema).meta({ id: 'AuditPage' });

/** What the sign-in page and the frame show when the product practises; `practice: false` in production. */
export const practiceSchema = z
  .object({
    practice: z.boolean(),
    people: z.array(z.object({ email: z.string(), name: z.string(), role: z.string() })),
    password: z.string().nullable(),
    sandboxUrl: z.string().nullable(),
    clockOffsetMs: z.int(),
    history: z.object({ made: z.int(), planned: z.int() }).nullable(),
  })
  .meta({ id: 'Practice' });
export type PracticeView = z.infer<typeof practiceSchema>;
