import { isCurrency, type Currency } from '@recaudo/shared';
import { addDays, dayIn, startOfDay } from '../fields/instant.js';

/** Named periods; each is a number of local days ending today. `days` means the two dates in the URL. */
export const PERIODS = ['all', 'today', '7d', '30d', '90d'] as const;
export type NamedPeriod = (typeof PERIODS)[number];
const PERIOD_DAYS: Record<NamedPeriod, number> = { all: 0, today: 1, '7d': 7, '30d': 30, '90d': 90 };

/** What a list shows, as it stands in the URL; every list names these alike. */
export interface ListView<State extends string = string, Kind extends string = string> {
  state: State | null;
  kind: Kind | null;
  /** The site's code, so that the URL can be read. */
  site: string | null;
  period: NamedPeriod | 'days';
  /** Local days YYYY-MM-DD, both included; only with period `days`. */
  from: string | null;
  to: string | null;
  currency: Currency | null;
  q: string;
  sort: 'newest' | 'oldest';
  cursor: string | null;
}

export const WHOLE_LIST: ListView<never, never> = {
  state: null,
  kind: null,
  site: null,
  period: 'all',
  from: null,
  to: null,
  currency: null,
  q: '',
  sort: 'newest',
  cursor: null,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads any URL: what it does not understand it leaves out, so that an old link still shows something true. */
export function readView<State extends string, Kind extends string>(
  params: URLSearchParams,
  known: { states: readonly State[]; kinds: readonly Kind[] },
): ListView<State, Kind> {
  const currency = params.get('currency') ?? '';
  const from = readDay(params.get('from'));
  const to = readDay(params.get('to'));
  return {
    state: known.states.find((state) => state === params.get('state')) ?? null,
    kind: known.kinds.find((kind) => kind === params.get('kind')) ?? null,
    site: params.get('site') || null,
    period: from || to ? 'days' : (PERIODS.find((period) => period === params.get('period')) ?? 'all'),
    from,
    to,
    currency: isCurrency(currency) ? currency : null,
    q: (params.get('q') ?? '').trim().slice(0, 120),
    sort: params.get('sort') === 'oldest' ? 'oldest' : 'newest',
    cursor: params.get('cursor') || null,
  };
}

/** The search part of the URL in one fixed order, leaving out what is as usual; '' when everything is. `own`: the list's own filters. */
export function writeView(view: ListView, own: Record<string, string | null> = {}): string {
  const days = view.period === 'days';
  const parts = {
    state: view.state,
    kind: view.kind,
    site: view.site,
    period: days || view.period === 'all' ? null : view.period,
    from: days ? view.from : null,
    to: days ? view.to : null,
    currency: view.currency,
    q: view.q,
    ...own,
    sort: view.sort === 'newest' ? null : view.sort,
    cursor: view.cursor,
  };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value) params.set(name, value);
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

/** An order or a page does not narrow a list. `write` is the list's own. */
export function narrows<View extends ListView>(view: View, write: (view: View) => string): boolean {
  return write({ ...view, cursor: null, sort: 'newest' }) !== '';
}

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
  return { from: startOfDay(addDays(dayIn(now, zone), 1 - days), zone), to: undefined };
}

export function withoutEmpty<F extends object>(filter: F): F {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as F;
}

function readDay(text: string | null): string | null {
  return text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}
