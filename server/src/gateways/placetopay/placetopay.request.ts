import { minorToDecimal, type Currency, type PayerInput, type Terms } from '@recaudo/shared';
import type { CollectRequest, OpenRequest, OperationRequest } from '../gateway.port.js';

/** What we say: the bodies of our calls, without a property that nobody asked for. */

type Body = Record<string, unknown>;

/** 8450000 COP → 84500; the text is exact and the number is its nearest, as JSON readers expect. */
function wireTotal(amountMinor: number, currency: Currency): number {
  return Number(minorToDecimal(amountMinor, currency));
}

export function createBody(auth: unknown, request: OpenRequest): Body {
  const { terms, payer } = request;
  return {
    auth,
    ...(terms.kind === 'preauthorization' ? { type: 'checkin' } : {}),
    locale: request.locale,
    ...(payer ? { buyer: withoutEmpty(payer) } : {}),
    ...(terms.kind === 'subscription'
      ? { subscription: subscription(request) }
      : { payment: payment(request) }),
    ...(terms.paymentMethods.length > 0 ? { paymentMethod: terms.paymentMethods.join(',') } : {}),
    ...(terms.kind === 'confirmation' ? { metadata: { requiresConfirmation: true } } : {}),
    expiration: request.expiresAt.toISOString(),
    returnUrl: request.returnUrl,
    ipAddress: request.ipAddress,
    userAgent: request.userAgent,
  };
}

function subscription({ reference, description, terms }: OpenRequest): Body {
  return { reference, description, ...some('fields', terms.fields) };
}

function payment(request: OpenRequest): Body {
  const { reference, description, terms, currency } = request;
  return {
    reference,
    description,
    amount: amount(request.amountMinor, currency, terms),
    ...(terms.kind === 'partial' ? { allowPartial: true } : {}),
    ...(terms.subscribe ? { subscribe: true } : {}),
    ...(terms.shipping ? { shipping: withoutEmpty(terms.shipping) } : {}),
    ...some(
      'items',
      terms.items.map((item) => wireItem(item, currency)),
    ),
    ...some('fields', terms.fields),
    ...(terms.recurring
      ? { recurring: { ...withoutEmpty(terms.recurring), notificationUrl: request.notificationUrl } }
      : {}),
    ...some(
      'dispersion',
      terms.dispersion.map((part) => ({
        amount: amount(part.amountMinor, currency, part),
        agreementType: part.agreementType,
        ...(part.agreement ? { agreement: Number(part.agreement) } : {}),
      })),
    ),
  };
}

function amount(
  amountMinor: number,
  currency: Currency,
  { taxes, details }: Pick<Terms, 'taxes' | 'details'>,
): Body {
  const money = (minor: number): number => wireTotal(minor, currency);
  return {
    currency,
    total: money(amountMinor),
    ...some(
      'taxes',
      taxes.map((tax) => ({
        kind: tax.kind,
        amount: money(tax.amountMinor),
        ...(tax.baseMinor === undefined ? {} : { base: money(tax.baseMinor) }),
      })),
    ),
    ...some(
      'details',
      details.map((detail) => ({ kind: detail.kind, amount: money(detail.amountMinor) })),
    ),
  };
}

function wireItem(item: Terms['items'][number], currency: Currency): Body {
  return withoutEmpty({
    sku: item.sku,
    name: item.name,
    category: item.category,
    qty: item.quantity,
    price: wireTotal(item.priceMinor, currency),
    tax: item.taxMinor === undefined ? undefined : wireTotal(item.taxMinor, currency),
  });
}

export function operationBody(auth: unknown, request: OperationRequest): Body {
  const { action, internalReference, amount: asked, locale } = request;
  return {
    auth,
    action,
    internalReference: Number(internalReference),
    locale,
    ...(asked ? { amount: { currency: asked.currency, total: wireTotal(asked.minor, asked.currency) } } : {}),
  };
}

export function collectBody(auth: unknown, request: CollectRequest): Body {
  const { reference, description, amountMinor, currency, taxes, payer, locale } = request;
  return {
    auth,
    ...(request.preauthorization ? { type: 'checkin' } : {}),
    locale,
    payer: withoutEmpty(payer),
    payment: { reference, description, amount: amount(amountMinor, currency, { taxes, details: [] }) },
    instrument: { token: { token: request.token } },
  };
}

export function invalidateBody(auth: unknown, token: string): Body {
  return { auth, instrument: { token: { token } } };
}

/** A property only where there is something to list. */
function some<T>(name: string, values: T[]): Record<string, T[]> {
  return values.length > 0 ? { [name]: values } : {};
}

function withoutEmpty(person: PayerInput | object): Body {
  return Object.fromEntries(
    Object.entries(person).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
