/** Calls that fail (sections 1.4, 2.3, 3.1): they say nothing about any session. */
import type { GoldenAuth, GoldenPair, GoldenStep, Json } from './golden-pair.js';
import { BUYER, CHILEAN_SHOP, ORDER } from './samples.js';
import { invalid, paying, refused } from './sentences.js';
import { OPENED_AT as AT } from './steps.js';

function unauthenticated(name: string, code: number, auth: GoldenAuth, given: GoldenStep[] = []): GoldenPair {
  const answer = { http: 401, reason: 401, message: `Autenticación fallida ${code}`, code };
  return refused({ name, section: '1.4' }, { auth }, answer, given);
}

const inState = (state: string): GoldenStep[] => [{ at: AT, do: 'switch', switches: { state } }];

const AUTHENTICATION: GoldenPair[] = [
  unauthenticated('no auth at all is 100', 100, { literal: null }),
  unauthenticated('auth without a nonce is 100', 100, { omit: 'nonce' }),
  unauthenticated('auth without a seed is 100', 100, { omit: 'seed' }),
  unauthenticated('an unknown login is 101', 101, { login: 'ffffffffffffffffffffffffffffffff' }),
  unauthenticated('a digest over another secret is 102', 102, { secretKey: 'another' }),
  unauthenticated('a seed more than five minutes old is 103', 103, { seed: '2026-03-02T10:10:30-05:00' }),
  unauthenticated('a seed more than five minutes ahead is 103', 103, { seed: '2026-03-02T10:20:32-05:00' }),
  unauthenticated('an inactive site is 104', 104, {}, inState('inactive')),
  unauthenticated('an expired site is 105', 105, {}, inState('expired')),
  unauthenticated('expired credentials are 106', 106, {}, inState('credentials_expired')),
  refused(
    { name: 'a body that was not sent as JSON is 100', section: '1.4' },
    { body: undefined, raw: { text: 'a=1', contentType: 'application/x-www-form-urlencoded' } },
    { http: 401, reason: 401, message: 'Autenticación fallida 100', code: 100 },
  ),
  refused(
    { name: 'the code is told in English to those who ask for it', section: '1.4' },
    { auth: { secretKey: 'another' }, body: { ...ORDER, locale: 'en_US' } },
    { http: 401, reason: 401, message: 'Authentication failed 102', code: 102 },
  ),
];

const amounting = (currency: string, total: unknown): Json => paying({ amount: { currency, total } });

const INVALID: GoldenPair[] = [
  invalid('no purpose is refused', '3.1', 'payment', { payment: undefined }),
  invalid('two purposes are refused', '3.1', 'subscription', { subscription: { reference: 'S-1' } }),
  invalid('no return address is refused', '3.1', 'returnUrl', { returnUrl: undefined }),
  invalid('no address of the payer is refused', '3.1', 'ipAddress', { ipAddress: undefined }),
  invalid('no agent of the payer is refused', '3.1', 'userAgent', { userAgent: undefined }),
  invalid(
    'a reference over 32 characters is refused',
    '4.5',
    'payment.reference',
    paying({ reference: 'x'.repeat(33) }),
  ),
  invalid(
    'a description over 255 characters is refused',
    '4.5',
    'payment.description',
    paying({ description: 'x'.repeat(256) }),
  ),
  invalid('an amount of nothing is refused', '4.4', 'payment.amount.total', amounting('COP', 0)),
  invalid('a negative amount is refused', '4.4', 'payment.amount.total', amounting('COP', -1)),
  invalid(
    'an amount that is no number is refused',
    '4.4',
    'payment.amount.total',
    amounting('COP', '84.500,5'),
  ),
  invalid('an unknown currency is refused', '2.5', 'payment.amount.currency', amounting('XXX', 1)),
  invalid('an expiration less than five minutes ahead is refused', '3.1, 8.8', 'expiration', {
    expiration: '2026-03-02T10:20:30-05:00',
  }),
  invalid(
    'a payer with too long a name is refused as payer data',
    '3.1',
    'payer.name',
    { payer: { ...BUYER, name: 'x'.repeat(61) } },
    'payer_data_not_valid',
  ),
  invalid(
    'a payer with too long an e-mail is refused as payer data',
    '3.1',
    'payer.email',
    { payer: { ...BUYER, email: `${'a'.repeat(80)}@example.com` } },
    'payer_data_not_valid',
  ),
  invalid(
    'a payer whose name holds a card number is refused as payer data',
    '3.1',
    'payer.name',
    { payer: { ...BUYER, name: 'Ana 4111111111111111' } },
    'payer_data_not_valid',
  ),
  invalid('a value of the metadata outside its list is refused', '4.10', 'metadata.initiatorIndicator', {
    metadata: { initiatorIndicator: 'SOMEBODY' },
  }),
  refused(
    { name: 'malformed JSON is refused', section: '2.3' },
    { body: undefined, raw: { text: '{"auth":', contentType: 'application/json' } },
    { http: 400, reason: 'request_not_valid', message: 'body: no es JSON válido', free: /./ },
  ),
  refused(
    { name: 'a body of more than a megabyte is refused in the envelope', section: '2.3, 11 (6)' },
    { body: undefined, raw: { text: `"${'x'.repeat(2_000_000)}"`, contentType: 'application/json' } },
    { http: 413, reason: 'request_not_valid', message: 'body: es demasiado grande', free: /./ },
  ),
];

const NOT_FOUND: GoldenPair[] = [
  refused(
    { name: 'an unknown route is told in the envelope', section: '2.3' },
    { path: '/api/nothing' },
    { http: 404, reason: 'NA', message: 'Page not found', free: /^(Page not found|Página no encontrada)$/ },
  ),
  refused(
    { name: 'a GET is an unknown route', section: '3' },
    { method: 'GET', body: undefined },
    { http: 404, reason: 'NA', message: 'Page not found' },
  ),
  refused(
    { name: 'an unknown session is not found', section: '2.3, 3.2' },
    { path: '/api/session/1', body: {} },
    { http: 404, reason: 'request_not_valid', message: 'La sesión que busca no existe' },
  ),
  {
    ...refused(
      { name: 'a session of another site is not found', section: '3.2' },
      { path: '/api/session/5101', body: {} },
      { http: 404, reason: 'request_not_valid', message: 'La sesión que busca no existe' },
      [{ at: AT, do: 'open', body: ORDER }],
    ),
    request: {
      at: AT,
      path: '/api/session/5101',
      body: {},
      auth: { login: CHILEAN_SHOP.login, secretKey: CHILEAN_SHOP.secretKey },
    },
  },
];

export const REFUSED: GoldenPair[] = [...AUTHENTICATION, ...INVALID, ...NOT_FOUND];
