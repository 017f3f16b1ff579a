import { z } from 'zod';
import { LANGUAGES } from './amount.js';
import { cappedCountSchema, idSchema, instantSchema, pageQuerySchema, pageSchema } from './list.js';
import type { Meaning } from './states.js';

/**
 * A letter on its way. `queued`: waits to be sent, perhaps once more. `shown`: practice shows it in place of sending
 * it. `failed`: it is not tried again unless a person says so.
 */
export const MAIL_STATES = ['queued', 'sent', 'shown', 'failed'] as const;
export type MailState = (typeof MAIL_STATES)[number];
export const MAIL_MEANING: Record<MailState, Meaning> = {
  queued: 'waiting',
  sent: 'done',
  shown: 'done',
  failed: 'failed',
};

export const MAIL_TEMPLATES = [
  'hold_expiring',
  'receipt',
  'charge_failed',
  'charge_receipt',
  'schedule_ended',
  'instrument_replacement',
] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

/** What became of a letter: `sent` by SMTP, `shown` here alone (practice), or it `waits` for SMTP to be set. */
export const MAIL_DELIVERIES = ['sent', 'shown', 'waits'] as const;
export type MailDelivery = (typeof MAIL_DELIVERIES)[number];

/** Why a letter was not accepted the last time, as a message key. The first six are tried again by themselves. */
export const MAIL_REASONS = [
  'put_off',
  'unreachable',
  'no_tls',
  'login_refused',
  'sender_refused',
  'interrupted',
  'recipient_refused',
  'content_refused',
  'invalid_address',
  'unreadable',
  'too_old',
] as const;
export type MailReason = (typeof MAIL_REASONS)[number];

export const mailSchema = z
  .object({
    id: idSchema,
    /** Null: a letter to a person of the house; only administrators see it. */
    siteId: idSchema.nullable(),
    /** The order that it is about. */
    reference: z.string().nullable(),
    template: z.enum(MAIL_TEMPLATES),
    language: z.enum(LANGUAGES),
    recipient: z.string(),
    /** Null: what it was to tell cannot be read any more. */
    subject: z.string().nullable(),
    state: z.enum(MAIL_STATES),
    createdAt: instantSchema,
    /** When it is tried next; null once nothing is tried any more. */
    nextTryAt: instantSchema.nullable(),
    /** How often it was handed to the mail server, since it was asked for last. */
    sends: z.int(),
    /** When it was sent, or shown. */
    sentAt: instantSchema.nullable(),
    reason: z.enum(MAIL_REASONS).nullable(),
    /** The mail server's own words. */
    answer: z.string().nullable(),
    availableActions: z.array(
      z.object({ action: z.enum(['again']), allowed: z.boolean(), why: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Mail' });
export type MailView = z.infer<typeof mailSchema>;
export const mailPageSchema = pageSchema(mailSchema).meta({ id: 'MailPage' });

/** One letter with its words; null where they cannot be written any more. */
export const mailDetailSchema = mailSchema
  .extend({ text: z.string().nullable(), html: z.string().nullable() })
  .meta({ id: 'MailDetail' });
export type MailDetail = z.infer<typeof mailDetailSchema>;

const filterShape = {
  siteId: idSchema.optional(),
  /** A letter's id, an order's reference, or the beginning of an address. */
  q: z.string().trim().max(120).optional(),
};
/** Newest first. */
export const mailListQuerySchema = z
  .strictObject({ state: z.enum(MAIL_STATES).optional(), ...filterShape })
  .extend(pageQuerySchema.shape);
export type MailListQuery = z.infer<typeof mailListQuerySchema>;
export const mailCountsQuerySchema = z.strictObject(filterShape);
export type MailFilter = z.infer<typeof mailCountsQuerySchema> & { state?: MailState | undefined };

export const mailCountsSchema = z
  .object({
    all: cappedCountSchema,
    byState: z.record(z.enum(MAIL_STATES), cappedCountSchema),
    delivery: z.enum(MAIL_DELIVERIES),
  })
  .meta({ id: 'MailCounts' });
export type MailCounts = z.infer<typeof mailCountsSchema>;
