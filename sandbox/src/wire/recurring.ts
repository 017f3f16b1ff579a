/** Recurring (protocol 4.6, 8.2). */
import { isAbsent, readText, readUrl, compact } from './reading.js';
import type { Json } from './reading.js';
import { Refusal } from './refusal.js';
import { isDay } from '../platform/days.js';

export type Periodicity = 'D' | 'M' | 'Y';

export interface Recurring {
  periodicity: Periodicity;
  interval: number;
  /** `YYYY-MM-DD` */
  nextPayment?: string;
  /** -1 for no limit. */
  maxPeriods: number;
  /** `YYYY-MM-DD` */
  dueDate?: string;
  notificationUrl?: string;
}

/** More than this many days, months or years lie beyond any calendar. */
const MAX_INTERVAL = 1_000;
const MAX_PERIODS = 1_000_000;

/** `today` is the site's own day; the next payment must come after it. Throws Refusal. */
export function readRecurring(raw: Json, today: string): Recurring {
  const periodicity = readText(raw.periodicity, `${PATH}.periodicity`, 1);
  if (periodicity === undefined) throw new Refusal(`${PATH}.periodicity`, 'required');
  if (!isPeriodicity(periodicity)) throw new Refusal(`${PATH}.periodicity`, 'oneOf', 'D, M, Y');
  const dueDate = readDay(raw.dueDate, `${PATH}.dueDate`);
  const nextPayment = readDay(raw.nextPayment, `${PATH}.nextPayment`);
  if (nextPayment !== undefined && nextPayment <= today) throw new Refusal(`${PATH}.nextPayment`, 'future');
  if (dueDate !== undefined && dueDate <= today) throw new Refusal(`${PATH}.dueDate`, 'future');
  const maxPeriods = readWhole(raw.maxPeriods, `${PATH}.maxPeriods`, -1, MAX_PERIODS);
  if (maxPeriods === 0) throw new Refusal(`${PATH}.maxPeriods`, 'positive');
  // The official clients' own notes say "this or dueDate".
  if (maxPeriods === undefined && dueDate === undefined) throw new Refusal(`${PATH}.maxPeriods`, 'required');
  const interval = readWhole(raw.interval, `${PATH}.interval`, 1, MAX_INTERVAL);
  if (interval === undefined) throw new Refusal(`${PATH}.interval`, 'required');
  return compact<Recurring>({
    periodicity,
    interval,
    nextPayment,
    maxPeriods: maxPeriods ?? -1,
    dueDate,
    notificationUrl: readUrl(raw.notificationUrl, `${PATH}.notificationUrl`, 255),
  });
}

const PATH = 'payment.recurring';

const isPeriodicity = (text: string): text is Periodicity => ['D', 'M', 'Y'].includes(text);

function readDay(value: unknown, field: string): string | undefined {
  const text = readText(value, field, 10);
  if (text !== undefined && !isDay(text)) throw new Refusal(field, 'day');
  return text;
}

/** Clients send whole numbers as text too. */
function readWhole(value: unknown, field: string, min: number, max: number): number | undefined {
  if (isAbsent(value)) return undefined;
  const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw new Refusal(field, 'whole');
  if (number < min) throw new Refusal(field, 'atLeast', String(min));
  if (number > max) throw new Refusal(field, 'tooLarge');
  return number;
}
