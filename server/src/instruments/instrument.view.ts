import type { InstrumentItem, InstrumentState, InstrumentView, SiteMode } from '@recaudo/shared';
import type { ListedInstrument } from './instrument-list.store.js';
import type { InstrumentRow } from './instrument.entity.js';
import { isExpired } from './instrument.rules.js';

export function instrumentView(row: InstrumentRow): InstrumentView {
  const { id, type, brand, brandName, issuer, lastFour, validUntil, state } = row;
  const { revokeAskedAt, revokeAskedByName: by, revokeReason } = row;
  return {
    ...{ id, type, brand, brandName, issuer, lastFour, validUntil, state },
    createdAt: row.createdAt.toISOString(),
    revoked: revokeAskedAt && { at: revokeAskedAt.toISOString(), by, reason: revokeReason ?? '' },
  };
}

const text = (value: ListedInstrument[string] | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** Who did it, when and why; null where nobody did. */
function deed(row: ListedInstrument, at: string, by: string, reason: string): InstrumentItem['suspended'] {
  const when = row[at];
  return when instanceof Date
    ? { at: when.toISOString(), by: text(row[by]), reason: text(row[reason]) ?? '' }
    : null;
}

export function instrumentItem(row: ListedInstrument, now: Date): InstrumentItem {
  const state = row.state as InstrumentState;
  const validUntil = text(row.valid_until);
  return {
    id: row.id,
    siteId: text(row.site_id) ?? '',
    mode: row.mode as SiteMode,
    type: row.type as InstrumentItem['type'],
    brand: text(row.brand),
    brandName: text(row.brand_name),
    issuer: text(row.issuer),
    lastFour: text(row.last_four),
    validUntil,
    expired: isExpired(validUntil, now),
    state,
    createdAt: row.created_at.toISOString(),
    sessionId: text(row.session_id),
    payer: {
      id: text(row.payer_id),
      name: text(row.name),
      surname: text(row.surname),
      email: text(row.email),
      documentType: text(row.document_type),
      document: text(row.document),
    },
    suspended:
      state === 'suspended' ? deed(row, 'suspended_at', 'suspended_by_name', 'suspend_reason') : null,
    revoked: deed(row, 'revoke_asked_at', 'revoke_asked_by_name', 'revoke_reason'),
    replacesId: text(row.replaces_id),
    replacedById: text(row.replaced_by_id),
  };
}
