/** State names shared by database, API and screens. Transitions live with the slice that owns them. */

/** What a session asks its payer for. */
export const SESSION_KINDS = [
  'basic',
  'partial',
  'recurring',
  'dispersion',
  'preauthorization',
  'subscription',
  'confirmation',
] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/**
 * A hosted-checkout session. `opening`: the gateway has not answered the creation yet. `partial`: something is paid and
 * there is time left. `partial_expired`: it ended with something paid, but not all.
 */
export const SESSION_STATES = [
  'opening',
  'pending',
  'partial',
  'approved',
  'partial_expired',
  'rejected',
  'cancelled',
  'expired',
  'failed',
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** What a transaction is. `dispersion` groups its parts, which are payments; `confirm` and `cancel` act on a payment. */
export const TRANSACTION_KINDS = [
  'payment',
  'dispersion',
  'checkin',
  'recurring',
  'confirm',
  'cancel',
] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/**
 * One attempt to move money. `unknown` never ages into anything else by itself. `to_confirm`: captured, and waits for
 * our word. `partial`: a dispersion whose parts were approved in part.
 */
export const TRANSACTION_STATES = [
  'started',
  'pending',
  'to_confirm',
  'unknown',
  'approved',
  'partial',
  'rejected',
] as const;
export type TransactionState = (typeof TRANSACTION_STATES)[number];

/** How much a message that nobody can be asked about is worth; null for what the gateway answered itself. */
export const GRADES = ['reported', 'confirmed'] as const;
export type Grade = (typeof GRADES)[number];

/**
 * What an order owes. `part_paid`: something of it is paid. `held`: a preauthorization holds it. `overpaid` waits for a
 * person. `agreed`: the rest was given up by a person. `nothing`: it stores a means of payment and owes nothing.
 */
export const ORDER_STATES = ['due', 'part_paid', 'held', 'paid', 'overpaid', 'agreed', 'nothing'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Lists of sessions that wait for a person's eye: still partial, ended with a remainder, captured and unconfirmed. */
export const QUEUES = ['partial', 'remainder', 'confirm'] as const;
export type Queue = (typeof QUEUES)[number];

/** A recurrence that the gateway runs by itself. `stopped`: the gateway said that it will not charge again. */
export const RECURRENCE_STATES = ['waiting', 'active', 'stopped', 'finished'] as const;
export type RecurrenceState = (typeof RECURRENCE_STATES)[number];

/** The five meanings of colour on every screen. */
export const MEANINGS = ['done', 'waiting', 'attention', 'failed', 'unknown'] as const;
export type Meaning = (typeof MEANINGS)[number];

export const SESSION_MEANING: Record<SessionState, Meaning> = {
  opening: 'waiting',
  pending: 'waiting',
  partial: 'waiting',
  approved: 'done',
  partial_expired: 'attention',
  rejected: 'failed',
  cancelled: 'failed',
  expired: 'failed',
  failed: 'failed',
};

export const TRANSACTION_MEANING: Record<TransactionState, Meaning> = {
  started: 'waiting',
  pending: 'waiting',
  to_confirm: 'attention',
  unknown: 'unknown',
  approved: 'done',
  partial: 'attention',
  rejected: 'failed',
};

/** Why something waits for a person. */
export const REVIEW_KINDS = [
  'overpaid',
  'contradiction',
  'amount_differs',
  'opened_elsewhere',
  'unresolved',
  'operation_unknown',
  'charge_not_reported',
  'charge_unexpected',
  'live_link',
] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

export const SITE_MODES = ['practice', 'test', 'live'] as const;
export type SiteMode = (typeof SITE_MODES)[number];
