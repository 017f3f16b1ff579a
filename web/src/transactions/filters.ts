import {
  isCurrency,
  TRANSACTION_KINDS,
  TRANSACTION_STATES,
  type Currency,
  type TransactionFilter,
  type TransactionKind,
  type TransactionState,
} from '@recaudo/shared';
import { boundsOf, PERIODS, readDay, withoutEmpty, type NamedPeriod } from '../sessions/filters.js';

/** Everything the list of transactions shows, as it stands in the URL; scope and search are named as everywhere. */
export interface TransactionListView {
  state: TransactionState | null;
  kind: TransactionKind | null;
  /** The site's code. */
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

export const ALL_TRANSACTIONS: TransactionListView = {
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

/** Reads any URL: what it does not understand it leaves out. */
export function readTransactionUrl(search: string): TransactionListView {
  const params = new URLSearchParams(search);
  const currency = params.get('currency') ?? '';
  const from = readDay(params.get('from'));
  const to = readDay(params.get('to'));
  return {
    state: TRANSACTION_STATES.find((known) => known === params.get('state')) ?? null,
    kind: TRANSACTION_KINDS.find((known) => known === params.get('kind')) ?? null,
    site: params.get('site') || null,
    period: from || to ? 'days' : (PERIODS.find((known) => known === params.get('period')) ?? 'all'),
    from,
    to,
    currency: isCurrency(currency) ? currency : null,
    q: (params.get('q') ?? '').trim().slice(0, 120),
    sort: params.get('sort') === 'oldest' ? 'oldest' : 'newest',
    cursor: params.get('cursor') || null,
  };
}

/** The search part of the URL in one fixed order, leaving out what is as usual; '' when everything is. */
export function writeTransactionUrl(view: TransactionListView): string {
  const usual: Record<string, string> = { period: 'all', sort: 'newest' };
  const params = new URLSearchParams();
  const names = ['state', 'kind', 'site', 'period', 'from', 'to', 'currency', 'q', 'sort', 'cursor'] as const;
  for (const name of names) {
    const value = view[name];
    if (name === 'period' && value === 'days') continue;
    if (value && value !== usual[name]) params.set(name, value);
  }
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

export function isNarrowedTransactions(view: TransactionListView): boolean {
  return writeTransactionUrl({ ...view, cursor: null, sort: 'newest' }) !== '';
}

/** What the API is asked; `unknownSite` where the URL names a site that is not the reader's. */
export function toTransactionFilter(
  view: TransactionListView,
  reader: { sites: readonly { id: string; code: string }[]; zone: string; now: number },
): { filter: TransactionFilter; unknownSite: boolean } {
  const site = reader.sites.find((candidate) => candidate.code === view.site);
  const { from, to } = boundsOf(view, reader.zone, reader.now);
  const filter = withoutEmpty<TransactionFilter>({
    state: view.state ?? undefined,
    kind: view.kind ?? undefined,
    siteId: site?.id,
    currency: view.currency ?? undefined,
    q: view.q || undefined,
    createdFrom: from,
    createdTo: to,
  });
  return { filter, unknownSite: view.site !== null && !site };
}
