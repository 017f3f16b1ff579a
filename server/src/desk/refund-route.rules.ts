import type { Refundable, RefundRoute } from '@recaudo/shared';
import { cutOffAfter, settlementAfter } from './business-days.rules.js';

/** What a country's networks offer once the business day of a payment is over. */
interface CountryRefunds {
  /** `refunds`: total and partial ones. `letter`: a letter of late reversal. `whole`: only the whole, in one piece. */
  after: 'refunds' | 'letter' | 'whole';
  source: string;
}

const PANEL = 'PlacetoPay panel documentation, refunds by country';

/** Cut-off hours are published nowhere: they are the site's setting. */
export const REFUNDS_BY_COUNTRY: Readonly<Record<string, CountryRefunds>> = {
  PR: { after: 'refunds', source: PANEL },
  CR: { after: 'refunds', source: PANEL },
  PA: { after: 'refunds', source: PANEL },
  BZ: { after: 'refunds', source: PANEL },
  UY: { after: 'refunds', source: PANEL },
  HN: { after: 'refunds', source: PANEL },
  CO: { after: 'letter', source: PANEL },
  EC: { after: 'letter', source: PANEL },
};

/** Of a country that nobody documents we trust only what every gateway does: give the whole back. */
const UNKNOWN_COUNTRY: CountryRefunds = { after: 'whole', source: 'house rule: not documented' };

export interface Captured {
  country: string;
  zone: string;
  /** HH:MM, local. */
  cutOff: string;
  capturedAt: Date;
  /** As a statement says; null until one does. */
  settledAt: Date | null;
  refundable: Refundable;
}

export interface Route {
  route: RefundRoute;
  /** A message key. */
  why: string;
  plannedAt: Date | null;
  reverseUntil: Date;
}

/** How a refund of so much is carried out now. Amounts in minor units. */
export function routeOf(captured: Captured, amountMinor: number, now: Date): Route {
  const { capturedMinor, refundableMinor } = captured.refundable;
  const reverseUntil = cutOffAfter(captured.capturedAt, captured);
  const to = (route: RefundRoute, why: string, plannedAt: Date | null = null): Route => ({
    ...{ route, why, plannedAt, reverseUntil },
  });
  if (capturedMinor === 0) return to('impossible', 'not_approved');
  if (refundableMinor === 0 || amountMinor > refundableMinor) return to('impossible', 'nothing_left');
  const { after } = REFUNDS_BY_COUNTRY[captured.country] ?? UNKNOWN_COUNTRY;
  const firstWhole = amountMinor === capturedMinor;
  if (firstWhole && now < reverseUntil) return to('reverse', 'before_cut_off');
  if (after === 'letter') return to('letter', firstWhole ? 'letter_after_cut_off' : 'letter_partial');
  if (firstWhole) return to('reverse', 'first_whole');
  if (after === 'whole') return to('impossible', 'whole_only');
  const settledAt = captured.settledAt ?? settlementAfter(captured.capturedAt, captured);
  return settledAt <= now ? to('partial', 'settled_partial') : to('wait', 'waits_for_settlement', settledAt);
}
