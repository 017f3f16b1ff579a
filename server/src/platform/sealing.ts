import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type SealKey, type Settings } from './config.js';

/**
 * Seals secrets with AES-256-GCM under the first key of the ring; opens them with whichever key they name, so
 * that a new key can be put in front without downtime. `purpose` is bound in: a sealed text cannot be moved to
 * another row.
 */
@Injectable()
export class Sealing {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  seal(text: string, purpose: string): string {
    const key = this.current();
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(purpose));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const parts = [iv, body, cipher.getAuthTag()].map((part) => part.toString('base64url'));
    return ['v1', key.id, ...parts].join('.');
  }

  /** Throws when the key is no longer in the ring or the text was altered. */
  open(sealed: string, purpose: string): string {
    const [version, keyId, iv = '', body = '', tag = ''] = sealed.split('.');
    const key = this.settings.keys.find((candidate) => candidate.id === keyId);
    if (version !== 'v1' || !key) throw new Error(`sealed with key "${keyId}", which is not in RECAUDO_KEYS`);
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(iv, 'base64url'));
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
      'utf8',
    );
  }

  /** A token that proves itself: `id` plus a MAC. Nothing is stored, and it stays valid while its key is in the ring. */
  signId(id: string, purpose: string): string {
    const raw = Buffer.from(id.replaceAll('-', ''), 'hex');
    return Buffer.concat([raw, this.mac(this.current(), raw, purpose)]).toString('base64url');
  }

  /** The id that a token of `signId` names, or null when nobody here made it. */
  readId(token: string, purpose: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 32 || bytes.toString('base64url') !== token) return null;
    const raw = bytes.subarray(0, 16);
    const genuine = this.settings.keys.some((key) =>
      timingSafeEqual(this.mac(key, raw, purpose), bytes.subarray(16)),
    );
    return genuine
      ? raw.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      : null;
  }

  /**
   * A keyed hash of something secret, to find it by: one per key of the ring, the current key's first. It is stored
   * under the current key; after a rotation the others still find what was stored before.
   */
  keyedHashes(text: string, purpose: string): [string, ...string[]] {
    const [first, ...others] = this.settings.keys.map((key) => {
      const derived = Buffer.from(hkdfSync('sha256', key.bytes, '', `${purpose}:hash`, 32));
      return createHmac('sha256', derived).update(text).digest('base64url');
    });
    if (first === undefined) throw new Error('the key ring is empty');
    return [first, ...others];
  }

  private mac(key: SealKey, raw: Buffer, purpose: string): Buffer {
    const derived = Buffer.from(hkdfSync('sha256', key.bytes, '', purpose, 32));
    return createHmac('sha256', derived).update(raw).digest().subarray(0, 16);
  }

  private current(): SealKey {
    const key = this.settings.keys[0];
    if (!key) throw new Error('the key ring is empty');
    return key;
  }
}

/** For secrets of high entropy that are only ever compared: login cookies, API keys, one-time links. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function newSecret(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
