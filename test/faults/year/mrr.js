// What subscriptions earn in a month, counted a second time: from the paid periods and from what was done to each schedule,
// and not from the product's own facts about it. Amounts are minor units, instants milliseconds.
import { instantOf } from './calendar.js';

/** Twelfths of a year: 365.25 days are 1461 quarters. */
const PER_MONTH = { day: [1461n, 48n], week: [1461n, 336n], month: [1n, 1n], year: [1n, 12n] };

/** What a charge comes to in a month, halves rounded up: amounts of a run are never below nothing. */
export function monthlyMinor(amountMinor, unit, interval) {
  const [times, by] = PER_MONTH[unit];
  const above = BigInt(amountMinor) * times;
  const below = by * BigInt(interval);
  return Number((2n * above + below) / (2n * below));
}

/** When it charged nothing: pauses that were chosen, and its end. A deed counts at one end of the moment that it took. */
function stopsOf(deeds, { endedAt }, side) {
  const stops = [];
  for (const each of deeds) {
    if (each.deed === 'pause') stops.push({ from: each[side], to: Infinity });
    if (each.deed === 'resume' && stops.length > 0) stops.at(-1).to = each[side];
  }
  if (endedAt !== null) stops.push({ from: endedAt, to: Infinity });
  return stops;
}

/** What it earns at an instant: the price of its latest paid period, from the first that was paid while it charges on. */
function earned(schedule, periods, stops, instant) {
  const standing = (at) => !stops.some(({ from, to }) => from <= at && at < to);
  if (!standing(instant)) return 0;
  const since = Math.max(0, ...stops.filter(({ to }) => to <= instant).map(({ to }) => to));
  const paid = periods.filter(({ paidAt }) => paidAt !== null && paidAt <= instant);
  if (!paid.some(({ paidAt }) => paidAt >= since && standing(paidAt))) return 0;
  const latest = paid.reduce((one, other) => (other.number > one.number ? other : one));
  return monthlyMinor(latest.amountMinor, schedule.unit, schedule.interval);
}

const monthAfter = (month) => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
};

/**
 * `told`: of each shop what the product shows, `{ site, zone, at, currencies }`. Pushes into `wrong` each month whose
 * movements do not add up, that does not begin as the one before ended, or that ends as the periods do not say. Answers by
 * currency `{ months, endMinor }`.
 */
export function judgeMrr(told, { schedules, rows, periods, deeds }, wrong) {
  const sums = {};
  for (const { site, zone, at, currencies } of told) {
    for (const { currency, months } of currencies) {
      const own = schedules.filter((each) => each.siteId === site && each.currency === currency);
      const between = (instant) =>
        ['from', 'to'].map((side) =>
          own.reduce((sum, schedule) => {
            const stops = stopsOf(deeds.get(schedule.id) ?? [], rows.get(schedule.id), side);
            return sum + earned(schedule, periods.get(schedule.id) ?? [], stops, instant);
          }, 0),
        );
      judgeMonths({ currency, months }, (month) => between(Math.min(at, endOf(month, zone))), wrong);
      const total = (sums[currency] ??= { months: 0, endMinor: 0 });
      total.months += months.length;
      total.endMinor += months.at(-1)?.end.minor ?? 0;
    }
  }
  return sums;
}

const endOf = (month, zone) => instantOf(monthAfter(month), 0, zone) - 1;

function judgeMonths({ currency, months }, endsAt, wrong) {
  let before = 0;
  for (const { month, carried, start, kinds, end } of months) {
    const name = `MRR of ${currency} in ${month}`;
    const moved = Object.values(kinds).reduce((sum, { minor }) => sum + minor, 0);
    if (start.minor + moved !== end.minor) wrong.push(`${name} does not add up`);
    if (start.minor !== before + carried.minor)
      wrong.push(`${name} begins with ${start.minor} after ${before}`);
    const ends = endsAt(month);
    if (end.minor < Math.min(...ends) || end.minor > Math.max(...ends))
      wrong.push(`${name} ends with ${end.minor}, and the periods say ${[...new Set(ends)].join(' to ')}`);
    before = end.minor;
  }
}
