import type { ScheduleListItem } from '@recaudo/shared';

/** "Visa ···· 1111": what a schedule charges, masked. */
export function chargedMethod({
  brandName,
  brand,
  lastFour,
}: Pick<ScheduleListItem['instrument'], 'brandName' | 'brand' | 'lastFour'>): string {
  return [brandName ?? brand, lastFour ? `···· ${lastFour}` : null].filter(Boolean).join(' ') || '–';
}
