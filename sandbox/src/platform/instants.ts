/**
 * Instants on the wire (protocol 1.3 and 2.3). In: ISO 8601 with or without seconds, with `Z`, `-05:00`, `-0500` or no
 * offset at all. Out: seconds precision with the offset of the site's zone, e.g. `2026-03-02T10:15:31-05:00`.
 */

const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Reads an instant; `zone` is the IANA zone that a text without offset is read in (house rule: the site's zone).
 * Null when the text is not an instant, names a day that does not exist, or lacks an offset while `zone` is null.
 */
export function parseInstant(text: string, zone: string | null): Date | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
    Math.floor(Number(`0.${fraction ?? 0}`) * 1000),
  );
  if (!isRealWallTime(wall, match)) return null;
  if (offset) {
    const minutes = offsetMinutes(offset);
    return minutes === null ? null : new Date(wall - minutes * 60_000);
  }
  return zone === null ? null : wallTimeIn(wall, zone);
}

/** Writes an instant with the zone's own offset and without fractions of a second. */
export function formatInstant(instant: Date, zone: string): string {
  const offset = zoneOffsetMinutes(instant, zone);
  const wall = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(offset);
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** True for a zone name that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
}

function isRealWallTime(wall: number, match: RegExpExecArray): boolean {
  const date = new Date(wall);
  return (
    date.getUTCFullYear() === Number(match[1]) &&
    date.getUTCMonth() + 1 === Number(match[2]) &&
    date.getUTCDate() === Number(match[3]) &&
    date.getUTCHours() === Number(match[4]) &&
    date.getUTCMinutes() === Number(match[5]) &&
    date.getUTCSeconds() === Number(match[6] ?? 0)
  );
}

function offsetMinutes(offset: string): number | null {
  if (offset === 'Z' || offset === 'z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || 0);
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function wallTimeIn(wall: number, zone: string): Date {
  // Two rounds settle the offset also near a change of clocks, where the first guess may be an hour off.
  let guess = wall - zoneOffsetMinutes(new Date(wall), zone) * 60_000;
  guess = wall - zoneOffsetMinutes(new Date(guess), zone) * 60_000;
  return new Date(guess);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formatters.set(zone, formatter);
  }
  return formatter;
}

function zoneOffsetMinutes(instant: Date, zone: string): number {
  const name = formatterFor(zone)
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /^GMT([+-]\d{2}):(\d{2})/.exec(name ?? '');
  if (!match) return 0;
  const hours = Number(match[1]);
  return hours * 60 + (match[1]?.startsWith('-') ? -1 : 1) * Number(match[2]);
}
