/** The parts that many pairs share: the sites, an order, and how a card transaction is written. */
import type { GoldenCard, GoldenSite, Json, UnderstoodAttempt } from './golden-pair.js';

/** The address that the pairs were written for; a runner puts its own in its place. */
export const BASE = 'https://sandbox.example';

const colombia = { country: 'CO', currency: 'COP', zone: 'America/Bogota', locale: 'es_CO' } as const;

/** The secret of the vectors in sections 1.2 and 7.2. */
export const SHOP: GoldenSite = {
  ...colombia,
  site: 'SHOP',
  login: '6dd490faf9cb87a9862245da41170ff2',
  secretKey: 's3cr3t-K3y-01',
  algorithm: 'sha256',
};

/** The secret of the two older vectors in section 7.2. */
export const OLD_SHOP: GoldenSite = {
  ...colombia,
  site: 'OLD',
  login: '9db9b52b6b0e4dcb9e8b63db1e2f2c11',
  secretKey: '024h1IlD',
  algorithm: 'sha1',
};

export const CHILEAN_SHOP: GoldenSite = {
  site: 'CHILE',
  country: 'CL',
  currency: 'CLP',
  zone: 'America/Santiago',
  locale: 'es_CL',
  login: '0b6d5c2f7f6a4a1c8a1f3e9d7c5b4a39',
  secretKey: 'ch1l3-K3y',
  algorithm: 'sha256',
};

export const SITES = [SHOP, OLD_SHOP, CHILEAN_SHOP];

const card = (number: string): GoldenCard => ({ number, expiry: '12/30', cvv: '123' });

/** Section 9.1. */
export const CARDS = {
  approved: card('4111111111111111'),
  declined: card('4110760000000016'),
  pendingApproved: card('4110760000000073'),
  pendingRejected: card('4048370000000037'),
  exception: card('4110760000000065'),
  slowApproved: card('4110760000000024'),
  unknown: card('4999999999999995'),
};

export const BUYER = {
  name: 'Ana',
  surname: 'Ruiz',
  email: 'ana@example.com',
  documentType: 'CC',
  document: '1020304050',
};

/** The order of section 10. */
export const ORDER: Json = {
  locale: 'es_CO',
  buyer: BUYER,
  payment: {
    reference: 'ORD-1001',
    description: 'Pedido 1001',
    amount: {
      currency: 'COP',
      total: 84500,
      taxes: [{ kind: 'valueAddedTax', amount: 13491.6, base: 71008.4 }],
    },
  },
  expiration: '2026-03-02T10:45:30-05:00',
  returnUrl: 'https://shop.example/back/1001',
  ipAddress: '190.85.10.20',
  userAgent: 'Mozilla/5.0',
};

const HASH = '0f3c9a7be2d14f5f8c6b1a2d3e4f5061';
export const processUrl = (requestId: number): string => `${BASE}/session/${requestId}/${HASH}`;
export const PROCESS_URL = /^https?:\/\/[^/]+\/session\/\d+\/[0-9a-f]{32}$/;

/** The order as a query echoes it (section 3.2); `payer` once somebody has typed it. */
export const echo = (requestId: number, payer?: Json): Json => ({
  ...ORDER,
  ...(payer && { payer }),
  payment: { ...(ORDER.payment as Json), allowPartial: false, subscribe: false },
  fields: [{ keyword: '_processUrl_', value: processUrl(requestId), displayOn: 'none' }],
});

/** Section 5.1. */
export const SESSION_MESSAGES: Record<string, string> = {
  PC: 'La petición se encuentra activa',
  PT: 'La petición se encuentra pendiente',
  '00': 'La petición ha sido aprobada exitosamente',
  '?C': 'La petición ha sido cancelada por el usuario',
  EX: 'La petición ha expirado',
  XN: 'La petición ha sido rechazada',
};

export const sessionStatus = (status: string, reason: string, date: string): Json => ({
  status,
  reason,
  message: SESSION_MESSAGES[reason],
  date,
});

/** Sections 6 and 10; a gateway may word them differently, so messages of attempts are free. */
const ATTEMPT_MESSAGES: Record<string, string> = {
  '00': 'Aprobada',
  '05': 'Negada, puede ser tarjeta bloqueada o timeout',
  '14': 'Número de tarjeta inválido',
  '?-': 'Pendiente',
  XH: 'Error interno',
};

export interface GoldenAttempt {
  status: UnderstoodAttempt['status'];
  reason: string;
  date: string;
  internalReference: number;
  card: GoldenCard;
  /** In COP unless told. */
  total?: number;
  currency?: string;
  reference?: string;
}

/** A Visa transaction as section 4.7 writes it. */
export function transaction(attempt: GoldenAttempt): Json {
  const { status, reason, date, internalReference, card: paidWith } = attempt;
  const money = { currency: attempt.currency ?? 'COP', total: attempt.total ?? 84500 };
  const field = (keyword: string, value: unknown) => ({ keyword, value, displayOn: 'none' });
  const isOpen = status === 'PENDING';
  return {
    status: { status, reason, message: ATTEMPT_MESSAGES[reason], date },
    internalReference,
    reference: attempt.reference ?? 'ORD-1001',
    paymentMethod: 'visa',
    paymentMethodName: 'Visa',
    issuerName: paidWith === CARDS.approved ? 'JPMORGAN CHASE BANK, N.A.' : 'TESTING',
    amount: { from: money, to: money, factor: 1 },
    authorization: status === 'APPROVED' ? '965960' : '000000',
    receipt: '052617800175',
    franchise: 'CR_VS',
    refunded: false,
    processorFields: [
      field('bin', paidWith.number.slice(0, 6)),
      field('lastDigits', paidWith.number.slice(-4)),
      field('installments', 1),
      ...(isOpen ? [] : [field('b24', reason)]),
    ],
  };
}

export const understood = (attempt: GoldenAttempt, amountMinor = 8_450_000): UnderstoodAttempt => ({
  status: attempt.status,
  reason: attempt.reason,
  internalReference: attempt.internalReference,
  amountMinor,
  currency: attempt.currency ?? 'COP',
  at: attempt.date,
});

/** What a gateway may choose in a query: the page's hash, and of each attempt its numbers and wording. */
export function freeInQuery(attempts: number): Record<string, RegExp> {
  const free: Record<string, RegExp> = { 'request.fields.0.value': PROCESS_URL };
  for (let index = 0; index < attempts; index += 1) {
    free[`payment.${index}.receipt`] = /^\d{1,18}$/;
    free[`payment.${index}.authorization`] = /^\d{6}$/;
    free[`payment.${index}.issuerName`] = /^.+$/;
    free[`payment.${index}.status.message`] = /^.+$/;
  }
  return free;
}
