import {
  createSessionSchema,
  DEFAULT_EXPIRATION_MS,
  type CreateSession,
  type Currency,
  type Language,
} from '@recaudo/shared';
import { checkFields } from '../app/check.js';
import { readMoney } from '../fields/money-reading.js';

/** The form as it is typed: texts throughout. */
export interface SessionForm {
  siteId: string;
  reference: string;
  description: string;
  /** Named as the API names the amount, so that the server's errors find it; holds what was typed. */
  amountMinor: string;
  life: Life;
  locale: string;
  payer: {
    name?: string;
    surname?: string;
    email?: string;
    documentType?: string;
    document?: string;
    mobile?: string;
  };
}

/** The page speaks the site's own language unless another is chosen. */
export const SITE_LOCALE = 'site';

export const LIVES = { '1h': 1, '24h': 24, '3d': 72, '7d': 168, '30d': 720 } as const;
export type Life = keyof typeof LIVES;
const HOUR_MS = 3_600_000;

/** What is sent. `now` matters only for a life other than the server's own default of 24 hours. */
export function toBody(
  form: SessionForm,
  currency: Currency,
  language: Language,
  now: number,
): Partial<CreateSession> {
  const money = readMoney(form.amountMinor ?? '', currency, language).reading;
  const life = LIVES[form.life] * HOUR_MS;
  const payer = Object.fromEntries(
    Object.entries(form.payer ?? {}).filter(([, text]) => text && text.trim() !== ''),
  );
  return {
    siteId: form.siteId,
    reference: form.reference ?? '',
    description: form.description ?? '',
    amountMinor: money.ok ? money.amountMinor : undefined,
    currency,
    payer: Object.keys(payer).length > 0 ? payer : undefined,
    expiresAt: life === DEFAULT_EXPIRATION_MS ? undefined : new Date(now + life).toISOString(),
    locale: form.locale === SITE_LOCALE ? undefined : (form.locale as CreateSession['locale']),
  };
}

/** The same schema as the server's, and the amount read by the person's language. */
export function checkForm(
  form: SessionForm,
  currency: Currency | null,
  language: Language,
  now: number,
): Record<string, string> {
  // Before a site is chosen the amount has no currency yet; the other fields are checked all the same.
  const errors = checkFields(createSessionSchema, toBody(form, currency ?? 'COP', language, now));
  delete errors.amountMinor;
  if (!currency) errors.siteId = 'problems.field.required';
  // The field itself explains what is wrong with a text; here it only has to stop the form.
  const { reading } = readMoney(form.amountMinor ?? '', currency ?? 'COP', language);
  if (!reading.ok && (currency || reading.problem === 'empty'))
    errors.amountMinor = `fields.money.${reading.problem}`;
  return errors;
}

/** One intent to create: the body and the key it travels with. */
export interface Prepared {
  fingerprint: string;
  key: string;
  body: Partial<CreateSession>;
}

/**
 * A retry of the same form sends the same body with the same key, so that nothing is opened twice; a changed
 * form is another intent and gets its own key (the same key with another body is refused by the server).
 */
export function prepare(
  form: SessionForm,
  before: Prepared | null,
  reader: { currency: Currency; language: Language; now: number; newKey: () => string },
): Prepared {
  const fingerprint = JSON.stringify([form, reader.currency]);
  if (before?.fingerprint === fingerprint) return before;
  return {
    fingerprint,
    key: reader.newKey(),
    body: toBody(form, reader.currency, reader.language, reader.now),
  };
}
