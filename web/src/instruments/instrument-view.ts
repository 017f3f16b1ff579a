import { INSTRUMENT_PILES, type InstrumentFilter, type InstrumentPile } from '@recaudo/shared';
import { withoutEmpty } from '../list/asked.js';
import { narrows, readView, WHOLE_LIST, writeView, type ListView } from '../list/list-view.js';

/** Brands as the gateways write them, with the names that people know. */
export const BRANDS = new Map([
  ['visa', 'Visa'],
  ['master', 'Mastercard'],
  ['amex', 'American Express'],
  ['diners', 'Diners Club'],
  ['discover', 'Discover'],
  ['maestro', 'Maestro'],
]);

/** Days before the last one that can be asked for. */
export const WITHIN = [7, 30, 60, 90] as const;

/** Everything the list of stored means of payment shows, as it stands in the URL. */
export interface InstrumentListView extends ListView<InstrumentPile, never> {
  brand: string | null;
  payer: string | null;
  /** Of those that expire soon: within how many days; null is as usual. */
  within: (typeof WITHIN)[number] | null;
}

export const ALL_INSTRUMENTS: InstrumentListView = { ...WHOLE_LIST, brand: null, payer: null, within: null };

export function readInstrumentUrl(search: string): InstrumentListView {
  const params = new URLSearchParams(search);
  const brand = params.get('brand') ?? '';
  return {
    ...readView(params, { states: INSTRUMENT_PILES, kinds: [] }),
    // A list by the day of storing and by the last day knows neither a period nor a currency.
    ...{ period: 'all', from: null, to: null, currency: null },
    brand: BRANDS.has(brand) ? brand : null,
    payer: /^[0-9a-f-]{36}$/.exec(params.get('payer') ?? '')?.[0] ?? null,
    within: WITHIN.find((days) => String(days) === params.get('within')) ?? null,
  };
}

export function writeInstrumentUrl(view: InstrumentListView): string {
  const { brand, payer, within } = view;
  return writeView(view, {
    brand,
    payer,
    within: within && view.state === 'expiring' ? String(within) : null,
  });
}

export function isNarrowedInstruments(view: InstrumentListView): boolean {
  return narrows(view, writeInstrumentUrl);
}

/** What the API is asked; `unknownSite` where the URL names a site that is not the reader's. */
export function toInstrumentFilter(
  view: InstrumentListView,
  sites: readonly { id: string; code: string }[],
): { filter: InstrumentFilter; unknownSite: boolean } {
  const site = sites.find((candidate) => candidate.code === view.site);
  const filter = withoutEmpty<InstrumentFilter>({
    state: view.state ?? undefined,
    siteId: site?.id,
    brand: view.brand ?? undefined,
    payerId: view.payer ?? undefined,
    expiringWithin: view.state === 'expiring' ? (view.within ?? undefined) : undefined,
    q: view.q || undefined,
  });
  return { filter, unknownSite: view.site !== null && !site };
}
