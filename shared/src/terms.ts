import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from './money.js';
import { SESSION_KINDS, type SessionKind } from './states.js';
import { freeText } from './text.js';
import { emailSchema } from './person.js';

/** What a payer is asked for beside the amount. Amounts are minor units of the session's currency. */

export const TAX_KINDS = [
  'valueAddedTax',
  'exciseDuty',
  'ice',
  'airportTax',
  'stateTax',
  'municipalTax',
  'reducedStateTax',
] as const;
export const DETAIL_KINDS = [
  'discount',
  'additional',
  'vatDevolutionBase',
  'shipping',
  'handlingFee',
  'insurance',
  'giftWrap',
  'subtotal',
  'fee',
  'tip',
  'airline',
  'interests',
] as const;
export const PERIODICITIES = ['D', 'M', 'Y'] as const;
export const AGREEMENT_TYPES = ['MERCHANT', 'AIRLINE'] as const;
export const DISPLAY_ON = ['none', 'payment', 'receipt', 'both', 'approved'] as const;

/** A calendar day, YYYY-MM-DD, in the site's zone. */
export const daySchema = z.iso.date();

const shareSchema = z.int().min(0).max(MAX_AMOUNT_MINOR);

export const taxSchema = z.object({
  kind: z.enum(TAX_KINDS),
  amountMinor: shareSchema,
  baseMinor: shareSchema.optional(),
});
type Tax = z.infer<typeof taxSchema>;

/** Taxes are a part of the amount, never more than it. */
export function taxesWithin({ amountMinor, taxes }: { amountMinor: number; taxes: Tax[] }): boolean {
  return taxes.reduce((sum, tax) => sum + tax.amountMinor, 0) <= amountMinor;
}
export const TAXES_ABOVE = { path: ['taxes'], message: 'taxes_above_amount' };

export const detailSchema = z.object({ kind: z.enum(DETAIL_KINDS), amountMinor: shareSchema });

export const itemSchema = z.object({
  sku: freeText(30).optional(),
  name: freeText(120).pipe(z.string().min(1)),
  category: z.enum(['digital', 'physical']).optional(),
  quantity: z.int().min(1).max(1_000_000),
  priceMinor: shareSchema,
  taxMinor: shareSchema.optional(),
});

export const addressSchema = z.object({
  street: freeText(128).optional(),
  city: freeText(30).optional(),
  state: freeText(60).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, { message: 'country_code' })
    .optional(),
  postalCode: z.string().trim().max(10).optional(),
  phone: freeText(20).optional(),
});

export const shippingSchema = z.object({
  name: freeText(60).optional(),
  surname: freeText(60).optional(),
  email: emailSchema.optional(),
  mobile: freeText(30).optional(),
  address: addressSchema.optional(),
});

export const fieldSchema = z.object({
  keyword: freeText(50).pipe(z.string().min(1)),
  value: freeText(255),
  displayOn: z.enum(DISPLAY_ON).default('none'),
});

/** Charges that the gateway repeats by itself. `maxPeriods` -1: no limit. */
export const recurringSchema = z.object({
  periodicity: z.enum(PERIODICITIES),
  interval: z.int().min(1).max(366),
  maxPeriods: z
    .int()
    .max(1_200)
    .refine((periods) => periods === -1 || periods >= 1, { message: 'not_positive' }),
  /** The first charge after the session's own; one interval after today unless told. */
  nextPayment: daySchema.optional(),
  dueDate: daySchema.optional(),
});
export type Recurring = z.infer<typeof recurringSchema>;

/** One share of a dispersion. Without an agreement it is the site's own. */
export const dispersionPartSchema = z.object({
  amountMinor: shareSchema,
  agreement: z
    .string()
    .regex(/^\d{1,20}$/, { message: 'digits' })
    .nullable()
    .default(null),
  agreementType: z.enum(AGREEMENT_TYPES).default('MERCHANT'),
  taxes: z.array(taxSchema).max(20).default([]),
  details: z.array(detailSchema).max(20).default([]),
});
export type DispersionPart = z.infer<typeof dispersionPartSchema>;

/** What the gateway's own page may restrict a payer to, lower-case codes such as `visa` or `pse`. */
const methodSchema = z.string().regex(/^[a-z_]{2,30}$/, { message: 'method_code' });

/** The fields that ask for a kind, and what belongs to it. At most one kind may be asked for; none means basic. */
export const termsInputShape = {
  allowPartial: z.boolean().optional(),
  preauthorization: z.boolean().optional(),
  /** Stores a means of payment; no amount. */
  subscription: z.boolean().optional(),
  /** Offers to store the means of payment while paying; the payer may decline. */
  subscribe: z.boolean().optional(),
  /** The payment is captured and waits for `confirm` or `cancel`. */
  requiresConfirmation: z.boolean().optional(),
  recurring: recurringSchema.optional(),
  dispersion: z.array(dispersionPartSchema).min(1).max(20).optional(),
  taxes: z.array(taxSchema).max(20).optional(),
  details: z.array(detailSchema).max(20).optional(),
  items: z.array(itemSchema).max(50).optional(),
  shipping: shippingSchema.optional(),
  fields: z.array(fieldSchema).max(50).optional(),
  paymentMethods: z.array(methodSchema).min(1).max(20).optional(),
};
export type TermsInput = z.infer<z.ZodObject<typeof termsInputShape>>;

