import { createRequire } from 'node:module';
import { TZDate } from '@date-fns/tz';
import type Holidays from 'date-holidays';

const LOOK_AHEAD_DAYS = 30;
const calendars = new Map<string, Holidays>();
/** The library takes a millisecond for each day it is asked about; a few years of a few countries are remembered. */
const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, boolean>();

/** Loaded when the first calendar is wanted: it takes a twentieth of the start. */
const library = (): typeof Holidays => createRequire(import.meta.url)('date-holidays') as typeof Holidays;

/** Public holidays of a country; one that the library does not know has none. */
function calendarOf(country: string): Holidays {
  const known = calendars.get(country);
  if (known) return known;
  const calendar = new (library())(country, { types: ['public'] });
  calendars.set(country, calendar);
  return calendar;
}

/** The instants at which a gateway's business days end, from the local day of `from` on, oldest first. */
function* endsOfDay(from: Date, zone: string, cutOff: string): Generator<Date> {
  const [hours = 0, minutes = 0] = cutOff.split(':').map(Number);
  const local = new TZDate(from.getTime(), zone);
  for (let day = 0; day < LOOK_AHEAD_DAYS; day += 1) {
    const end = new TZDate(
      local.getFullYear(),
      local.getMonth(),
      local.getDate() + day,
      hours,
      minutes,
      zone,
    );
    yield new Date(end.getTime());
  }
}

/** The end of the gateway's business day in which something happened: the first cut-off after it, in the site's zone. */
export function cutOffAfter(at: Date, { zone, cutOff }: { zone: string; cutOff: string }): Date {
  for (const end of endsOfDay(at, zone, cutOff)) if (end > at) return end;
  throw new Error(`no cut-off after ${at.toISOString()}`);
}

/** When what happened then is settled, by the site's stated hour: its cut-off, on the first day that banks work. */
export function settlementAfter(
  at: Date,
  { zone, cutOff, country }: { zone: string; cutOff: string; country: string },
): Date {
  const first = cutOffAfter(at, { zone, cutOff });
  for (const end of endsOfDay(first, zone, cutOff)) if (isWorkingDay(end, zone, country)) return end;
  throw new Error(`no working day after ${at.toISOString()}`);
}

/** So many working days later, at the same hour. */
export function workingDaysLater(
  at: Date,
  days: number,
  { zone, country }: { zone: string; country: string },
): Date {
  let left = days;
  let last = at;
  const local = new TZDate(at.getTime(), zone);
  for (let day = 1; left > 0 && day < LOOK_AHEAD_DAYS * 4; day += 1) {
    const moved = new TZDate(local);
    moved.setDate(local.getDate() + day);
    last = new Date(moved.getTime());
    if (isWorkingDay(last, zone, country)) left -= 1;
  }
  return last;
}

function isWorkingDay(at: Date, zone: string, country: string): boolean {
  const local = new TZDate(at.getTime(), zone);
  const weekday = local.getDay();
  if (weekday === 0 || weekday === 6) return false;
  const key = `${country} ${local.getFullYear()}-${local.getMonth()}-${local.getDate()}`;
  const known = remembered.get(key);
  if (known !== undefined) return !known;
  // The library judges the day by the parts of the date it is given, in this machine's zone.
  const noon = new Date(local.getFullYear(), local.getMonth(), local.getDate(), 12);
  const found = calendarOf(country).isHoliday(noon);
  const holiday = found ? found.some(({ type }) => type === 'public') : false;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, holiday);
  return !holiday;
}

/** Midnight of the local day. */
export function startOfDay(at: Date, zone: string): Date {
  const local = new TZDate(at.getTime(), zone);
  return new Date(new TZDate(local.getFullYear(), local.getMonth(), local.getDate(), zone).getTime());
}
