import type { Meaning, SiteView } from '@recaudo/shared';

/** Whether a site can take payments, as far as is known. */
export function siteHealth(site: Pick<SiteView, 'account'>): {
  name: 'no_account' | 'flagged' | 'ready';
  meaning: Meaning;
} {
  if (!site.account) return { name: 'no_account', meaning: 'attention' };
  if (site.account.flaggedAt) return { name: 'flagged', meaning: 'failed' };
  return { name: 'ready', meaning: 'done' };
}
