import type { InstrumentRow } from './instrument.entity.js';
import type { InstrumentView } from '@recaudo/shared';

/** What a shop is told of it: nothing of the house's people and their words. */
export function instrumentForShop(view: InstrumentView): InstrumentView {
  return { ...view, revoked: view.revoked && { ...view.revoked, by: null, reason: '' } };
}

/** Why nothing can be charged to it, as a message key; null when it can. It can be used to the end of its last day. */
export function whyUnusable(
  { state, type, validUntil }: Pick<InstrumentRow, 'state' | 'type' | 'validUntil'>,
  now: Date,
): string | null {
  if (state !== 'active') return 'instrument_revoked';
  if (type !== 'token') return 'instrument_is_account';
  // Its last day ends last in the westernmost zone we work in.
  const over = validUntil !== null && Date.parse(`${validUntil}T00:00:00Z`) + 36 * 3_600_000 <= now.getTime();
  return over ? 'instrument_expired' : null;
}
