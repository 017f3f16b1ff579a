import { z } from 'zod';
import { amountMinorSchema, currencySchema } from './money.js';
import { idSchema, instantSchema } from './list.js';
import { freeText, holdsCardNumber } from './text.js';
import { emailSchema } from './person.js';
import { brokenRules, termsInputShape } from './terms.js';

/** Shortest life of a session: the gateway refuses anything nearer. */
export const MIN_EXPIRATION_MS = 5 * 60_000;
export const DEFAULT_EXPIRATION_MS = 24 * 3_600_000;
export const MAX_EXPIRATION_MS = 90 * 24 * 3_600_000;

export const SESSION_LOCALES = ['es_CO', 'es_EC', 'es_PR', 'es_CL', 'es_PA', 'es_CR', 'en_US'] as const;

export const payerInputSchema = z.object({
  name: freeText(60).optional(),
  surname: freeText(60).optional(),
  email: emailSchema.optional(),
  documentType: z.string().trim().max(6).optional(),
  // An Ecuadorian RUC has 13 digits, so only what is longer can be told from a card.
  document: z
    .string()
    .trim()
    .max(25)
    .refine((text) => text.replace(/\D/g, '').length < 15 || !holdsCardNumber(text), {
      message: 'card_number',
    })
    .optional(),
  mobile: freeText(30).optional(),
});
export type PayerInput = z.infer<typeof payerInputSchema>;

/** Names an order for its site, and is the gateway's reference of it. */
export const referenceSchema = z
  .string()
  .trim()
  .min(1)
  .max(32)
  .regex(/^[\w\-#/$:. ]+$/, { message: 'reference_characters' });

/** What it takes to open a payment. `reference` names the order: 1–32 characters, kept as the gateway's reference. */
export const createSessionSchema = z
  // A misspelt wish must not become a plain payment.
  .strictObject({
    siteId: idSchema,
    reference: referenceSchema,
    description: freeText(250).pipe(z.string().min(1)),
    /** Absent only for a subscription, which asks for no money. */
    amountMinor: amountMinorSchema.optional(),
    currency: currencySchema.optional(),
    payer: payerInputSchema.optional(),
    /** Absolute; default 24 hours from now; at least 5 minutes, at most 90 days ahead. */
    expiresAt: instantSchema.optional(),
    locale: z.enum(SESSION_LOCALES).optional(),
    /** The shop's own address, offered to the payer at the end. */
    returnUrl: z
      .url({ protocol: /^https?$/ })
      .max(255)
      .optional(),
    /** The payer's address and browser, when the shop knows them. */
    ipAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
    userAgent: z.string().max(255).optional(),
    ...termsInputShape,
  })
  .superRefine((input, context) => {
    for (const { path, rule } of brokenRules(input))
      context.addIssue({ code: 'custom', path, message: rule });
  })
  .meta({ id: 'CreateSession' });
export type CreateSession = z.infer<typeof createSessionSchema>;

/** A new link for what is left of an order, on the same order. Default: 24 hours. */
export const remainderSchema = z.object({ expiresAt: instantSchema.optional() }).meta({ id: 'Remainder' });
export type Remainder = z.infer<typeof remainderSchema>;
