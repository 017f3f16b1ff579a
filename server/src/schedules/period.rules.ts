import { chargeDay, instantOf, type Plan } from './calendar.rules.js';
import type { Taxes } from './schedule.entity.js';

/** What a schedule asks for from a day on; minor units. */
export interface Price {
  fromOn: string;
  amountMinor: number;
  taxes: Taxes;
}

/** A period as the plan has it. Numbers count from 0. */
export interface PlannedPeriod {
  number: number;
  day: string;
  dueAt: Date;
  amountMinor: number;
  taxes: Taxes;
}

/** No plan looks further ahead: a daily one reaches 27 years. */
const FURTHEST = 10_000;

/** The price of a day: the latest that has begun. */
export function priceOn(prices: readonly Price[], day: string): Price {
  const sorted = [...prices].sort((left, right) => (left.fromOn < right.fromOn ? -1 : 1));
  const price = sorted.findLast(({ fromOn }) => fromOn <= day) ?? sorted[0];
  if (!price) throw new Error('a schedule without a price');
  return price;
}

/** Null once the plan is over. */
export function plannedPeriod(plan: Plan, prices: readonly Price[], number: number): PlannedPeriod | null {
  const day = number < FURTHEST ? chargeDay(plan, number) : null;
  if (day === null) return null;
  const { amountMinor, taxes } = priceOn(prices, day);
  return { number, day, dueAt: instantOf(day, plan.chargeHour, plan.zone), amountMinor, taxes };
}

/** The first period from that number on whose hour is still to come; null when there is none. */
export function firstAfter(
  plan: Plan,
  prices: readonly Price[],
  from: number,
  now: Date,
): PlannedPeriod | null {
  for (let number = from; ; number += 1) {
    const period = plannedPeriod(plan, prices, number);
    if (period === null || period.dueAt > now) return period;
  }
}

/** Of a daily plan the days of a year. */
const MOST_OVERDUE = 366;

/** The periods from that number on whose hour has come, and before the day on which the schedule ends; oldest first. */
export function overdue(
  plan: Plan & { endsOn: string | null },
  prices: readonly Price[],
  from: number,
  now: Date,
): PlannedPeriod[] {
  const periods: PlannedPeriod[] = [];
  for (let number = from; periods.length < MOST_OVERDUE; number += 1) {
    const period = plannedPeriod(plan, prices, number);
    const over = period !== null && plan.endsOn !== null && period.day >= plan.endsOn;
    if (period === null || over || period.dueAt > now) break;
    periods.push(period);
  }
  return periods;
}

/** The periods that follow from that number on: the first `most` of them, and how many more; null: without end. */
export function upcoming(
  plan: Plan,
  prices: readonly Price[],
  from: number,
  most: number,
): { periods: PlannedPeriod[]; more: number | null } {
  const periods: PlannedPeriod[] = [];
  for (let number = from; periods.length < most; number += 1) {
    const period = plannedPeriod(plan, prices, number);
    if (period === null) return { periods, more: 0 };
    periods.push(period);
  }
  if (plan.maxPeriods === null && plan.endOn === null) return { periods, more: null };
  let more = 0;
  while (more < FURTHEST && chargeDay(plan, from + most + more) !== null) more += 1;
  return { periods, more };
}

/** The number of the last period; null for a plan without end. */
export function lastNumber(plan: Plan): number | null {
  if (plan.maxPeriods === null && plan.endOn === null) return null;
  let number = 0;
  while (number < FURTHEST && chargeDay(plan, number) !== null) number += 1;
  return number - 1;
}
