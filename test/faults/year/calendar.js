// The calendar of a schedule, read a second time and independently of the product: on which local day, and at which
// instant, each of its periods must be charged. Periods are counted from 0; days are YYYY-MM-DD.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** No clock on earth is further from UTC. */
const FURTHEST_OFFSET_H = 14;

const at = (day) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms) => new Date(ms).toISOString().slice(0, 10);
export const plusDays = (day, days) => dayOf(at(day) + days * DAY);

/** The day of that number in the month so many months after `day`'s, or the last one the month has. */
function inMonth(day, months, wanted) {
  const [year, month] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(wanted, last)));
}

/** The day of a period of `{ unit, interval, startOn, trialDays, anchorDay, maxPeriods, endOn }`; null: it has no such period. */
export function dayOfPeriod(plan, number) {
  if (plan.maxPeriods !== null && number >= plan.maxPeriods) return null;
  const day = rhythm(plan, number);
  return plan.endOn !== null && day > plan.endOn ? null : day;
}

function rhythm({ unit, interval, startOn, trialDays, anchorDay }, number) {
  const begins = plusDays(startOn, trialDays);
  if (unit === 'day' || unit === 'week')
    return plusDays(begins, number * interval * (unit === 'week' ? 7 : 1));
  const wanted = anchorDay ?? Number(begins.slice(8));
  const offset = inMonth(begins, 0, wanted) < begins ? 1 : 0;
  return inMonth(begins, offset + number * interval * (unit === 'year' ? 12 : 1), wanted);
}

const formats = new Map();

/** `YYYY-MM-DD HH` as a clock on the wall of the zone shows it. */
function wall(ms, zone) {
  let format = formats.get(zone);
  if (!format) {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' };
    format = new Intl.DateTimeFormat('en-CA', { ...fields, timeZone: zone });
    formats.set(zone, format);
  }
  return format.format(ms).replace(', ', ' ');
}

export const localDay = (ms, zone) => wall(ms, zone).slice(0, 10);

/**
 * The first instant at which the wall clock shows that hour; where the clock leaves it out, the first at which it shows a
 * later one. Every zone of a run is whole hours from UTC.
 */
export function instantOf(day, hour, zone) {
  const wanted = `${day} ${String(hour).padStart(2, '0')}`;
  const guess = at(day) + hour * HOUR;
  for (let offset = -FURTHEST_OFFSET_H; offset <= FURTHEST_OFFSET_H; offset += 1) {
    const instant = guess + offset * HOUR;
    if (wall(instant, zone) >= wanted) return instant;
  }
  throw new Error(`no clock of ${zone} ever shows ${wanted}`);
}

const instants = new Map();

/** The periods of a schedule that are due by `until`, oldest first: `{ number, day, dueAt }`. */
export function periodsUntil(schedule, until) {
  const periods = [];
  for (let number = 0; ; number += 1) {
    const day = dayOfPeriod(schedule, number);
    if (day === null || at(day) > until + 2 * DAY) return periods;
    const key = `${day} ${schedule.chargeHour} ${schedule.zone}`;
    if (!instants.has(key)) instants.set(key, instantOf(day, schedule.chargeHour, schedule.zone));
    const dueAt = instants.get(key);
    if (dueAt > until) return periods;
    periods.push({ number, day, dueAt });
  }
}
