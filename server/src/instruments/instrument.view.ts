import type { InstrumentView } from '@recaudo/shared';
import type { InstrumentRow } from './instrument.entity.js';

export function instrumentView(row: InstrumentRow): InstrumentView {
  const { id, type, brand, brandName, issuer, lastFour, validUntil, state } = row;
  const { revokeAskedAt, revokeAskedByName: by, revokeReason } = row;
  return {
    ...{ id, type, brand, brandName, issuer, lastFour, validUntil, state },
    createdAt: row.createdAt.toISOString(),
    revoked: revokeAskedAt && { at: revokeAskedAt.toISOString(), by, reason: revokeReason ?? '' },
  };
}
