import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Settings } from './config.js';
import { Sealing } from './sealing.js';

const ring = (...ids: string[]) => ids.map((id) => ({ id, bytes: Buffer.alloc(32, id) }));
const withKeys = (...ids: string[]): Sealing => new Sealing({ keys: ring(...ids) } as Settings);

describe('sealing', () => {
  it('opens what it sealed', () => {
    const sealing = withKeys('a');
    expect(sealing.open(sealing.seal('s3cr3t', 'row-1'), 'row-1')).toBe('s3cr3t');
  });

  it('still opens with an older key after a new one was put in front', () => {
    expect(withKeys('b', 'a').open(withKeys('a').seal('s3cr3t', 'row-1'), 'row-1')).toBe('s3cr3t');
  });

  it('refuses a sealed text that was moved to another row', () => {
    const sealed = withKeys('a').seal('s3cr3t', 'row-1');
    expect(() => withKeys('a').open(sealed, 'row-2')).toThrow();
  });

  it('refuses a sealed text that was altered', () => {
    const sealed = withKeys('a').seal('s3cr3t', 'row-1');
    expect(() => withKeys('a').open(sealed.slice(0, -2) + 'AA', 'row-1')).toThrow();
  });

  it('names the missing key when its key has left the ring', () => {
    expect(() => withKeys('b').open(withKeys('a').seal('s3cr3t', 'row-1'), 'row-1')).toThrow('"a"');
  });
});

describe('link tokens', () => {
  const id = randomUUID();

  it('name the id they were made for', () => {
    expect(withKeys('a').readId(withKeys('a').signId(id, 'link'), 'link')).toBe(id);
  });

  it('stay valid while their key is in the ring', () => {
    expect(withKeys('b', 'a').readId(withKeys('a').signId(id, 'link'), 'link')).toBe(id);
  });

  it('are worth nothing when guessed, altered or made for another purpose', () => {
    const token = withKeys('a').signId(id, 'link');
    const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    const guesses = [
      randomBytes(32).toString('base64url'),
      flipped,
      `${token}A`,
      '',
      withKeys('a').signId(id, 'other'),
    ];
    expect(guesses.map((guess) => withKeys('a').readId(guess, 'link'))).toEqual(guesses.map(() => null));
  });
});
