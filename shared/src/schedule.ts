import { z } from 'zod';
import { daySchema, TAXES_ABOVE, taxesWithin, taxSchema } from './terms.js';
import { cappedCountSchema, idSchema, instantSchema, pageQuerySchema, pageSchema } from './list.js';
import { amountMinorSchema, currencySchema } from './money.js';
import { isZone } from './person.js';
import { instrumentSchema, payerSchema, timelineEntrySchema } from './session.js';
import { PERIOD_STATES, PERIOD_UNITS, SCHEDULE_ENDS, SCHEDULE_STATES, SITE_MODES } from './states.js';
import { freeText, nameText } from './text.js';

/** The longest stretch between two charges, by unit: beyond five years nobody means it. */
export const MAX_INTERVALS = { day: 366, week: 260, month: 60, year: 5 } as const;
/** A plan with a last day has it within so many years. */
const FURTHEST_END_YEARS = 50;
export const MAX_TRIAL_DAYS = 730;
export const MAX_PERIODS = 1_200;

/** The period's number is added to it, and the whole is the reference of the period's order: 32 characters at most. */
export const scheduleReferenceSchema = z
  .string()
  .trim()
  .min(1)
  .max(26)
  .regex(/^[\w\-#/$:. ]+$/, { message: 'reference_characters' });

const priceFields = {
  amountMinor: amountMinorSchema,
  taxes: z.array(taxSchema).max(20).default([]),
};

/** When a schedule charges. Days are calendar days of its zone. */
const rhythmFields = {
  unit: z.enum(PERIOD_UNITS),
  interval: z.int().min(1).max(MAX_INTERVALS.day),
  /** The first charge's day, unless a trial comes before it. */
  startOn: daySchema,
  trialDays: z.int().min(0).max(MAX_TRIAL_DAYS).default(0),
  /** Of months and years: the day of the month; where a month has no such day, its last. */
  anchorDay: z.int().min(1).max(31).nullable().default(null),
  maxPeriods: z.int().min(1).max(MAX_PERIODS).nullable().default(null),
  /** Nothing is charged after this day. */
  endOn: daySchema.nullable().default(null),
};

/** What two fields say together is told whatever else is wrong, as long as each of them is right by itself. */
function together(field: string, other: string, message: string) {
  return {
    ...{ path: [field], message },
    when: ({ value, issues }: z.core.ParsePayload) =>
      typeof value === 'object' && !issues.some(({ path }) => path?.[0] === field || path?.[0] === other),
  };
}

export const createScheduleSchema = z
  .strictObject({
    siteId: idSchema,
    /** Names it for its site. */
    reference: scheduleReferenceSchema,
    /** What the payer subscribes to, as the payer knows it. */
    plan: nameText(80),
    instrumentId: idSchema,
    ...priceFields,
    currency: currencySchema,
    ...rhythmFields,
    /** IANA; the site's where it is left out. */
    zone: z.string().max(64).refine(isZone, { message: 'unknown_zone' }).optional(),
    /** Local hour of the charge. */
    chargeHour: z.int().min(0).max(23).default(9),
    /** What follows a charge that fails; null: the site's default. */
    policyId: idSchema.nullable().default(null),
  })
  .refine(
    ({ anchorDay, unit }) => anchorDay === null || unit === 'month' || unit === 'year',
    together('anchorDay', 'unit', 'anchor_without_month'),
  )
  .refine(({ interval, unit }) => interval <= MAX_INTERVALS[unit], together('interval', 'unit', 'too_big'))
  .refine(
    ({ endOn, startOn }) => endOn === null || endOn >= startOn,
    together('endOn', 'startOn', 'before_start'),
  )
  .refine(
    ({ endOn, startOn }) =>
      endOn === null || Number(endOn.slice(0, 4)) <= Number(startOn.slice(0, 4)) + FURTHEST_END_YEARS,
    together('endOn', 'startOn', 'too_big'),
  )
  .refine(taxesWithin, TAXES_ABOVE)
  .meta({ id: 'CreateSchedule' });
export type CreateSchedule = z.infer<typeof createScheduleSchema>;

const upcomingSchema = z.object({
  number: z.int(),
  day: daySchema,
  at: instantSchema,
  amountMinor: z.int(),
});

const ownerSchema = payerSchema.pick({
  ...{ name: true, surname: true, email: true, documentType: true, document: true },
});

/** What will still be charged, and when access ends, if it is done. */
export const outlookSchema = z
  .object({
    currency: currencySchema,
    /** The next twelve charges at most, oldest first. */
    charges: z.array(upcomingSchema),
    /** How many more there will be after those; null: without end. */
    more: z.int().nullable(),
    /** The last day that is paid for; null: it goes on. */
    accessEndsOn: daySchema.nullable(),
    /** Periods that are not paid, whose further tries end by it. */
    triesEnd: z.array(
      z.object({ periodId: idSchema, number: z.int(), day: daySchema, amountMinor: z.int() }),
    ),
    /** What was due by now and is neither paid nor given up: it stays owed, whatever is done to the schedule. */
    owed: z.object({ count: z.int(), amountMinor: z.int() }),
    /** Of another means of payment: whose it is, where it is not the schedule's payer's own. */
    anotherPayer: ownerSchema.nullable(),
    /** Why none of the charges can be made as its means of payment stands, as a message key; null: nothing is against it. */
    whyNotCharged: z.string().nullable(),
  })
  .meta({ id: 'Outlook' });
export type Outlook = z.infer<typeof outlookSchema>;

export const schedulePeriodSchema = z
  .object({
    id: idSchema,
    scheduleId: idSchema,
    siteId: idSchema,
    /** Counted from 1. */
    number: z.int(),
    day: daySchema,
    /** The instant of its charge. */
    at: instantSchema,
    amountMinor: z.int(),
    currency: currencySchema,
    state: z.enum(PERIOD_STATES),
    /** Why it is blocked, waits, or is unpaid, as a message key. */
    why: z.string().nullable(),
    /** Of a blocked one: until when, as far as that is known. */
    until: instantSchema.nullable(),
    /** The gateway's reason of the last try. */
    reason: z.string().nullable(),
    tries: z.int(),
    /** When it is tried next; null of a planned one that is not going to be, `why` says why. */
    nextTryAt: instantSchema.nullable(),
    paidAt: instantSchema.nullable(),
    /** `collect`: charged; `link`: the payer paid by hand. */
    paidBy: z.enum(['collect', 'link']).nullable(),
    /** The payment to look at: its newest. */
    sessionId: idSchema.nullable(),
    /** What blocks it, where it is another payment. */
    blockedBy: idSchema.nullable(),
    orderId: idSchema.nullable(),
    /** Where the payer pays it by hand; null while nothing was asked for, and for whoever may not see links. */
    payUrl: z.string().nullable(),
    availableActions: z.array(
      z.object({
        action: z.enum(['charge', 'skip', 'waive', 'copyLink']),
        allowed: z.boolean(),
        why: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Period' });
export type PeriodView = z.infer<typeof schedulePeriodSchema>;

const scheduleFields = {
  id: idSchema,
  siteId: idSchema,
  reference: z.string(),
  plan: z.string(),
  state: z.enum(SCHEDULE_STATES),
  /** What it charges now, by the price of the next period. */
  amountMinor: z.int(),
  currency: currencySchema,
  unit: z.enum(PERIOD_UNITS),
  interval: z.int(),
  startOn: daySchema,
  trialDays: z.int(),
  /** Of months and years: the day of the month; null: the first charge's. */
  anchorDay: z.int().nullable(),
  zone: z.string(),
  next: z.object({ day: daySchema, at: instantSchema, amountMinor: z.int() }).nullable(),
  /** Why the next one cannot be charged as its means of payment stands, as a message key; null: nothing is against it. */
  whyNotCharged: z.string().nullable(),
  /** What its payer has now. `given`: the period under way is paid, or was skipped; `owed`: it is not paid. */
  access: z.enum(['none', 'trial', 'given', 'owed']),
  /** Since when something of it is not paid. */
  pastDueSince: instantSchema.nullable(),
  /** It was cancelled, and goes on to this day. */
  endsOn: daySchema.nullable(),
  endedAt: instantSchema.nullable(),
  endedWhy: z.enum(SCHEDULE_ENDS).nullable(),
  mode: z.enum(SITE_MODES),
  payer: ownerSchema.extend({ id: idSchema.nullable() }),
  instrument: instrumentSchema.pick({
    id: true,
    brand: true,
    brandName: true,
    lastFour: true,
    validUntil: true,
    state: true,
  }),
  createdAt: instantSchema,
};

export const scheduleListItemSchema = z.object(scheduleFields).meta({ id: 'ScheduleListItem' });
export type ScheduleListItem = z.infer<typeof scheduleListItemSchema>;
export const schedulePageSchema = pageSchema(scheduleListItemSchema).meta({ id: 'SchedulePage' });

export const SCHEDULE_ACTIONS = [
  'pause',
  'resume',
  'skip',
  'amount',
  'instrument',
  'cancel',
  'keep',
  'policy',
] as const;

export const scheduleSchema = z
  .object({
    ...scheduleFields,
    taxes: z.array(taxSchema),
    maxPeriods: z.int().nullable(),
    endOn: daySchema.nullable(),
    chargeHour: z.int(),
    /** What holds for it: `named` by the schedule itself, else its site's; without a name the house's own. */
    policy: z.object({ id: idSchema.nullable(), name: z.string().nullable(), named: z.boolean() }),
    /** What it has charged so far. */
    paid: z.object({ count: z.int(), amountMinor: z.int() }),
    /** Prices that begin later, oldest first. */
    prices: z.array(z.object({ fromOn: daySchema, amountMinor: z.int(), taxes: z.array(taxSchema) })),
    /** Newest first, 60 at most: what was charged, and the next one. */
    periods: z.array(schedulePeriodSchema),
    outlook: outlookSchema,
    timeline: z.array(timelineEntrySchema),
    availableActions: z.array(
      z.object({ action: z.enum(SCHEDULE_ACTIONS), allowed: z.boolean(), why: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Schedule' });
export type ScheduleView = z.infer<typeof scheduleSchema>;

const reason = freeText(300).optional();
/**
 * What is done to a schedule. `skip`: the next period is not charged. `amount`: from a day on. `cancel`: now, or when
 * what is paid for is over; what was due before stays owed and is not charged by us any more. `keep`: it was cancelled
 * for later, and goes on after all. `instrument`: another payer's is taken only where that is said.
 */
export const scheduleActSchema = z
  .discriminatedUnion('act', [
    z.strictObject({ act: z.literal('pause'), reason }),
    z.strictObject({ act: z.literal('resume'), reason }),
    /** With the day of the charge that is meant it is refused once another comes next. */
    z.strictObject({ act: z.literal('skip'), day: daySchema.optional(), reason }),
    z.strictObject({ act: z.literal('amount'), ...priceFields, fromOn: daySchema, reason }),
    z.strictObject({
      ...{ act: z.literal('instrument'), instrumentId: idSchema, reason },
      anotherPayer: z.boolean().optional(),
    }),
    z.strictObject({ act: z.literal('cancel'), when: z.enum(['now', 'period_end']), reason }),
    z.strictObject({ act: z.literal('keep'), reason }),
    z.strictObject({ act: z.literal('policy'), policyId: idSchema.nullable(), reason }),
  ])
  .refine((act) => act.act !== 'amount' || taxesWithin(act), TAXES_ABOVE)
  .meta({ id: 'ScheduleAct' });
export type ScheduleAct = z.infer<typeof scheduleActSchema>;

/** Sorted by the next charge, soonest first; ended ones by their end, newest first. */
export const scheduleListQuerySchema = z
  .strictObject({
    state: z.enum(SCHEDULE_STATES).default('active'),
    /** Only those of which something is not paid. */
    pastDue: z.enum(['true']).optional(),
    siteId: idSchema.optional(),
    payerId: idSchema.optional(),
    instrumentId: idSchema.optional(),
    policyId: idSchema.optional(),
    /** Exact id, reference (or its start), plan's start, e-mail, document, last four. */
    q: z.string().trim().max(120).optional(),
  })
  .extend(pageQuerySchema.shape);
export type ScheduleListQuery = z.infer<typeof scheduleListQuerySchema>;

export const scheduleCountsSchema = z
  .object({ byState: z.record(z.enum(SCHEDULE_STATES), cappedCountSchema), pastDue: cappedCountSchema })
  .meta({ id: 'ScheduleCounts' });
export type ScheduleCounts = z.infer<typeof scheduleCountsSchema>;
