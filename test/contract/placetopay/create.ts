/** `POST /api/session`: sessions that are opened (sections 1, 3.1, 10). */
import type { GoldenPair } from './golden-pair.js';
import { BUYER, CHILEAN_SHOP, ORDER, SHOP } from './samples.js';
import { opened } from './sentences.js';

const SEED = '2026-03-02T10:15:30-05:00';
const literal = (tranKey: string, nonce: string, seed = SEED) => ({
  literal: { login: SHOP.login, tranKey, nonce, seed },
});

export const CREATED: GoldenPair[] = [
  opened({ name: 'the order of the samples is opened', section: '10', requestId: 5001, request: {} }),
  opened({
    name: 'a caller who signs with SHA-256 over an ASCII nonce is let in',
    section: '1.2',
    requestId: 5002,
    request: { auth: literal('m/RF3MtCgs3YnUxdZPRQR8U1Jd38MZ9sOCQQNxvMBbI=', 'YTFiMmMzZDRlNWY2MDcxOA==') },
  }),
  opened({
    name: 'a caller who signs with SHA-1 is let in',
    section: '1.2',
    requestId: 5003,
    request: { auth: literal('0sTlAF56sLcxpEPhKKgrvL5/jcw=', 'YTFiMmMzZDRlNWY2MDcxOA==') },
  }),
  opened({
    name: 'a nonce of bytes that are no text is taken as bytes, by SHA-256',
    section: '1.2',
    requestId: 5004,
    request: { auth: literal('wdlnKTs1AEGYlBMpyje5oyTG+8HRzo2+HWEqSHhz0tE=', 'AP+AQX4NCsP4') },
  }),
  opened({
    name: 'a nonce of bytes that are no text is taken as bytes, by SHA-1',
    section: '1.2',
    requestId: 5005,
    request: { auth: literal('lgxUw7SdXP6Z5oHXCxk0xlkNDuQ=', 'AP+AQX4NCsP4') },
  }),
  opened({
    name: 'a nonce encoded twice and a seed without seconds are taken as they come',
    section: '1.2, 1.3',
    requestId: 5006,
    request: {
      auth: literal(
        'OwNOsz5QmqRzgMUBEXBrFegTcKo=',
        'WVRGaU1tTXpaRFJsTldZMk1EY3hPQT09',
        '2026-03-02T10:15-0500',
      ),
    },
  }),
  opened({
    name: 'the array of additional data that the PHP SDK sends does no harm',
    section: '1, 11 (4)',
    requestId: 5007,
    request: {
      auth: {
        literal: {
          login: SHOP.login,
          tranKey: '0sTlAF56sLcxpEPhKKgrvL5/jcw=',
          nonce: 'YTFiMmMzZDRlNWY2MDcxOA==',
          seed: SEED,
          additional: [],
        },
      },
    },
  }),
  opened({
    name: 'a trailing slash is tolerated',
    section: '2.1, 11 (32)',
    requestId: 5008,
    request: { path: '/api/session/' },
  }),
  opened({
    name: 'English is spoken to those who ask for it',
    section: '2.4',
    requestId: 5009,
    request: { body: { ...ORDER, locale: 'en_US' } },
    message: 'The request has been processed successfully',
  }),
  opened({
    name: 'a malformed locale is replaced by the site’s own',
    section: '2.4',
    requestId: 5010,
    request: { body: { ...ORDER, locale: 'spanish' } },
  }),
  opened({
    name: 'dates are told in the zone of the site',
    section: '2.3',
    requestId: 5011,
    site: CHILEAN_SHOP,
    request: {
      body: {
        ...ORDER,
        locale: 'es_CL',
        payment: { reference: 'CL-1', amount: { currency: 'CLP', total: 9990 } },
      },
    },
    date: '2026-03-02T12:15:31-03:00',
  }),
  opened({
    name: 'numbers as strings, and keys that nobody asked for, are what SDKs send',
    section: '11 (25, 28, 29)',
    requestId: 5012,
    request: {
      body: {
        ...ORDER,
        captureAddress: false,
        skipResult: false,
        noBuyerFill: false,
        provider: null,
        payer: { ...BUYER, mobile: 3001234567, address: { state: 'Antioquia', city: '', phone: '' } },
        payment: {
          reference: 'ORD-1002',
          amount: { currency: 'COP', total: '10000' },
          items: [
            { sku: '1', name: 'Taladro', category: 'simple', qty: '1.0000', price: '940', tax: '89.3' },
          ],
          recurring: null,
          dispersion: [],
        },
      },
    },
  }),
  opened({
    name: 'without an expiration it is opened for half an hour',
    section: '3.1, 8.8',
    requestId: 5013,
    request: { body: { ...ORDER, expiration: undefined } },
  }),
  opened({
    name: 'an expiration exactly five minutes ahead is far enough',
    section: '3.1, 8.8',
    requestId: 5014,
    request: { body: { ...ORDER, expiration: '2026-03-02T10:20:31-05:00' } },
  }),
  opened({
    name: 'of a buyer with too long an e-mail only the e-mail is dropped',
    section: '3.1',
    requestId: 5015,
    request: { body: { ...ORDER, buyer: { ...BUYER, email: `${'a'.repeat(80)}@example.com` } } },
  }),
];
