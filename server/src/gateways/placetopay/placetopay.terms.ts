import {
  AGREEMENT_TYPES,
  PERIODICITIES,
  recurringSchema,
  type Currency,
  type SessionKind,
  type Terms,
} from '@recaudo/shared';
import { z } from 'zod';

/**
 * What the gateway echoes of a request: of our own it repeats what we know, of one that was opened elsewhere it is all we
 * have. What cannot be read is left out; only reference and amount must make sense.
 */

const text = z.union([z.string(), z.number()]).transform(String);
const flag = z.boolean().nullish().catch(null);
const field = z.object({ keyword: z.string(), value: z.unknown() });

const wireRecurring = z.object({
  periodicity: z.enum(PERIODICITIES),
  interval: z.coerce.number(),
  maxPeriods: z.coerce.number().default(-1),
  nextPayment: z.string().nullish(),
  dueDate: z.string().nullish(),
});

type Amount = { currency: Currency; minor: number };

export function requestSchema<A extends z.ZodType<Amount>, P extends z.ZodType>(amount: A, payer: P) {
  const part = z.object({
    amount,
    agreement: text.nullish(),
    agreementType: z.enum(AGREEMENT_TYPES).nullish().catch(null),
  });
  return z.object({
    payer: payer.optional(),
    type: z.string().nullish().catch(null),
    locale: z
      .string()
      .max(5)
      .nullish()
      .catch(null)
      .transform((value) => value ?? null),
    expiration: z.iso
      .datetime({ offset: true })
      .transform((date) => new Date(date))
      .nullish()
      .catch(null)
      .transform((value) => value ?? null),
    returnUrl: z
      .string()
      .max(255)
      .nullish()
      .catch(null)
      .transform((value) => value ?? null),
    fields: z.array(field).nullish().catch(null),
    metadata: z.object({ requiresConfirmation: flag }).nullish().catch(null),
    payment: z
      .object({
        reference: z.string(),
        description: z.string().nullish(),
        amount,
        allowPartial: flag,
        subscribe: flag,
        recurring: wireRecurring.nullish().catch(null),
        dispersion: z.array(part).nullish().catch(null),
      })
      .nullish(),
    subscription: z.object({ reference: z.string(), description: z.string().nullish() }).nullish(),
  });
}
type WireRequest = z.infer<ReturnType<typeof requestSchema<z.ZodType<Amount>, z.ZodType>>>;

export function kindOfRequest({ payment, type, metadata }: WireRequest): SessionKind {
  if (!payment) return 'subscription';
  if (type === 'checkin') return 'preauthorization';
  if (payment.allowPartial) return 'partial';
  if (payment.recurring) return 'recurring';
  if (payment.dispersion && payment.dispersion.length > 0) return 'dispersion';
  return metadata?.requiresConfirmation ? 'confirmation' : 'basic';
}

export function termsOfRequest(request: WireRequest): Terms {
  const { payment } = request;
  const recurring = payment?.recurring && {
    ...payment.recurring,
    nextPayment: payment.recurring.nextPayment ?? undefined,
    dueDate: payment.recurring.dueDate ?? undefined,
  };
  return {
    kind: kindOfRequest(request),
    subscribe: payment?.subscribe ?? false,
    recurring: recurring ? (recurringSchema.safeParse(recurring).data ?? null) : null,
    dispersion: (payment?.dispersion ?? []).map((part) => ({
      amountMinor: part.amount.minor,
      agreement: part.agreement && /^\d{1,20}$/.test(part.agreement) ? part.agreement : null,
      agreementType: part.agreementType ?? 'MERCHANT',
      taxes: [],
      details: [],
    })),
    taxes: [],
    details: [],
    items: [],
    shipping: null,
    fields: [],
    paymentMethods: [],
  };
}

export function processUrlOf({ fields }: WireRequest): string | null {
  const value = fields?.find(({ keyword }) => keyword === '_processUrl_')?.value;
  return typeof value === 'string' && /^https?:\/\//.test(value) ? value.slice(0, 500) : null;
}
