import type { InstrumentView } from '@recaudo/shared';

/** What a shop is told of it: nothing of the house's people and their words. */
export function instrumentForShop(view: InstrumentView): InstrumentView {
  return { ...view, revoked: view.revoked && { ...view.revoked, by: null, reason: '' } };
}
