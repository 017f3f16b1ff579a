import { createHash } from 'node:crypto';

/** Signs a session notification over the very texts that are sent (protocol 7.2). */
export function signature(
  algorithm: 'sha256' | 'sha1',
  parts: { id: number; status: string; date: string },
  secretKey: string,
): string {
  const hex = createHash(algorithm)
    .update(`${parts.id}${parts.status}${parts.date}${secretKey}`)
    .digest('hex');
  // Only the newer algorithm announces itself; the older clients know no prefix.
  return algorithm === 'sha256' ? `sha256:${hex}` : hex;
}
