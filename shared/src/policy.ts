import { z } from 'zod';
import { idSchema, instantSchema } from './list.js';
import { currencySchema } from './money.js';
import { nameText } from './text.js';

/**
 * What an unpaid period's answer means. `balance`: the payer lacks money now. `limit`: beyond what the issuer allows now.
 * `hard`: the same charge tomorrow makes no sense. `technical`: nobody judged the charge. `unlisted`: a code that nobody
 * documents, so that nothing is tried again, and nothing is taken away either.
 */
export const REASON_CLASSES = ['balance', 'limit', 'hard', 'technical', 'unlisted'] as const;
export type ReasonClass = (typeof REASON_CLASSES)[number];

/** Those that a policy may try again. */
export const RETRIED_CLASSES = ['balance', 'limit', 'hard'] as const;
export type RetriedClass = (typeof RETRIED_CLASSES)[number];

/** What becomes of the schedule when the last try was in vain; `keep`: it stays past due. */
export const LAST_ACTIONS = ['cancel', 'pause', 'keep'] as const;
export type LastAction = (typeof LAST_ACTIONS)[number];

export const MAX_RETRIES = 10;
export const MAX_RETRY_DAY = 60;

const classRuleSchema = z.strictObject({
  /** On which days after the first refusal it is tried again, in rising order. */
  days: z
    .array(z.int().min(1).max(MAX_RETRY_DAY))
    .max(MAX_RETRIES)
    .refine((days) => days.every((day, at) => at === 0 || day > (days[at - 1] ?? 0)), {
      message: 'not_rising',
    }),
  last: z.enum(LAST_ACTIONS),
  /** The payer is told by e-mail, with a link to pay by hand. */
  mail: z.boolean(),
});

/** What follows a charge that is refused, by the class of the first refusal. */
export const policyRulesSchema = z
  .strictObject({
    by: z.strictObject({ balance: classRuleSchema, limit: classRuleSchema, hard: classRuleSchema }),
    /** Local hour of the tries; null: the schedule's own. */
    hour: z.int().min(0).max(23).nullable(),
  })
  .meta({ id: 'PolicyRules' });
export type PolicyRules = z.infer<typeof policyRulesSchema>;

/** The house's own: daily for three days where the balance was short, and no other refusal again. */
export const DEFAULT_POLICY: PolicyRules = {
  by: {
    balance: { days: [1, 2, 3], last: 'cancel', mail: true },
    limit: { days: [], last: 'keep', mail: true },
    hard: { days: [], last: 'keep', mail: true },
  },
  hour: null,
};

export const policySchema = z
  .object({
    id: idSchema,
    siteId: idSchema,
    name: z.string(),
    rules: policyRulesSchema,
    /** It holds for every schedule of the site that names no other. */
    isDefault: z.boolean(),
    /** Schedules that name it. */
    schedules: z.int(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Policy' });
export type PolicyView = z.infer<typeof policySchema>;

const name = nameText(60);
export const createPolicySchema = z
  .strictObject({ siteId: idSchema, name, rules: policyRulesSchema })
  .meta({ id: 'CreatePolicy' });
export type CreatePolicy = z.infer<typeof createPolicySchema>;
export const updatePolicySchema = z
  .strictObject({ name, rules: policyRulesSchema })
  .meta({ id: 'UpdatePolicy' });
export type UpdatePolicy = z.infer<typeof updatePolicySchema>;
/** `policyId` null: the house's rule holds again. */
export const defaultPolicySchema = z
  .strictObject({ siteId: idSchema, policyId: idSchema.nullable() })
  .meta({ id: 'DefaultPolicy' });
export type DefaultPolicy = z.infer<typeof defaultPolicySchema>;

/** Plays a policy against what was refused in the last days: an estimate, with what it rests on. */
export const labSchema = z.strictObject({ siteId: idSchema, rules: policyRulesSchema }).meta({ id: 'Lab' });
export type Lab = z.infer<typeof labSchema>;

export const LAB_DAYS = 90;
const rangeSchema = z.object({ least: z.int(), most: z.int() });

export const labResultSchema = z
  .object({
    /** Periods that were refused at least once in the last `LAB_DAYS` days, by the class of the first refusal. */
    periods: z.object({ balance: z.int(), limit: z.int(), hard: z.int(), other: z.int() }),
    tries: z.object({
      /** Made after the first refusal. */
      made: z.int(),
      /** That the policy would have made. */
      would: rangeSchema,
    }),
    recovered: z.array(
      z.object({
        currency: currencySchema,
        /** Paid by a later try, as it was. */
        made: z.object({ count: z.int(), amountMinor: z.int() }),
        /**
         * `least`: those that had paid by the day of a try of the policy. `most`: with all those whose bank was never asked
         * again on as late a day.
         */
        would: z.object({ count: rangeSchema, amountMinor: rangeSchema }),
      }),
    ),
    /** Schedules that it would have cancelled or paused in the end. */
    ended: z.object({ made: z.int(), would: rangeSchema }),
  })
  .meta({ id: 'LabResult' });
export type LabResult = z.infer<typeof labResultSchema>;
