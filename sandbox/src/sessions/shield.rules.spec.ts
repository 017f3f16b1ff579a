import { expect, test } from '@jest/globals';
import { blocks, shieldedSince, shieldKey } from './shield.rules.js';

test('the shield lasts a day', () => {
  expect(shieldedSince(new Date('2026-03-02T15:00:00Z'))).toEqual(new Date('2026-03-01T15:00:00Z'));
});

test('a reference that looks like another’s parts is another key', () => {
  expect(shieldKey('CO', 'A","COP', 'USD', 1)).not.toBe(shieldKey('CO', 'A', 'COP', 1));
});

test.each([
  ['APPROVED', false, true],
  ['PENDING', false, true],
  ['REJECTED', false, false],
  ['REJECTED', true, true],
] as const)(
  'an earlier charge that is %s (blocking when rejected: %s) blocks: %s',
  (status, reading, wanted) => {
    expect(blocks(status, reading)).toBe(wanted);
  },
);
