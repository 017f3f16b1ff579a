/**
 * What clients that nobody here wrote put on the wire, from the protocol document (sections 1.1 to 1.3, 2.1, 10, 11): the
 * official SDKs of PHP, Java and C#, and the WooCommerce and Magento plugins, which are built on the first.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { GoldenSite, Json } from '../placetopay/golden-pair.js';

export interface ForeignClient {
  name: string;
  /** Joined with `api/…`, as it stands in the client's settings. */
  base: string;
  /** What follows the path of a creation. */
  after?: string;
  auth: (site: GoldenSite, now: Date) => Json;
  /** A session's request, without `auth`. */
  order: (reference: string, now: Date) => Json;
}

const bogota = (now: Date): string => new Date(now.getTime() - 5 * 3_600_000).toISOString();
/** PHP's `date('c')`, and what C# writes. */
export const withColon = (now: Date): string => `${bogota(now).slice(0, 19)}-05:00`;
/** No seconds, no colon. */
export const javaSeed = (now: Date): string => `${bogota(now).slice(0, 16)}-0500`;

/** The raw nonce is hashed as bytes, and encoded once for the wire. */
export function digested(
  site: GoldenSite,
  seed: string,
  rawNonce: Buffer,
  algorithm: 'sha1' | 'sha256' = 'sha1',
): Json {
  const tranKey = createHash(algorithm)
    .update(Buffer.concat([rawNonce, Buffer.from(seed + site.secretKey)]))
    .digest('base64');
  return { login: site.login, tranKey, nonce: rawNonce.toString('base64'), seed };
}

/** Base64 already, and encoded once more for the wire. */
export const textNonce = (): Buffer => Buffer.from(randomBytes(16).toString('base64'));

const phpAuth = (site: GoldenSite, now: Date): Json => ({
  ...digested(site, withColon(now), textNonce()),
  additional: [],
});

const buyer = {
  name: 'Ana',
  surname: 'Ruiz',
  email: 'ana@example.com',
  documentType: 'CC',
  document: '1020304050',
};
const about = { returnUrl: 'https://shop.example/back', ipAddress: '190.85.10.20', userAgent: 'Mozilla/5.0' };
/** The SDKs' own: a day ahead, in their own offset. */
const tomorrow = (now: Date): string =>
  new Date(now.getTime() + 86_400_000).toISOString().replace(/\.\d+Z$/, '+00:00');

const PHP: ForeignClient = {
  name: 'the PHP SDK',
  base: '/',
  auth: phpAuth,
  order: (reference, now) => ({
    locale: 'es_CO',
    buyer,
    payment: {
      reference,
      description: 'Pedido',
      amount: { currency: 'COP', total: '12000' },
      allowPartial: false,
    },
    expiration: tomorrow(now),
    captureAddress: false,
    skipResult: false,
    noBuyerFill: false,
    ...about,
  }),
};

const JAVA: ForeignClient = {
  name: 'the Java SDK',
  base: '/',
  auth: (site, now) => digested(site, javaSeed(now), textNonce()),
  order: (reference, now) => ({
    locale: 'es_CO',
    buyer: { ...buyer, mobile: 3006108300 },
    payment: { reference, amount: { currency: 'COP', total: 12000.0 }, items: [], fields: [] },
    expiration: tomorrow(now),
    ...about,
  }),
};

const CSHARP: ForeignClient = {
  name: 'the C# SDK',
  base: '/',
  auth: (site, now) => digested(site, withColon(now), Buffer.from([1, 2, 3, 28, 29, 30, 31, 127])),
  order: (reference, now) => ({
    locale: 'es_CO',
    payer: null,
    buyer,
    payment: {
      reference,
      amount: { currency: 'COP', total: 12000, taxes: null, details: null },
      recurring: null,
      shipping: null,
      items: null,
    },
    expiration: tomorrow(now),
    cancelUrl: null,
    paymentMethod: null,
    ...about,
  }),
};

const WOOCOMMERCE: ForeignClient = {
  name: 'the WooCommerce plugin',
  base: '/redirection/',
  auth: phpAuth,
  order: (reference, now) => ({
    ...PHP.order(reference, now),
    buyer: {
      ...buyer,
      company: '',
      address: { street: 'Calle 1', city: 'Medellín', state: 'Antioquia', country: 'CO', postalCode: '' },
    },
    payment: {
      reference,
      description: 'Pedido [1] <50%> & más',
      amount: {
        currency: 'COP',
        total: '12000.00',
        taxes: [{ kind: 'valueAddedTax', amount: '0', base: '12000' }],
        details: [{ kind: 'shipping', amount: '0' }],
      },
      items: [{ sku: '', name: 'Taladro', category: 'simple', qty: '1', price: '940', tax: '89.3' }],
    },
  }),
};

const MAGENTO: ForeignClient = {
  name: 'the Magento plugin',
  base: '/',
  after: '/',
  auth: phpAuth,
  order: (reference, now) => ({
    ...PHP.order(reference, now),
    payment: {
      reference,
      amount: { currency: 'COP', total: '12000.0000', details: [{ kind: 'discount', amount: '0' }] },
      items: [
        {
          sku: 'A-1',
          name: 'Silla',
          category: 'configurable',
          qty: '1.0000',
          price: '12000.0000',
          tax: '0.0000',
        },
      ],
    },
  }),
};

export const CLIENTS: ForeignClient[] = [PHP, JAVA, CSHARP, WOOCOMMERCE, MAGENTO];
