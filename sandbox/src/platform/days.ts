/** Calendar days as texts, `YYYY-MM-DD`, which sort as they follow each other. */
import { formatInstant, parseInstant } from './instants.js';

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseInstant(`${text}T00:00`, 'UTC') !== null;
}

/** The day that it is in a zone. */
export const dayOf = (instant: Date, zone: string): string => formatInstant(instant, zone).slice(0, 10);

/** A full hour of a day, in a zone. */
export function hourOfDay(day: string, hour: number, zone: string): Date {
  return parseInstant(`${day}T${String(hour).padStart(2, '0')}:00`, zone) as Date;
}

export function addDays(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

/** Adds months; a day that the month does not have becomes its last. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}
