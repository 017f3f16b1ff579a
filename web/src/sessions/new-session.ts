import {
  createSessionSchema,
  type CreateSession,
  type Currency,
  type Language,
  type SessionKind,
} from '@recaudo/shared';
import { checkFields } from '../app/check.js';
import { readMoney } from '../fields/money-reading.js';
import { expiresAtOf, USUAL_LIFE, type Life } from './lives.js';
import {
  EMPTY_TERMS,
  MONEY_PROBLEM,
  readShare,
  termsBody,
  unreadMoney,
  type TermsForm,
} from './opening/terms-form.js';

/** The form as it is typed: texts throughout. */
export interface SessionForm extends TermsForm {
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

export const EMPTY_FORM: SessionForm = {
  ...EMPTY_TERMS,
  siteId: '',
  reference: '',
  description: '',
  amountMinor: '',
  life: USUAL_LIFE,
  locale: SITE_LOCALE,
  payer: {},
};

/** What is sent: of all that was typed only what the chosen kind takes. `now` matters only for an unusual life. */
export function toBody(
  form: SessionForm,
  currency: Currency,
  language: Language,
  now: number,
): Partial<CreateSession> {
  const money = readMoney(form.amountMinor ?? '', currency, language).reading;
  const payer = Object.fromEntries(
    Object.entries(form.payer ?? {}).filter(([, text]) => text && text.trim() !== ''),
  );
  const asksMoney = form.kind !== 'subscription';
  const body = {
    siteId: form.siteId,
    reference: form.reference ?? '',
    description: form.description ?? '',
    amountMinor: asksMoney && money.ok ? money.amountMinor : undefined,
    currency: asksMoney ? currency : undefined,
    payer: Object.keys(payer).length > 0 ? payer : undefined,
    expiresAt: expiresAtOf(form.life, now),
    locale: form.locale === SITE_LOCALE ? undefined : (form.locale as CreateSession['locale']),
    ...termsBody(form, (text) => readShare(text, currency, language)),
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** The same schema as the server's, and the amounts read by the person's language. */
export function checkForm(
  form: SessionForm,
  currency: Currency | null,
  language: Language,
  now: number,
): Record<string, string> {
  const read = currency ?? 'COP';
  // Before a site is chosen the amount has no currency yet; the other fields are checked all the same.
  const errors = checkFields(createSessionSchema, toBody(form, read, language, now));
  if (!currency) errors.siteId = 'problems.field.required';
  Object.assign(
    errors,
    unreadMoney(form, (text) => readShare(text, read, language)),
  );
  if (form.kind === 'subscription') return errors;
  delete errors.amountMinor;
  // The field itself explains what is wrong with a text; here it only has to stop the form.
  const { reading } = readMoney(form.amountMinor ?? '', read, language);
  if (!reading.ok && (currency || reading.problem === 'empty'))
    errors.amountMinor = MONEY_PROBLEM(reading.problem);
  return errors;
}

/** What the amount is for, said beside the button. */
export function willWords(kind: SessionKind): string {
  if (kind === 'preauthorization') return 'opening.will_hold';
  return kind === 'confirmation' ? 'opening.will_ask' : 'sessions.will_charge';
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
