/** The parts that many pairs share: the sites, the cards, an order and its echo. */
import { createHash } from 'node:crypto';
import type { GoldenCard, GoldenSite, Json } from './golden-pair.js';

/** The address that the pairs were written for; a runner puts its own in its place. */
export const BASE = 'https://sandbox.example';

/** The merchant's address for recurring charges; a runner puts its own listener in its place. */
export const NEWS = 'https://shop.example/news';

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

export const PUERTO_RICAN_SHOP: GoldenSite = {
  site: 'PUERTO',
  country: 'PR',
  currency: 'USD',
  zone: 'America/Puerto_Rico',
  locale: 'es_PR',
  login: '5a0f7d1e9c3b48e2a6d4c2b1f0e9d8c7',
  secretKey: 'pu3rt0-K3y',
  algorithm: 'sha256',
};

/** Charges by itself; apart, so that no other shop's charges come between its own. */
export const MONTHLY_SHOP: GoldenSite = {
  ...SHOP,
  site: 'MONTHLY',
  login: '71e5c0b2a94f4d6d8f3b2a1c0d9e8f76',
};

export const SITES = [SHOP, OLD_SHOP, CHILEAN_SHOP, PUERTO_RICAN_SHOP, MONTHLY_SHOP];

/** The stored card of section 10; a runner puts what its gateway gave out in their place. */
export const TOKEN = `9b1f${'0c4d7a2e58b6'.repeat(5)}`;
export const SUBTOKEN = '8740257204881111';

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
  /** Approved below 200 US dollars, declined from there on. */
  below200: card('4110760000000057'),
  shortLived: { number: '4111111111111111', expiry: '02/28', cvv: '123' },
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

/** An order as a query echoes it (section 3.2); `payer` once somebody has typed it. */
export function echo(requestId: number, payer?: Json, order: Json = ORDER): Json {
  const { payment, subscription, ...rest } = order as { payment?: Json; subscription?: Json };
  return {
    ...rest,
    ...(payer && { payer }),
    ...(payment && { payment: { allowPartial: false, subscribe: false, ...payment } }),
    ...(subscription && { subscription }),
    fields: [{ keyword: '_processUrl_', value: processUrl(requestId), displayOn: 'none' }],
  };
}

/** Section 5.1; where the document has no Spanish wording, a gateway may choose (all but `WORDED`). */
const SESSION_MESSAGES: Record<string, string> = {
  PC: 'La petición se encuentra activa',
  PT: 'La petición se encuentra pendiente',
  '00': 'La petición ha sido aprobada exitosamente',
  '?C': 'La petición ha sido cancelada por el usuario',
  EX: 'La petición ha expirado',
  XN: 'La petición ha sido rechazada',
  MC: 'La petición ha sido cancelada por el comercio',
  P0: 'La petición ha sido aprobada parcialmente',
  PX: 'La petición ha expirado o ha sido cancelada y contiene pagos',
};

/** Reasons whose Spanish session message stands in the document. */
export const WORDED = ['PC', 'PT', '00', '?C', 'EX', 'XN', 'MC'];

export const sessionStatus = (status: string, reason: string, date: string): Json => ({
  status,
  reason,
  message: SESSION_MESSAGES[reason],
  date,
});

/** The signature of section 7.2 over the values as sent; `number` is the session's or, for a recurring charge, its own. */
export function signed(
  site: GoldenSite,
  number: number,
  status: string,
  date: string,
  prefix = 'sha256:',
): string {
  const hash = createHash(site.algorithm).update(`${number}${status}${date}${site.secretKey}`).digest('hex');
  return site.algorithm === 'sha256' ? prefix + hash : hash;
}
