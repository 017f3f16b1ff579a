import { describe, expect, test } from '@jest/globals';
import { formatInstant, isZone, parseInstant } from './instants.js';

describe('an instant', () => {
  test.each([
    ['America/Bogota', '2026-03-02T10:15:31-05:00'],
    ['America/Puerto_Rico', '2026-03-02T11:15:31-04:00'],
    ['America/Santiago', '2026-03-02T12:15:31-03:00'],
    ['UTC', '2026-03-02T15:15:31+00:00'],
    ['Asia/Kolkata', '2026-03-02T20:45:31+05:30'],
    ['America/St_Johns', '2026-03-02T11:45:31-03:30'],
  ])('is written with the offset of %s', (zone, text) => {
    expect(formatInstant(new Date('2026-03-02T15:15:31.900Z'), zone)).toBe(text);
  });

  test('without an offset is read in the zone, with its summer time', () => {
    expect([
      parseInstant('2026-01-15T12:00:00', 'America/Santiago')?.toISOString(),
      parseInstant('2026-07-15T12:00:00', 'America/Santiago')?.toISOString(),
    ]).toEqual(['2026-01-15T15:00:00.000Z', '2026-07-15T16:00:00.000Z']);
  });

  test('without an offset is none where no zone is known', () => {
    expect(parseInstant('2026-01-15T12:00:00', null)).toBeNull();
  });

  test.each(['2026-13-01T00:00Z', '2026-01-01T24:00Z', '2026-01-01', '2026-01-01T00:00+99:00', ''])(
    '%j is none',
    (text) => {
      expect(parseInstant(text, 'UTC')).toBeNull();
    },
  );
});

test('a zone is one that the runtime knows', () => {
  expect([isZone('America/Bogota'), isZone('America/Macondo')]).toEqual([true, false]);
});
