import type { RevenueRowsFilter } from '@recaudo/shared';
import { useSearchParams } from 'react-router-dom';
import { useSignedIn } from '../app/login-state.js';

export const TABS = ['movements', 'churn', 'cohorts', 'recovery', 'approval', 'expected'] as const;
export type Tab = (typeof TABS)[number];

/** The rows behind a number, as they are asked for. */
export type Behind = Partial<RevenueRowsFilter> & Pick<RevenueRowsFilter, 'figure' | 'currency'>;

/** What is looked at, as it stands in the URL: the tab, the site, the currency, the rows of a number. */
export function useRevenueUrl() {
  const [params, setParams] = useSearchParams();
  const { sites } = useSignedIn();
  const with_ = (patch: Record<string, string | null>) => {
    const changed = new URLSearchParams(params);
    for (const [name, value] of Object.entries(patch)) {
      if (value === null) changed.delete(name);
      else changed.set(name, value);
    }
    setParams(changed);
  };
  const behind = params.get('behind');
  return {
    tab: TABS.find((known) => known === params.get('tab')) ?? 'movements',
    siteId: sites.find(({ code }) => code === params.get('site'))?.id,
    currency: params.get('currency'),
    behind: behind === null ? null : (Object.fromEntries(new URLSearchParams(behind)) as unknown as Behind),
    cursor: params.get('cursor') ?? undefined,
    choose: (tab: Tab) => with_({ tab, behind: null, cursor: null }),
    chooseCurrency: (currency: string) => with_({ currency }),
    open: (rows: Behind) => with_({ behind: behindText(rows), cursor: null }),
    close: () => with_({ behind: null, cursor: null }),
    go: (cursor: string | null) => with_({ cursor }),
  };
}

function behindText(rows: Behind): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(rows)) if (value !== undefined) text.set(name, String(value));
  return text.toString();
}
