import { describe, expect, test } from '@jest/globals';
import { AuthFailure, checkCredentials, digest, readCredentials, type SiteKeys } from './auth.js';

/** Protocol 1.2: raw nonce, seed, secret, nonce as sent, SHA-1 digest, SHA-256 digest. */
const VECTORS: [Buffer, string, string, string, string, string | null][] = [
  [
    Buffer.from('ifYEPnAcJbpDVR1t'),
    '2016-10-26T21:37:00+00:00',
    'ABCD1234',
    'aWZZRVBuQWNKYnBEVlIxdA==',
    'Xi5xrRwrqPU21WE2JI4hyMaCvQ8=',
    'NDlpEEAIe8sbKZ6mGWQrZwbyBB62J1LcyP/a/o7LRqY=',
  ],
  [
    Buffer.from('a1b2c3d4e5f60718'),
    '2026-03-02T10:15:30-05:00',
    's3cr3t-K3y-01',
    'YTFiMmMzZDRlNWY2MDcxOA==',
    '0sTlAF56sLcxpEPhKKgrvL5/jcw=',
    'm/RF3MtCgs3YnUxdZPRQR8U1Jd38MZ9sOCQQNxvMBbI=',
  ],
  [
    Buffer.from('00ff80417e0d0ac3f8', 'hex'),
    '2026-03-02T10:15:30-05:00',
    's3cr3t-K3y-01',
    'AP+AQX4NCsP4',
    'lgxUw7SdXP6Z5oHXCxk0xlkNDuQ=',
    'wdlnKTs1AEGYlBMpyje5oyTG+8HRzo2+HWEqSHhz0tE=',
  ],
  [
    Buffer.from('YTFiMmMzZDRlNWY2MDcxOA=='),
    '2026-03-02T10:15-0500',
    's3cr3t-K3y-01',
    'WVRGaU1tTXpaRFJsTldZMk1EY3hPQT09',
    'OwNOsz5QmqRzgMUBEXBrFegTcKo=',
    null,
  ],
];

const site = (more: Partial<SiteKeys> = {}): SiteKeys => ({
  secretKey: 's3cr3t-K3y-01',
  zone: 'America/Bogota',
  state: 'active',
  ...more,
});

/** Credentials of a caller who knows the secret, with whatever seed. */
const signed = (seed: string, secretKey = 's3cr3t-K3y-01') => ({
  login: 'shop',
  tranKey: digest('sha256', Buffer.from('nonce'), seed, secretKey),
  nonce: Buffer.from('nonce').toString('base64'),
  seed,
});

function codeOf(work: () => unknown): number | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof AuthFailure) return error.code;
    throw error;
  }
}

const NOW = new Date('2026-03-02T15:15:31Z');

describe('the digest', () => {
  test.each(VECTORS)(
    'of the documented vector %# is the documented one',
    (raw, seed, secret, _n, sha1, sha256) => {
      expect([digest('sha1', raw, seed, secret), digest('sha256', raw, seed, secret)]).toEqual([
        sha1,
        sha256 ?? expect.any(String),
      ]);
    },
  );

  test.each(VECTORS)('of vector %# lets its caller in by SHA-1', (_raw, seed, secretKey, nonce, sha1) => {
    const now = new Date(Date.parse(seed.replace('-0500', ':00-05:00')));
    const check = () =>
      checkCredentials({ login: 'a', tranKey: sha1, nonce, seed }, site({ secretKey }), now);
    expect(codeOf(check)).toBeNull();
  });
});

describe('a seed', () => {
  test.each([
    ['2026-03-02T10:15:30-05:00', 'an offset with a colon'],
    ['2026-03-02T15:15:30.123Z', 'milliseconds and Z'],
    ['2026-03-02T10:15-0500', 'neither seconds nor colon'],
    ['2026-03-02T10:15:30', 'no offset, in the zone of the site'],
    ['2026-03-02T15:10:31Z', 'exactly five minutes of age'],
    ['2026-03-02T15:20:31Z', 'exactly five minutes ahead'],
  ])('%s passes: %s', (seed) => {
    expect(codeOf(() => checkCredentials(signed(seed), site(), NOW))).toBeNull();
  });

  test.each([
    ['2026-03-02T15:10:30Z', 'older than five minutes'],
    ['2026-03-02T15:20:32Z', 'more than five minutes ahead'],
    ['2026-02-30T10:15:30-05:00', 'a day that does not exist'],
    ['yesterday', 'not a date'],
  ])('%s is refused with 103: %s', (seed) => {
    expect(codeOf(() => checkCredentials(signed(seed), site(), NOW))).toBe(103);
  });
});

describe('credentials', () => {
  const good = signed('2026-03-02T10:15:30-05:00');

  test.each([
    [undefined],
    [null],
    ['text'],
    [[good]],
    [{}],
    [{ auth: [] }],
    [{ auth: { ...good, login: undefined } }],
    [{ auth: { ...good, tranKey: '' } }],
    [{ auth: { ...good, seed: 5 } }],
    [{ auth: { ...good, nonce: null } }],
  ])('that are missing or incomplete are refused with 100 (%#)', (body) => {
    expect(codeOf(() => readCredentials(body))).toBe(100);
  });

  test('with an array of additional data are read like any others', () => {
    expect(readCredentials({ auth: { ...good, additional: [] } })).toEqual(good);
  });

  test.each([
    [{ ...good, nonce: 'not Base64 at all!' }],
    [{ ...good, login: 'x'.repeat(33) }],
    [{ ...good, tranKey: 'x'.repeat(65) }],
  ])('that are badly formed are refused with 107 (%#)', (auth) => {
    expect(codeOf(() => readCredentials({ auth }))).toBe(107);
  });

  test.each<[string, Partial<SiteKeys> | null, string, string, number]>([
    ['an unknown login before anything else', null, '2020-01-01T00:00:00Z', 'wrong', 101],
    [
      'a wrong digest before the state of the site',
      { state: 'inactive' },
      '2020-01-01T00:00:00Z',
      'wrong',
      102,
    ],
    ['an inactive site before the seed', { state: 'inactive' }, '2020-01-01T00:00:00Z', 's3cr3t-K3y-01', 104],
    ['an expired site before the seed', { state: 'expired' }, '2020-01-01T00:00:00Z', 's3cr3t-K3y-01', 105],
    ['expired credentials before the seed', { state: 'credentials_expired' }, 'x', 's3cr3t-K3y-01', 106],
    ['the seed last', {}, '2020-01-01T00:00:00Z', 's3cr3t-K3y-01', 103],
  ])('are told %s', (_what, state, seed, secret, code) => {
    expect(codeOf(() => checkCredentials(signed(seed, secret), state && site(state), NOW))).toBe(code);
  });
});
