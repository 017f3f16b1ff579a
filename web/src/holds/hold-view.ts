import type { CappedCount, PreauthorizationCounts, PreauthorizationState } from '@recaudo/shared';

/** The cockpit's piles: by the hours left, then by how they ended. */
export const HOLD_TABS = [
  'h6',
  'h24',
  'h72',
  'active',
  'captured',
  'released',
  'presumed_released',
  'unclear',
] as const;
export type HoldTab = (typeof HOLD_TABS)[number];

const HOURS: Partial<Record<HoldTab, number>> = { h6: 6, h24: 24, h72: 72 };

/** What the API is asked for a tab. */
export function holdFilter(tab: HoldTab): { state: PreauthorizationState; hours?: number } {
  const hours = HOURS[tab];
  return hours === undefined ? { state: tab as PreauthorizationState } : { state: 'active', hours };
}

export function holdCount(counts: PreauthorizationCounts | undefined, tab: HoldTab): CappedCount | undefined {
  if (tab === 'h6' || tab === 'h24' || tab === 'h72') return counts?.within[tab];
  return counts?.byState[tab];
}
