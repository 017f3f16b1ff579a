import { z } from 'zod';
import { idSchema, instantSchema, pageQuerySchema } from './list.js';
import { currencySchema } from './money.js';
import { MRR_KINDS, SCHEDULE_ENDS } from './states.js';
import { daySchema } from './terms.js';

/** A calendar month of the site's zone, YYYY-MM. */
export const monthSchema = z.string().regex(/^2\d{3}-(0[1-9]|1[0-2])$/, { message: 'invalid_format' });

/** The numbers about what subscriptions earn; each has its definition, its SQL and its rows. */
export const REVENUE_FIGURES = ['movements', 'mrr', 'recoveries', 'approvals', 'expected'] as const;
export type RevenueFigure = (typeof REVENUE_FIGURES)[number];

/** How a charge of a stored means of payment ended: approved, or the class of the reason why not. */
export const CHARGE_OUTCOMES = ['approved', 'balance', 'limit', 'hard', 'technical', 'unlisted'] as const;
export type ChargeOutcome = (typeof CHARGE_OUTCOMES)[number];
/** Those that somebody judged: the approval rate is of them alone. */
export const JUDGED_OUTCOMES = ['approved', 'balance', 'limit', 'hard'] as const;

export const EXPECTED_DAYS = [30, 90] as const;

export const revenueQuerySchema = z.strictObject({
  siteId: idSchema.optional(),
  /** How many, this one included. */
  months: z.coerce.number().int().min(1).max(36).default(12),
});
export type RevenueQuery = z.infer<typeof revenueQuerySchema>;

/** How many schedules or charges, and their minor units; differences may be negative. */
const sumSchema = z.object({ count: z.int(), minor: z.int() });
export type RevenueSum = z.infer<typeof sumSchema>;

const monthFields = {
  month: monthSchema,
  /** Since when nothing changes it any more, at every site in view; null: still open. */
  sealedAt: instantSchema.nullable(),
  /** What became known after it was closed: not part of its figures. */
  late: sumSchema.nullable(),
};

/** When the figures were last brought up to date, and whether news waits. */
const freshFields = { freshAt: instantSchema.nullable(), waiting: z.boolean() };

export const mrrMonthSchema = z
  .object({
    ...monthFields,
    /** News about earlier months that were closed already: it is in the start, and in no movement. */
    carried: sumSchema,
    start: sumSchema,
    kinds: z.record(z.enum(MRR_KINDS), sumSchema),
    churn: z.record(z.enum(SCHEDULE_ENDS), sumSchema),
    end: sumSchema,
  })
  .meta({ id: 'MrrMonth' });
export type MrrMonth = z.infer<typeof mrrMonthSchema>;

/** Monthly recurring revenue, oldest month first; currencies are never added together. */
export const movementsSchema = z
  .object({
    ...freshFields,
    currencies: z.array(z.object({ currency: currencySchema, months: z.array(mrrMonthSchema) })),
  })
  .meta({ id: 'MrrMovements' });
export type MrrMovements = z.infer<typeof movementsSchema>;

