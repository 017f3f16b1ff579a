import { CURRENCY_DECIMALS, type ApprovalRate, type Currency, type Language } from '@recaudo/shared';
import { REGION } from '../fields/instant.js';

/** "nov 26" for a month given as YYYY-MM. */
export function monthWords(month: string, language: Language): string {
  const parts = new Intl.DateTimeFormat(REGION[language], {
    month: 'short',
    year: '2-digit',
    timeZone: 'UTC',
  }).formatToParts(Date.parse(`${month}-15T12:00:00Z`));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('month').replace('.', '')} ${part('year')}`;
}

/** Whole percent, null of nothing. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 100);
}

/** Approved of those that somebody judged, in whole percent; null where nobody judged any. */
export function ratePercent({ approved, declined }: ApprovalRate): number | null {
  return percent(approved.count, approved.count + declined.count);
}

/** An estimate without cents that nobody can know; minor units. */
export function whole(minor: number, currency: Currency): number {
  const unit = 10 ** CURRENCY_DECIMALS[currency];
  return Math.round(minor / unit) * unit;
}

export interface Bar {
  key: string;
  from: number;
  to: number;
}

/** Bars of one month on top of one another: gains upwards from zero, losses downwards. */
export function stacked(values: readonly { key: string; value: number }[]): Bar[] {
  let [above, below] = [0, 0];
  return values
    .filter(({ value }) => value !== 0)
    .map(({ key, value }) => {
      if (value > 0) {
        above += value;
        return { key, from: above - value, to: above };
      }
      below += value;
      return { key, from: below, to: below - value };
    });
}

/** Highest and lowest ends of all months, with zero between them; never the same. */
export function reach(months: readonly (readonly Bar[])[]): { high: number; low: number } {
  const bars = months.flat();
  const high = Math.max(0, ...bars.map(({ to }) => to));
  const low = Math.min(0, ...bars.map(({ from }) => from));
  return high === low ? { high: 1, low: 0 } : { high, low };
}

/** Room for a line of words above a line, and below it, to their baseline. */
const OVER = 9;
const BENEATH = 18;

/**
 * The baseline of words that stand at the first of these points and reach over so many of them: above or below all of
 * these, so that the line runs through no word, whichever is nearer. Heights count downwards.
 */
export function clearOfLine(heights: readonly number[], reachOver: number): number {
  const near = heights.slice(0, reachOver);
  const own = near[0] ?? 0;
  const above = Math.min(...near) - OVER;
  const below = Math.max(...near) + BENEATH;
  return own - above <= below - own ? above : below;
}
