/** Who calls (protocol 1): credentials in the body, a digest over raw nonce bytes, seed and secret. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { parseInstant } from '../platform/instants.js';

/** The codes of protocol 1.4 that this gateway reports. */
export type AuthCode = 100 | 101 | 102 | 103 | 104 | 105 | 106 | 107;

export class AuthFailure extends Error {
  constructor(readonly code: AuthCode) {
    super(`authentication ${code}`);
  }
}

export interface Credentials {
  login: string;
  tranKey: string;
  nonce: string;
  seed: string;
}

const LIMITS: Record<keyof Credentials, number> = { login: 32, tranKey: 64, nonce: 255, seed: 35 };
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const SEED_TOLERANCE_MS = 300_000;

/**
 * Takes the credentials out of a body. Throws AuthFailure 100 when there is no body, no `auth` or one of its four fields
 * is missing, 107 (house rule) when a field is over its limit or the nonce is not Base64.
 */
export function readCredentials(body: unknown): Credentials {
  const auth = isObject(body) ? body.auth : undefined;
  if (!isObject(auth)) throw new AuthFailure(100);
  const { login, tranKey, nonce, seed } = auth;
  if (!isText(login) || !isText(tranKey) || !isText(nonce) || !isText(seed)) throw new AuthFailure(100);
  const credentials = { login, tranKey, nonce, seed };
  const fields = Object.keys(LIMITS) as (keyof Credentials)[];
  if (fields.some((field) => credentials[field].length > LIMITS[field]) || !BASE64.test(nonce)) {
    throw new AuthFailure(107);
  }
  return credentials;
}

/** The digest of protocol 1.1 in Base64. The nonce is bytes, the seed the literal text received. */
export function digest(
  algorithm: 'sha1' | 'sha256',
  rawNonce: Uint8Array,
  seed: string,
  secretKey: string,
): string {
  return createHash(algorithm).update(rawNonce).update(seed).update(secretKey).digest('base64');
}

/** What a site must hold for its calls to be let in. */
export interface SiteKeys {
  secretKey: string;
  zone: string;
  state: 'active' | 'inactive' | 'expired' | 'credentials_expired';
}

/** Checks digest, then the site's state, then the seed (house rule on the order). Throws AuthFailure. */
export function checkCredentials(credentials: Credentials, site: SiteKeys | null, now: Date): void {
  if (!site) throw new AuthFailure(101);
  if (!digestMatches(credentials, site.secretKey)) throw new AuthFailure(102);
  if (site.state === 'inactive') throw new AuthFailure(104);
  if (site.state === 'expired') throw new AuthFailure(105);
  if (site.state === 'credentials_expired') throw new AuthFailure(106);
  const seed = parseInstant(credentials.seed, site.zone);
  if (!seed || Math.abs(now.getTime() - seed.getTime()) > SEED_TOLERANCE_MS) throw new AuthFailure(103);
}

function digestMatches({ tranKey, nonce, seed }: Credentials, secretKey: string): boolean {
  const rawNonce = Buffer.from(nonce, 'base64');
  const given = Buffer.from(tranKey);
  return (['sha256', 'sha1'] as const).some((algorithm) => {
    const wanted = Buffer.from(digest(algorithm, rawNonce, seed, secretKey));
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
