import { isCurrency, type Currency } from '@recaudo/shared';

/** Named periods; each is a number of local days ending today. `days` means the two dates in the URL. */
export const PERIODS = ['all', 'today', '7d', '30d', '90d'] as const;
export type NamedPeriod = (typeof PERIODS)[number];

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

function readDay(text: string | null): string | null {
  return text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}