/** The kinds that the input asks for, with the field that does, in the order of the rules' names. */
export function kindsAsked(input: TermsInput): { kind: SessionKind; field: keyof TermsInput }[] {
  const asked: [SessionKind, keyof TermsInput, boolean][] = [
    ['partial', 'allowPartial', input.allowPartial === true],
    ['recurring', 'recurring', input.recurring !== undefined],
    ['dispersion', 'dispersion', input.dispersion !== undefined],
    ['preauthorization', 'preauthorization', input.preauthorization === true],
    ['subscription', 'subscription', input.subscription === true],
    ['confirmation', 'requiresConfirmation', input.requiresConfirmation === true],
  ];
  return asked.filter(([, , is]) => is).map(([kind, field]) => ({ kind, field }));
}

export function kindOf(input: TermsInput): SessionKind {
  return kindsAsked(input)[0]?.kind ?? 'basic';
}

/** A broken rule: the field it is about, and the rule's name. */
export interface BrokenRule {
  path: (string | number)[];
  rule: string;
}

type Asked = TermsInput & { amountMinor?: number | undefined; currency?: string | undefined };

/**
 * The rules of the kinds (the gateway's, section by section in `docs/gateways/placetopay.md`). What depends on the site
 * (its limit of parts, its today) is the server's to judge.
 */
export function brokenRules(input: Asked): BrokenRule[] {
  return [
    ...contradictions(input),
    ...amountRules(input),
    ...dispersionRules(input),
    ...recurringRules(input),
  ];
}

function contradictions(input: Asked): BrokenRule[] {
  const asked = kindsAsked(input);
  const [first, ...more] = asked;
  const broken: BrokenRule[] = more.map(({ kind, field }) => ({
    path: [field],
    rule: `${first?.kind ?? ''}_with_${kind}`,
  }));
  if (input.subscribe && first) broken.push({ path: ['subscribe'], rule: 'subscribe_only_basic' });
  if (input.allowPartial) broken.push(...present(input, ['taxes', 'details'], 'partial_without_taxes'));
  if (input.dispersion) broken.push(...present(input, ['taxes', 'details'], 'dispersion_taxes_inside'));
  return broken;
}

function amountRules(input: Asked): BrokenRule[] {
  if (!input.subscription) {
    const missing = (['amountMinor', 'currency'] as const).filter((field) => input[field] === undefined);
    return missing.map((field) => ({ path: [field], rule: 'required' }));
  }
  const moneyFields = ['amountMinor', 'currency', 'taxes', 'details', 'items', 'shipping'] as const;
  return present(input, moneyFields, 'subscription_without_amount');
}

function present(input: Asked, fields: readonly (keyof Asked)[], rule: string): BrokenRule[] {
  return fields.filter((field) => input[field] !== undefined).map((field) => ({ path: [field], rule }));
}

function dispersionRules({ dispersion, amountMinor }: Asked): BrokenRule[] {
  if (!dispersion) return [];
  const broken: BrokenRule[] = [];
  const airlines = dispersion.filter((part) => part.agreementType === 'AIRLINE').length;
  if (airlines > 1 || (airlines === 1 && dispersion.length > 2))
    broken.push({ path: ['dispersion'], rule: 'one_airline' });
  dispersion.forEach((part, index) => {
    const mayBeNothing = airlines === 1 && part.agreementType === 'MERCHANT';
    if (part.amountMinor === 0 && !mayBeNothing)
      broken.push({ path: ['dispersion', index, 'amountMinor'], rule: 'not_positive' });
  });
  const sum = dispersion.reduce((total, part) => total + part.amountMinor, 0);
  if (amountMinor !== undefined && sum !== amountMinor)
    broken.push({ path: ['dispersion'], rule: 'dispersion_sum' });
  return broken;
}

function recurringRules({ recurring }: Asked): BrokenRule[] {
  if (!recurring?.dueDate || !recurring.nextPayment) return [];
  return recurring.dueDate < recurring.nextPayment
    ? [{ path: ['recurring', 'dueDate'], rule: 'before_next_payment' }]
    : [];
}

/** The terms as they stand on an order. */
export const termsSchema = z
  .object({
    kind: z.enum(SESSION_KINDS),
    subscribe: z.boolean(),
    recurring: recurringSchema.nullable(),
    dispersion: z.array(dispersionPartSchema),
    taxes: z.array(taxSchema),
    details: z.array(detailSchema),
    items: z.array(itemSchema),
    shipping: shippingSchema.nullable(),
    fields: z.array(fieldSchema),
    paymentMethods: z.array(z.string()),
  })
  .meta({ id: 'Terms' });
export type Terms = z.infer<typeof termsSchema>;

export function termsOf(input: TermsInput): Terms {
  return {
    kind: kindOf(input),
    subscribe: input.subscribe ?? false,
    recurring: input.recurring ?? null,
    dispersion: input.dispersion ?? [],
    taxes: input.taxes ?? [],
    details: input.details ?? [],
    items: input.items ?? [],
    shipping: input.shipping ?? null,
    fields: input.fields ?? [],
    paymentMethods: input.paymentMethods ?? [],
  };
}