/** Who came in a month, and how many of them were there at the end of each month since. */
export const cohortsSchema = z
  .object({
    ...freshFields,
    currencies: z.array(
      z.object({
        currency: currencySchema,
        cohorts: z.array(
          z.object({
            month: monthSchema,
            joined: z.int(),
            /** By months since, from 0 on. */
            cells: z.array(sumSchema),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Cohorts' });
export type Cohorts = z.infer<typeof cohortsSchema>;

/** Money of periods that were paid after a try that failed. */
export const recoverySchema = z
  .object({
    ...freshFields,
    currencies: z.array(
      z.object({
        currency: currencySchema,
        months: z.array(
          z.object({
            ...monthFields,
            collect: sumSchema,
            link: sumSchema,
            /** From the first failed try to the payment, in days; null where nothing was recovered. */
            averageDays: z.number().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Recovery' });
export type Recovery = z.infer<typeof recoverySchema>;

/** What rows can be asked for by: also all that were declined, and all that nobody judged. */
export const OUTCOME_FILTERS = [...CHARGE_OUTCOMES, 'declined', 'unjudged'] as const;

const rateFields = { approved: sumSchema, declined: sumSchema, technical: sumSchema, unlisted: sumSchema };
export type ApprovalRate = Record<keyof typeof rateFields, RevenueSum>;
const namedRate = z.object({ name: z.string(), ...rateFields });

/** How charges of stored means of payment ended. */
export const approvalRatesSchema = z
  .object({
    ...freshFields,
    currencies: z.array(
      z.object({
        currency: currencySchema,
        months: z.array(z.object({ ...monthFields, late: z.object(rateFields).nullable(), ...rateFields })),
        /** Of the whole time, the most charges first, 50 at most; an empty name is one that nobody told us. */
        issuers: z.array(namedRate),
        brands: z.array(namedRate),
        reasons: z.array(
          z.object({ outcome: z.enum(CHARGE_OUTCOMES), reason: z.string(), ...sumSchema.shape }),
        ),
      }),
    ),
  })
  .meta({ id: 'ApprovalRates' });
export type ApprovalRates = z.infer<typeof approvalRatesSchema>;

/** An estimate: what is due by the schedules' own calendar, and what of it will come in if it goes as it went. */
export const expectedSchema = z
  .object({
    asOf: instantSchema,
    horizons: z.array(
      z.object({
        days: z.int(),
        currencies: z.array(
          z.object({
            currency: currencySchema,
            due: sumSchema,
            /** Of the sites that have a history; in nine of ten cases between low and high. Null: too little to say. */
            estimate: z.object({ minor: z.int(), lowMinor: z.int(), highMinor: z.int() }).nullable(),
            /** Due at sites with too few settled periods to estimate anything. */
            withoutHistory: sumSchema,
            history: z.object({ paid: z.int(), settled: z.int() }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'ExpectedIncome' });
export type ExpectedIncome = z.infer<typeof expectedSchema>;

export const revenueRowsFilterSchema = z.strictObject({
  figure: z.enum(REVENUE_FIGURES),
  currency: currencySchema,
  siteId: idSchema.optional(),
  /** Of `movements`, `recoveries` and `approvals`: in it; of `mrr`: at its end. Left out: all that there is. */
  month: monthSchema.optional(),
  /** Of `approvals`: from this month on. */
  fromMonth: monthSchema.optional(),
  kind: z.enum(MRR_KINDS).optional(),
  why: z.enum(SCHEDULE_ENDS).optional(),
  cohort: monthSchema.optional(),
  paidBy: z.enum(['collect', 'link']).optional(),
  issuer: z.string().max(120).optional(),
  brand: z.string().max(120).optional(),
  outcome: z.enum(OUTCOME_FILTERS).optional(),
  reason: z.string().max(40).optional(),
  /** Of `expected`. */
  days: z.coerce
    .number()
    .int()
    .refine((days) => EXPECTED_DAYS.some((each) => each === days), { message: 'invalid_value' })
    .default(30),
});
export type RevenueRowsFilter = z.infer<typeof revenueRowsFilterSchema>;
export const revenueRowsQuerySchema = revenueRowsFilterSchema.extend(pageQuerySchema.shape);
export type RevenueRowsQuery = z.infer<typeof revenueRowsQuerySchema>;

/** One schedule, period or charge behind a number. */
export const revenueRowSchema = z
  .object({
    id: idSchema,
    at: instantSchema,
    day: daySchema,
    siteId: idSchema,
    /** What it is: a kind of movement, `collect` or `link`, or how a charge ended. */
    what: z.string(),
    why: z.string().nullable(),
    /** The schedule's, else the payment's. */
    reference: z.string(),
    plan: z.string().nullable(),
    payerName: z.string().nullable(),
    minor: z.int(),
    /** How many charges it stands for. */
    count: z.int(),
    scheduleId: idSchema.nullable(),
    sessionId: idSchema.nullable(),
  })
  .meta({ id: 'RevenueRow' });
export type RevenueRowView = z.infer<typeof revenueRowSchema>;
export const revenueRowsPageSchema = z
  .object({
    items: z.array(revenueRowSchema),
    next: z.string().nullable(),
    previous: z.string().nullable(),
  })
  .meta({ id: 'RevenueRowsPage' });
export type RevenueRowsPage = z.infer<typeof revenueRowsPageSchema>;

/** The tables that can be taken away as CSV. */
export const REVENUE_TABLES = ['movements', 'cohorts', 'recovery', 'approval', 'expected'] as const;
export const revenueTableQuerySchema = revenueQuerySchema.extend({ table: z.enum(REVENUE_TABLES) });
export type RevenueTableQuery = z.infer<typeof revenueTableQuerySchema>;

export const revenueDefinitionsSchema = z
  .object({ items: z.array(z.object({ key: z.string(), sql: z.string() })) })
  .meta({ id: 'RevenueDefinitions' });
export type RevenueDefinitions = z.infer<typeof revenueDefinitionsSchema>;
