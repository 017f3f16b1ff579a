/**
 * What may be turned of a site, as one table: default, and how a value is checked. The second part are the open questions
 * of the protocol (its section 13): the first choice is the house rule, the others are other readings that a merchant's
 * program must survive.
 */

/** A value that a switch does not take; the message says why. */
export class BadSwitch extends Error {}

export interface Switch<T> {
  byDefault: T;
  /** Throws BadSwitch. */
  read: (value: unknown) => T;
  /** Every value that it takes, the default first; or the smallest and the largest one. */
  takes: { values: readonly T[] } | { from: number; to: number };
}

function whole(byDefault: number, min: number, max: number): Switch<number> {
  const read = (value: unknown): number => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new BadSwitch(`must be a whole number from ${min} to ${max}`);
  };
  return { byDefault, read, takes: { from: min, to: max } };
}

function flag(byDefault: boolean): Switch<boolean> {
  const read = (value: unknown): boolean => {
    if (typeof value === 'boolean') return value;
    throw new BadSwitch('must be true or false');
  };
  return { byDefault, read, takes: { values: [byDefault, !byDefault] } };
}

/** One of the values, of which the first is the default. */
function oneOf<const T extends string | number>(...values: [T, ...T[]]): Switch<T> {
  const read = (value: unknown): T => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw new BadSwitch(`must be one of ${values.join(', ')}`);
    return found;
  };
  return { byDefault: values[0], read, takes: { values } };
}

export const SITE_SWITCHES = {
  /** Parts that a dispersion may have, the own site's included. */
  maxDispersions: whole(3, 1, 20),
  /** The confirmation flow is allowed. */
  confirmation: flag(false),
  /** How long a captured payment waits to be confirmed. */
  confirmationMinutes: whole(1_440, 1, 527_040),
  /** A reauthorization may only raise the hold. */
  increaseOnly: flag(false),
  /** Days after which a hold is released by itself. */
  holdDays: whole(30, 1, 366),
  /** Local hour at which what was approved before it becomes settled. */
  settlementHour: whole(22, 0, 23),

  duplicateCollect: oneOf('earlier', 'earlier_208', 'refused_400', 'rejected', 'earlier_blocks_rejected'),
  secondCheckout: oneOf('request_not_valid', 'br', 'rejected'),
  refundRefusal: oneOf('specific', 'br'),
  internalReferences: oneOf('new', 'same'),
  earlyPartialRefund: oneOf('refused', 'voids_whole'),
  firstPaymentCounts: flag(false),
  monthEnd: oneOf('anchor', 'drift'),
  cancelledConfirmation: oneOf('REJECTED', 'CANCELED'),
  overCapture: flag(true),
  expiredReason: oneOf('EX', 'XN'),
  validationStatus: oneOf(400, 200),
  expiryWhilePending: oneOf('wait', 'reject'),
  recurringSignature: oneOf('prefixed', 'bare'),
  recurringTries: oneOf('made', 'left'),
};

type Table = typeof SITE_SWITCHES;
export type SwitchName = keyof Table;
export type SiteSwitches = {
  -readonly [Name in SwitchName]: Table[Name]['byDefault'] extends boolean
    ? boolean
    : ReturnType<Table[Name]['read']>;
};

export const SWITCH_NAMES = Object.keys(SITE_SWITCHES) as SwitchName[];

export const DEFAULT_SWITCHES = Object.fromEntries(
  SWITCH_NAMES.map((name) => [name, SITE_SWITCHES[name].byDefault]),
) as SiteSwitches;
