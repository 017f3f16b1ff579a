import {
  HOLD_WARNING_HOURS,
  type Currency,
  type PreauthorizationState,
  type RefundLimits,
  type TransactionState,
} from '@recaudo/shared';

const HOUR_MS = 3_600_000;

/** A reauthorization of a hold, in the order they were asked for. */
export interface Change {
  state: TransactionState;
  askedMinor: number;
  fromMinor: number | null;
}

/**
 * What a hold holds: the last amount that is known for certain, and every later one that may have been granted. Only the
 * lower end may be captured.
 */
export function heldRange(
  placedMinor: number,
  changes: readonly Change[],
): { leastMinor: number; mostMinor: number } {
  const known = changes.findLastIndex(({ state }) => state === 'approved');
  const last = changes[known];
  const certain = last ? (last.fromMinor ?? last.askedMinor) : placedMinor;
  const perhaps = changes
    .slice(known + 1)
    .filter(({ state }) => state === 'unknown' || state === 'pending')
    .map(({ askedMinor }) => askedMinor);
  return { leastMinor: Math.min(certain, ...perhaps), mostMinor: Math.max(certain, ...perhaps) };
}

/** When somebody should be told next that a hold runs out, or, last of all, that it is presumed released. */
export function nextDue(expiresAt: Date, now: Date): Date {
  const warning = HOLD_WARNING_HOURS.map((hours) => expiresAt.getTime() - hours * HOUR_MS).find(
    (at) => at > now.getTime(),
  );
  return new Date(warning ?? expiresAt.getTime());
}

/** The warning that is due: the fewest of 72, 24 and 6 hours that have begun; null when it is too early for any. */
export function warningHours(expiresAt: Date, now: Date): number | null {
  const left = (expiresAt.getTime() - now.getTime()) / HOUR_MS;
  return HOLD_WARNING_HOURS.findLast((hours) => left <= hours) ?? null;
}

export type HoldAction = 'checkout' | 'reauthorization' | 'release';

/** A hold that the gateway calls closed may still be tried: to take or release it once more moves nothing twice. */
const OPEN: Record<HoldAction, readonly PreauthorizationState[]> = {
  checkout: ['active', 'unclear'],
  release: ['active', 'unclear'],
  reauthorization: ['active'],
};

/** Why something cannot be done to a hold, as a message key; null when it can. */
export function holdWhy(
  action: HoldAction,
  hold: { state: PreauthorizationState; expiresAt: Date; country: string; live: boolean },
  now: Date,
): string | null {
  if (!OPEN[action].includes(hold.state) || hold.expiresAt <= now) return 'hold_over';
  if (hold.live) return 'operation_live';
  return action === 'reauthorization' && hold.country === 'PR' ? 'country_without_reauthorization' : null;
}

/** Nobody could find out how these ended, or it was only presumed: a person may know. */
const UNKNOWN_END: readonly PreauthorizationState[] = ['unclear', 'presumed_released'];

export function endIsUnknown(state: PreauthorizationState): boolean {
  return UNKNOWN_END.includes(state);
}

export interface HoldAmounts {
  leastMinor: number;
  mostMinor: number;
  overCapture: boolean;
  increaseOnly: boolean;
}

/**
 * House rule: up to how much a hold is raised by one person alone. What the payer agreed to may always be held again;
 * beyond it a raise is limited as a refund is, because what is held can be captured. A site's limits are in its own currency.
 */
export function raisedAlone(
  { placedMinor, currency }: { placedMinor: number; currency: Currency },
  site: { refundLimits: Pick<RefundLimits, 'operationMinor'> | null; currency: Currency },
): number {
  const alone = site.refundLimits && currency === site.currency ? site.refundLimits.operationMinor : 0;
  return placedMinor + alone;
}

/** What is wrong with the amount, as a message key; null when nothing is. */
export function amountWhy(
  action: Exclude<HoldAction, 'release'>,
  amountMinor: number,
  hold: HoldAmounts,
): string | null {
  if (action === 'reauthorization') {
    if (amountMinor === hold.leastMinor && amountMinor === hold.mostMinor) return 'same_amount';
    return hold.increaseOnly && amountMinor <= hold.mostMinor ? 'only_increases' : null;
  }
  return amountMinor > hold.leastMinor && !hold.overCapture ? 'above_hold' : null;
}
