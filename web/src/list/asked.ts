import { addDays, localDay } from '@recaudo/shared';
import { startOfDay } from '../fields/instant.js';
import type { ListView, NamedPeriod } from './list-view.js';

/** How many local days, ending today. */
const PERIOD_DAYS: Record<NamedPeriod, number> = { all: 0, today: 1, '7d': 7, '30d': 30, '90d': 90 };

export interface ListReader {
  sites: readonly { id: string; code: string }[];
  zone: string;
  now: number;
}

/**
 * What the API is asked by every list, and the period as instants: from the first of the reader's own midnights,
 * included, to the last one, not included. An unknown site code gives `unknownSite`, because silently showing all
 * sites would be untrue.
 */
export function askedBy<State extends string, Kind extends string>(
  view: ListView<State, Kind>,
  reader: ListReader,
) {
  const site = reader.sites.find((candidate) => candidate.code === view.site);
  const asked = {
    state: view.state ?? undefined,
    kind: view.kind ?? undefined,
    siteId: site?.id,
    q: view.q || undefined,
    currency: view.currency ?? undefined,
  };
  return { asked, ...boundsOf(view, reader), unknownSite: view.site !== null && !site };
}

function boundsOf({ period, from, to }: ListView, { zone, now }: ListReader) {
  if (period === 'days') {
    return {
      from: from ? startOfDay(from, zone) : undefined,
      to: to ? startOfDay(addDays(to, 1), zone) : undefined,
    };
  }
  const days = PERIOD_DAYS[period];
  if (days === 0) return { from: undefined, to: undefined };
  return { from: startOfDay(addDays(localDay(now, zone), 1 - days), zone), to: undefined };
}

export function withoutEmpty<F extends object>(filter: F): F {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as F;
}
