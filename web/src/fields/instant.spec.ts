import { describe, expect, it } from '@jest/globals';
import {
  formatAge,
  formatClock,
  formatClockIn,
  formatDay,
  formatInstant,
  formatInstantFully,
  formatList,
  startOfDay,
} from './instant.js';

const BOGOTA = { language: 'es', zone: 'America/Bogota' } as const;
const NOW = Date.parse('2026-03-10T15:00:00Z');

describe('an instant in the reader’s words', () => {
  it('is relative within the hour', () => {
    expect(formatInstant('2026-03-10T14:48:00Z', NOW, BOGOTA)).toBe('hace 12 min');
    expect(formatInstant('2026-03-10T15:05:00Z', NOW, { ...BOGOTA, language: 'en' })).toBe('in 5 min');
  });

  it('is never relative where it follows "until"', () => {
    expect(formatClock('2026-03-10T15:05:00Z', NOW, BOGOTA)).toBe('hoy 10:05');
  });

  it('of another place names that place’s offset', () => {
    expect(formatClockIn('2026-03-10T15:05:00Z', NOW, BOGOTA)).toBe('hoy 10:05 (GMT-5)');
  });

  it('is only an hour of the clock on the same local day', () => {
    expect(formatInstant('2026-03-10T05:30:00Z', NOW, BOGOTA)).toBe('hoy 00:30');
  });

  it('names the day in the reader’s zone, not in that of the server', () => {
    expect(formatInstant('2026-03-10T04:30:00Z', NOW, BOGOTA)).toBe('9 mar 23:30');
  });

  it('names the year when it is another one', () => {
    expect(formatInstant('2025-12-03T17:00:00Z', NOW, BOGOTA)).toBe('3 dic 2025 12:00');
    expect(formatInstant('2025-12-03T17:00:00Z', NOW, { ...BOGOTA, language: 'en' })).toBe(
      'Dec 3, 2025 12:00',
    );
  });

  it('names the zone where everything is told', () => {
    const text = formatInstantFully('2026-03-10T14:48:09Z', BOGOTA);
    expect(text).toMatch(/^10 mar 2026 09:48:09 · .*Colombia.* \(America\/Bogota\)$/);
  });
});

describe('local days', () => {
  it('begin at the zone’s own midnight', () => {
    expect(startOfDay('2026-03-10', 'America/Bogota')).toBe('2026-03-10T05:00:00.000Z');
  });

  it('begin at the right instant on either side of a clock change', () => {
    expect(startOfDay('2026-04-05', 'America/Santiago')).toBe('2026-04-05T04:00:00.000Z');
    expect(startOfDay('2026-04-04', 'America/Santiago')).toBe('2026-04-04T03:00:00.000Z');
    expect(startOfDay('2026-07-01', 'America/Santiago')).toBe('2026-07-01T04:00:00.000Z');
  });

  it('are named in the language', () => {
    expect(formatDay('2026-03-09', 'es')).toBe('9 mar');
    expect(formatDay('2026-03-09', 'en', true)).toBe('Mar 9, 2026');
  });
});

describe('an age', () => {
  it('is told in its largest unit', () => {
    expect(formatAge(49 * 3_600_000)).toBe('2 d');
    expect(formatAge(3 * 3_600_000)).toBe('3 h');
    expect(formatAge(12 * 60_000)).toBe('12 min');
  });
});

describe('several words', () => {
  it('are joined as the language joins them', () => {
    const sums = ['$ 10 COP', '$ 2 USD', '$ 3 CLP'];
    expect([formatList(sums, 'es'), formatList(sums, 'en')]).toEqual([
      '$ 10 COP, $ 2 USD y $ 3 CLP',
      '$ 10 COP, $ 2 USD, and $ 3 CLP',
    ]);
  });
});
