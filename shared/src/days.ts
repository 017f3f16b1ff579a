/** Calendar days as YYYY-MM-DD: of a place, without an hour. */

const DAY_MS = 24 * 3_600_000;

/** To make one is dear, and a charge asks for the day several times. There are some hundreds of zones. */
const calendars = new Map<string, Intl.DateTimeFormat>();

/** The day of an instant (a date, or milliseconds since the epoch) in an IANA zone. */
export function localDay(instant: Date | number, zone: string): string {
  const known = calendars.get(zone);
  if (known) return known.format(instant);
  const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...day });
  calendars.set(zone, calendar);
  return calendar.format(instant);
}

/** So many days later, or earlier where they are negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** So many months later, the same day of the month, or the month's last where it has none. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0));
  lastOfMonth.setUTCDate(Math.min(date, lastOfMonth.getUTCDate()));
  return lastOfMonth.toISOString().slice(0, 10);
}
