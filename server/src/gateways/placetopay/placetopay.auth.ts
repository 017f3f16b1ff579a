import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface AuthNode {
  login: string;
  tranKey: string;
  nonce: string;
  seed: string;
}

/** tranKey = Base64(HASH(rawNonce ‖ seed ‖ secret)); the nonce is hashed as bytes, before Base64. Protocol 1.1. */
export function digest(hash: 'sha256' | 'sha1', rawNonce: Buffer, seed: string, secret: string): string {
  return createHash(hash).update(rawNonce).update(seed, 'utf8').update(secret, 'utf8').digest('base64');
}

export function authNode(
  credentials: { login: string; secret: string; hash: 'sha256' | 'sha1' },
  now: Date,
  rawNonce: Buffer = randomBytes(16),
): AuthNode {
  const seed = now.toISOString();
  return {
    login: credentials.login,
    tranKey: digest(credentials.hash, rawNonce, seed, credentials.secret),
    nonce: rawNonce.toString('base64'),
    seed,
  };
}

/**
 * Whether one of the secrets signed the notification: `sha256:` + hex, or bare hex from older sites, whose
 * length says which hash it is.
 * The values are hashed exactly as sent. Protocol 7.2.
 */
export function signatureMatches(signature: string, parts: string[], secrets: string[]): boolean {
  const hex = signature.replace(/^sha256:/, '');
  const algorithm = hex !== signature || hex.length === 64 ? 'sha256' : 'sha1';
  const given = Buffer.from(hex, 'utf8');
  return secrets.some((secret) => {
    const expected = Buffer.from(
      createHash(algorithm)
        .update(parts.join('') + secret, 'utf8')
        .digest('hex'),
      'utf8',
    );
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}
