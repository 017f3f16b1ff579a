import { z } from 'zod';
import { currencySchema, MAX_AMOUNT_MINOR } from './money.js';
import { idSchema, instantSchema } from './list.js';
import { nameText } from './text.js';
import { isZone } from './person.js';
import { SITE_MODES } from './states.js';

/** Countries with a documented gateway, ISO 3166-1 alpha-2. */
export const COUNTRIES = ['CO', 'EC', 'PR', 'CL', 'PA', 'CR', 'HN', 'BZ', 'UY', 'PE', 'BR'] as const;

export const HASHES = ['sha256', 'sha1'] as const;

/** What was agreed with the gateway beyond its documents; each is a house rule until the gateway says. */
const accountRules = {
  /** Days that a preauthorization holds the money. */
  holdDays: z.int().min(1).max(60),
  /** Minutes to confirm or cancel a captured payment. */
  confirmationMinutes: z.int().min(5).max(43_200),
  /** Most parts of a dispersion. */
  maxDispersions: z.int().min(1).max(20),
  /** A capture may exceed what is held; a second person approves it. */
  overCapture: z.boolean(),
  /** The provider only raises holds. */
  increaseOnly: z.boolean(),
};

/** Refunds above one of these need a second person; null: every refund does. Minor units of the site's currency. */
export const refundLimitsSchema = z
  .strictObject({
    operationMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
    /** All refunds of one payment together. */
    paymentMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
    /** All refunds that one person asked for on one day of the site. */
    dayMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
  })
  .meta({ id: 'RefundLimits' });
export type RefundLimits = z.infer<typeof refundLimitsSchema>;

/** Charges by hand above one of these need a second person; null: every one does. Minor units of the site's currency. */
export const collectLimitsSchema = z
  .strictObject({
    operationMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
    /** All charges that one person, or the keys of that person, asked for on one day of the site. */
    dayMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
  })
  .meta({ id: 'CollectLimits' });
export type CollectLimits = z.infer<typeof collectLimitsSchema>;

/** A site's contract with a gateway. Secrets go in and never come out. */
export const gatewayAccountSchema = z
  .object({
    id: idSchema,
    gateway: z.literal('placetopay'),
    baseUrl: z.string(),
    login: z.string(),
    hash: z.enum(HASHES),
    ...accountRules,
    /** The address to give to the gateway; it names the account so that its secret is known. */
    notificationUrl: z.string(),
    secretSetAt: instantSchema,
    /** Set when the gateway refused our credentials; cleared by a successful call. */
    flaggedAt: instantSchema.nullable(),
    flag: z.string().nullable(),
  })
  .meta({ id: 'GatewayAccount' });

export const siteSchema = z
  .object({
    id: idSchema,
    code: z.string(),
    name: z.string(),
    country: z.enum(COUNTRIES),
    currency: currencySchema,
    zone: z.string(),
    /** Local time at which the gateway's business day ends, HH:MM. */
    cutOff: z.string(),
    mode: z.enum(SITE_MODES),
    /** Where the payer's result page may offer to go back to. */
    returnUrl: z.string().nullable(),
    refundLimits: refundLimitsSchema.nullable(),
    collectLimits: collectLimitsSchema.nullable(),
    /** Minutes in which a batch can still be undone before it is sent. */
    undoMinutes: z.int(),
    /** A schedule's period that is more days late than this is not charged before a person has looked. */
    lateDays: z.int(),
    account: gatewayAccountSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Site' });
export type SiteView = z.infer<typeof siteSchema>;

const httpUrl = z.url({ protocol: /^https?$/ }).max(255);

const siteFields = {
  code: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]{1,30}$/, { message: 'site_code' }),
  name: nameText(80),
  country: z.enum(COUNTRIES),
  currency: currencySchema,
  zone: z.string().max(64).refine(isZone, { message: 'unknown_zone' }),
  cutOff: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'time_of_day' }),
  mode: z.enum(SITE_MODES),
  returnUrl: httpUrl.nullable(),
  refundLimits: refundLimitsSchema.nullable(),
  collectLimits: collectLimitsSchema.nullable(),
  undoMinutes: z.int().min(0).max(10),
  lateDays: z.int().min(1).max(30),
};

export const createSiteSchema = z
  .object({
    ...siteFields,
    cutOff: siteFields.cutOff.default('22:00'),
    returnUrl: siteFields.returnUrl.default(null),
    refundLimits: siteFields.refundLimits.default(null),
    collectLimits: siteFields.collectLimits.default(null),
    undoMinutes: siteFields.undoMinutes.default(5),
    lateDays: siteFields.lateDays.default(3),
  })
  .meta({ id: 'CreateSite' });
export type CreateSite = z.infer<typeof createSiteSchema>;

/** The mode is chosen once: practice, test and live must never share a history. */
export const updateSiteSchema = z
  .object(siteFields)
  .omit({ code: true, mode: true, currency: true })
  .partial()
  .meta({ id: 'UpdateSite' });
export type UpdateSite = z.infer<typeof updateSiteSchema>;

export const saveAccountSchema = z
  .object({
    baseUrl: httpUrl,
    login: z.string().trim().min(1).max(32),
    /** Absent keeps the present secret. */
    secret: z.string().min(1).max(255).optional(),
    hash: z.enum(HASHES).default('sha256'),
    /** Absent ones stay as they are; of a new account they are 30 days, 24 hours, 3 parts, no and no. */
    holdDays: accountRules.holdDays.optional(),
    confirmationMinutes: accountRules.confirmationMinutes.optional(),
    maxDispersions: accountRules.maxDispersions.optional(),
    overCapture: accountRules.overCapture.optional(),
    increaseOnly: accountRules.increaseOnly.optional(),
  })
  .meta({ id: 'SaveAccount' });
export type SaveAccount = z.infer<typeof saveAccountSchema>;

export const CONNECTION_RESULTS = [
  'ok',
  'unknown_login',
  'wrong_secret',
  'clock',
  'refused',
  'unreachable',
] as const;
export const connectionTestSchema = z
  .object({
    result: z.enum(CONNECTION_RESULTS),
    /** The gateway's own code (101, 102, 103 …) where it gave one. */
    code: z.string().nullable(),
    detail: z.string(),
    tookMs: z.int(),
  })
  .meta({ id: 'ConnectionTest' });
export type ConnectionTest = z.infer<typeof connectionTestSchema>;

/** The documented gateway addresses an administrator chooses from. */
export const gatewayAddressSchema = z
  .object({
    gateway: z.literal('placetopay'),
    region: z.string(),
    mode: z.enum(SITE_MODES),
    baseUrl: z.string(),
  })
  .meta({ id: 'GatewayAddress' });
export type GatewayAddress = z.infer<typeof gatewayAddressSchema>;
