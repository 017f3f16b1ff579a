import { type Language, localDay } from '@recaudo/shared';

/** Regional names on purpose: plain `es` and `en` differ between versions of the platform. */
export const REGION: Record<Language, string> = { es: 'es-CO', en: 'en-US' };

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface Reader {
  language: Language;
  zone: string;
}

/** "hace 12 min" within the hour, "hoy 14:05", "3 mar 14:05", "3 mar 2025 14:05"; in the reader's zone. */
export function formatInstant(iso: string, now: number, reader: Reader): string {
  const at = Date.parse(iso);
  if (Math.abs(at - now) < HOUR_MS) return relativeMinutes(at - now, reader.language);
  return formatClock(iso, now, reader);
}

/** Always by the calendar and the clock: what may follow "until" or "since", as "in 5 min" may not. */
export function formatClock(iso: string, now: number, reader: Reader): string {
  const at = Date.parse(iso);
  const parts = localParts(at, reader);
  const today = localDay(now, reader.zone);
  const day = localDay(at, reader.zone);
  if (day === today) return `${reader.language === 'es' ? 'hoy' : 'today'} ${parts.time}`;
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return `${dayName(parts, reader.language, !sameYear)} ${parts.time}`;
}

/** By the clock of another place than the reader's, and so with that place's offset: "hoy 22:00 (GMT-5)". */
export function formatClockIn(iso: string, now: number, reader: Reader): string {
  const offset = new Intl.DateTimeFormat(REGION[reader.language], {
    timeZone: reader.zone,
    timeZoneName: 'shortOffset',
  })
    .formatToParts(Date.parse(iso))
    .find((part) => part.type === 'timeZoneName')?.value;
  return `${formatClock(iso, now, reader)} (${offset})`;
}

/** "A, B y C", as the language joins them. */
export function formatList(words: readonly string[], language: Language): string {
  return new Intl.ListFormat(REGION[language], { type: 'conjunction' }).format(words);
}

/** The whole truth for the tooltip: date, seconds, and the zone by its name. */
export function formatInstantFully(iso: string, reader: Reader): string {
  const at = Date.parse(iso);
  const parts = localParts(at, reader);
  const zoneName = new Intl.DateTimeFormat(REGION[reader.language], {
    timeZone: reader.zone,
    timeZoneName: 'long',
  })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  return `${dayName(parts, reader.language, true)} ${parts.time}:${parts.second} · ${zoneName} (${reader.zone})`;
}

/** "3 mar" for a day given as YYYY-MM-DD, with the year where asked. */
export function formatDay(day: string, language: Language, withYear = false): string {
  return dayName(localParts(Date.parse(`${day}T12:00:00Z`), { language, zone: 'UTC' }), language, withYear);
}

/** How long ago or ahead, in the largest fitting unit: "3 d", "5 h", "12 min". */
export function formatAge(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  if (span >= DAY_MS) return `${Math.floor(span / DAY_MS)} d`;
  if (span >= HOUR_MS) return `${Math.floor(span / HOUR_MS)} h`;
  return `${Math.floor(span / 60_000)} min`;
}

function relativeMinutes(difference: number, language: Language): string {
  const minutes = Math.round(Math.abs(difference) / 60_000);
  if (minutes === 0) return language === 'es' ? 'ahora' : 'now';
  if (language === 'es') return difference < 0 ? `hace ${minutes} min` : `en ${minutes} min`;
  return difference < 0 ? `${minutes} min ago` : `in ${minutes} min`;
}

function localParts(at: number, reader: Reader) {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  const format = new Intl.DateTimeFormat(REGION[reader.language], {
    timeZone: reader.zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  for (const part of format.formatToParts(at)) found[part.type] = part.value;
  return {
    year: found.year ?? '',
    month: (found.month ?? '').replace('.', ''),
    day: found.day ?? '',
    time: `${found.hour}:${found.minute}`,
    second: found.second ?? '',
  };
}

function dayName(parts: ReturnType<typeof localParts>, language: Language, withYear: boolean): string {
  const name = language === 'es' ? `${parts.day} ${parts.month}` : `${parts.month} ${parts.day}`;
  if (!withYear) return name;
  return language === 'es' ? `${name} ${parts.year}` : `${name}, ${parts.year}`;
}

/** The instant at which a local day begins, as an ISO text in UTC. */
export function startOfDay(day: string, zone: string): string {
  const midnightUtc = Date.parse(`${day}T00:00:00Z`);
  // The offset at the first guess may be that of the other side of a clock change; the second look settles it.
  const guess = midnightUtc - offsetMs(midnightUtc, zone);
  return new Date(midnightUtc - offsetMs(guess, zone)).toISOString();
}

function offsetMs(at: number, zone: string): number {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  for (const part of format.formatToParts(at)) found[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}
