import { expect, test } from '@jest/globals';
import { signature } from './signature.js';

// Protocol 7.2.
test.each([
  [
    83,
    'APPROVED',
    '2016-10-10T16:39:57-05:00',
    '024h1IlD',
    '8fb4beea130ab3e75a1de956bd0213892e0f6839',
    'sha256:1a0d78ea2fcc656c718d7fa3dc13d1aef9faea442017b20c705319cb33933454',
  ],
  [
    126,
    'REJECTED',
    '2016-10-12T01:44:37-05:00',
    '024h1IlD',
    '554fa6c36bd5d1376b192b8bc3a1e3dd9a01e448',
    'sha256:589064d991bc927f0fbed761f3339eb95774ac41200bc97fb314c349708b31c2',
  ],
  [
    4821,
    'APPROVED',
    '2026-03-02T10:21:07-05:00',
    's3cr3t-K3y-01',
    'd686977b6c7502fae6dbc8a6313368e5ef7bab47',
    'sha256:56ae6d9f84aeaaca6d3a8cd2ac2d97d077606d0f0b9ee63ceb6479837331d59b',
  ],
])('the signature of session %d is the documented one', (id, status, date, secret, sha1, sha256) => {
  const sign = (algorithm: 'sha1' | 'sha256') => signature(algorithm, { id, status, date }, secret);
  expect([sign('sha1'), sign('sha256')]).toEqual([sha1, sha256]);
});
