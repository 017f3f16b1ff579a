import type {
  InstrumentActionName,
  InstrumentDetail,
  InstrumentItem,
  InstrumentView,
  Permission,
} from '@recaudo/shared';
import type { InstrumentRow } from './instrument.entity.js';

/** What a shop is told of it: nothing of the house's people and their words. */
export function instrumentForShop<
  View extends Pick<InstrumentView, 'revoked'> & Partial<Pick<InstrumentItem, 'suspended'>>,
>(view: View): View {
  const quiet = (deed: InstrumentView['revoked'] | undefined) => deed && { ...deed, by: null, reason: '' };
  return {
    ...view,
    revoked: quiet(view.revoked),
    ...(view.suspended === undefined ? {} : { suspended: quiet(view.suspended) }),
  };
}

const DAY_MS = 86_400_000;

/** The latest last day that is over everywhere: a day ends last in the westernmost zone we work in. YYYY-MM-DD. */
export function lastDayOver(now: Date): string {
  return dayOf(now.getTime() - 1.5 * DAY_MS);
}

/** The last day of those that are over within so many days from now. */
export function lastDayWithin(days: number, now: Date): string {
  return dayOf(now.getTime() + days * DAY_MS);
}

/** Days as text sort as days. */
export function isExpired(validUntil: string | null, now: Date): boolean {
  return validUntil !== null && validUntil <= lastDayOver(now);
}

/** Why nothing can be charged to it, as a message key; null when it can. It can be used to the end of its last day. */
export function whyUnusable(
  { state, type, validUntil }: Pick<InstrumentRow, 'state' | 'type' | 'validUntil'>,
  now: Date,
): string | null {
  if (state === 'suspended') return 'instrument_suspended';
  if (state !== 'active') return 'instrument_revoked';
  if (type !== 'token') return 'instrument_is_account';
  return isExpired(validUntil, now) ? 'instrument_expired' : null;
}

const over = ({ state }: Pick<InstrumentRow, 'state'>): string | null =>
  state === 'revoking' || state === 'revoked' ? 'instrument_revoked' : null;

type Named = [InstrumentActionName, string | null];

/** What may be done now, likeliest first; what may not, with the reason as a message key. */
export function instrumentActions(
  row: Pick<InstrumentRow, 'state' | 'replacedById' | 'type' | 'validUntil'>,
  permissions: ReadonlySet<Permission>,
  now: Date,
): InstrumentDetail['availableActions'] {
  const may = (permission: Permission) => (permissions.has(permission) ? null : 'no_permission');
  const suspended = row.state === 'suspended';
  const waits: Named = [suspended ? 'resume' : 'suspend', may('instruments:suspend') ?? over(row)];
  const named: Named[] = [
    ['charge', may('instruments:charge') ?? whyUnusable(row, now)],
    ...(suspended ? [waits] : []),
    ['replace', may('sessions:create') ?? (row.replacedById ? 'instrument_replaced' : null)],
    ...(suspended ? [] : [waits]),
    // While the gateway has not confirmed its end it can be asked once more.
    ['revoke', may('instruments:revoke') ?? (row.state === 'revoked' ? 'instrument_revoked' : null)],
  ];
  return named.map(([action, why]) => ({ action, allowed: why === null, why }));
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
