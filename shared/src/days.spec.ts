import { describe, expect, it } from '@jest/globals';
import { addDays, addMonths, localDay } from './days.js';

describe('calendar days', () => {
  it.each([
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
  ])('%s and %i days', (day, days, then) => {
    expect(addDays(day, days)).toBe(then);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('%s and %i months end with the month where it has no such day', (day, months, then) => {
    expect(addMonths(day, months)).toBe(then);
  });

  it('are days of a zone, not of Greenwich', () => {
    expect(localDay(new Date('2026-03-02T03:00:00Z'), 'America/Bogota')).toBe('2026-03-01');
  });
});
