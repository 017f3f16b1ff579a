import { addDays, type Currency, type HomeView } from '@recaudo/shared';

type Day = NonNullable<HomeView['payments']>['days'][number];

/** As many as the server sends; it leaves out the days on which nothing happened. */
const DAYS_SHOWN = 14;

export interface CurrencyDays {
  currency: Currency;
  /** One per day in order, also where nothing happened. */
  days: { day: string; approvedMinor: number; approved: number; rejected: number }[];
  totalMinor: number;
  /** The tallest bar; at least 1, so that an empty chart divides by something. */
  highestMinor: number;
}

/** One series per currency (never added together), every day present; currencies in order of how often they were used. */
export function byCurrency(days: readonly Day[], today: string): CurrencyDays[] {
  const everyDay = Array.from({ length: DAYS_SHOWN }, (_, index) => addDays(today, index + 1 - DAYS_SHOWN));
  const currencies = [...new Set(days.map((day) => day.currency))];
  const series = currencies.map((currency) => {
    const own = new Map(days.filter((day) => day.currency === currency).map((day) => [day.day, day]));
    const filled = everyDay.map((day) => {
      const { approvedMinor = 0, approved = 0, rejected = 0 } = own.get(day) ?? {};
      return { day, approvedMinor, approved, rejected };
    });
    return {
      currency,
      days: filled,
      totalMinor: filled.reduce((sum, day) => sum + day.approvedMinor, 0),
      highestMinor: Math.max(1, ...filled.map((day) => day.approvedMinor)),
    };
  });
  const used = (one: CurrencyDays) => one.days.reduce((sum, day) => sum + day.approved, 0);
  return series.sort((one, other) => used(other) - used(one));
}
