import {
  isCurrency,
  SESSION_KINDS,
  SESSION_STATES,
  type Currency,
  type SessionFilter,
  type SessionKind,
  type SessionState,
} from '@recaudo/shared';
import { addDays, dayIn, startOfDay } from '../fields/instant.js';

/** Named periods; each is a number of local days ending today. `days` means the two dates in the URL. */
export const PERIODS = ['all', 'today', '7d', '30d', '90d'] as const;
export type NamedPeriod = (typeof PERIODS)[number];
const PERIOD_DAYS: Record<NamedPeriod, number> = { all: 0, today: 1, '7d': 7, '30d': 30, '90d': 90 };

/** Everything the payments list shows, as it stands in the URL. `site` is the site's code, so that it can be read. */
export interface SessionListView {
  state: SessionState | null;
  kind: SessionKind | null;
  site: string | null;
  period: NamedPeriod | 'days';
  /** Local days YYYY-MM-DD, both included; only with period `days`. */
  from: string | null;
  to: string | null;
  currency: Currency | null;
  q: string;
  overpaid: boolean;
  /** Among those that have not ended: past their time or still within it. */
  late: 'true' | 'false' | null;
  /** Whether the period is about when a payment was made or when it ended. */
  by: 'created' | 'ended';
  sort: 'newest' | 'oldest';
  cursor: string | null;
}

export const EVERYTHING: SessionListView = {
  state: null,
  kind: null,
  site: null,
  period: 'all',
  from: null,
  to: null,
  currency: null,
  q: '',
  overpaid: false,
  late: null,
  by: 'created',
  sort: 'newest',
  cursor: null,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads any URL: what it does not understand it leaves out, so that an old link still shows something true. */
export function readListUrl(search: string): SessionListView {
  const params = new URLSearchParams(search);
  const state = SESSION_STATES.find((known) => known === params.get('state')) ?? null;
  const currency = params.get('currency') ?? '';
  const from = readDay(params.get('from'));
  const to = readDay(params.get('to'));
  const named = PERIODS.find((known) => known === params.get('period')) ?? 'all';
  return {
    state,
    kind: SESSION_KINDS.find((known) => known === params.get('kind')) ?? null,
    site: params.get('site') || null,
    period: from || to ? 'days' : named,
    from,
    to,
    currency: isCurrency(currency) ? currency : null,
    q: (params.get('q') ?? '').trim().slice(0, 120),
    overpaid: params.get('overpaid') === 'true',
    late: (['true', 'false'] as const).find((known) => known === params.get('late')) ?? null,
    by: params.get('by') === 'ended' ? 'ended' : 'created',
    sort: params.get('sort') === 'oldest' ? 'oldest' : 'newest',
    cursor: params.get('cursor') || null,
  };
}

/** The search part of the URL in one fixed order, leaving out what is as usual; '' when everything is. */
export function writeListUrl(view: SessionListView): string {
  const params = new URLSearchParams();
  if (view.state) params.set('state', view.state);
  if (view.kind) params.set('kind', view.kind);
  if (view.site) params.set('site', view.site);
  if (view.period === 'days') {
    if (view.from) params.set('from', view.from);
    if (view.to) params.set('to', view.to);
  } else if (view.period !== 'all') {
    params.set('period', view.period);
  }
  if (view.currency) params.set('currency', view.currency);
  if (view.q) params.set('q', view.q);
  if (view.overpaid) params.set('overpaid', 'true');
  if (view.late) params.set('late', view.late);
  if (view.by === 'ended') params.set('by', 'ended');
  if (view.sort !== 'newest') params.set('sort', view.sort);
  if (view.cursor) params.set('cursor', view.cursor);
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

/** A changed filter starts at the first page again: a cursor belongs to the list it came from. */
export function changeView(view: SessionListView, change: Partial<SessionListView>): SessionListView {
  return { ...view, cursor: null, ...change };
}

export function isNarrowed(view: SessionListView): boolean {
  return writeListUrl({ ...view, cursor: null, sort: 'newest' }) !== '';
}

/**
 * What the API is asked. Days become instants at the reader's own midnights. An unknown site code gives
 * `unknownSite`, because silently showing all sites would be untrue.
 */
export function toFilter(
  view: SessionListView,
  reader: { sites: readonly { id: string; code: string }[]; zone: string; now: number },
): { filter: SessionFilter; unknownSite: boolean } {
  const site = reader.sites.find((candidate) => candidate.code === view.site);
  const { from, to } = boundsOf(view, reader.zone, reader.now);
  const filter: SessionFilter = {
    state: view.state ?? undefined,
    kind: view.kind ?? undefined,
    siteId: site?.id,
    q: view.q || undefined,
    currency: view.currency ?? undefined,
    ...(view.by === 'ended' ? { endedFrom: from, endedTo: to } : { createdFrom: from, createdTo: to }),
    late: view.late ?? undefined,
    overpaid: view.overpaid ? 'true' : undefined,
  };
  return { filter: withoutEmpty(filter), unknownSite: view.site !== null && !site };
}

/** From the first midnight, included, to the last one, not included. */
export function boundsOf(view: Pick<SessionListView, 'period' | 'from' | 'to'>, zone: string, now: number) {
  if (view.period === 'days') {
    return {
      from: view.from ? startOfDay(view.from, zone) : undefined,
      to: view.to ? startOfDay(addDays(view.to, 1), zone) : undefined,
    };
  }
  const days = PERIOD_DAYS[view.period];
  if (days === 0) return { from: undefined, to: undefined };
  return { from: startOfDay(addDays(dayIn(now, zone), 1 - days), zone), to: undefined };
}

export function withoutEmpty<F extends object>(filter: F): F {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as F;
}

export function readDay(text: string | null): string | null {
  return text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}
