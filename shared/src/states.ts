/** State names shared by database, API and screens. Transitions live with the slice that owns them. */

/** A hosted-checkout session. `opening` means that the gateway has not answered the creation yet. */
export const SESSION_STATES = [
  'opening',
  'pending',
  'approved',
  'rejected',
  'cancelled',
  'expired',
  'failed',
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** One attempt to move money. `unknown` never ages into anything else by itself. */
export const TRANSACTION_STATES = ['started', 'pending', 'unknown', 'approved', 'rejected'] as const;
export type TransactionState = (typeof TRANSACTION_STATES)[number];

/** What an order owes. `overpaid` waits for a person. */
export const ORDER_STATES = ['due', 'paid', 'overpaid'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** The five meanings of colour on every screen. */
export const MEANINGS = ['done', 'waiting', 'attention', 'failed', 'unknown'] as const;
export type Meaning = (typeof MEANINGS)[number];

export const SESSION_MEANING: Record<SessionState, Meaning> = {
  opening: 'waiting',
  pending: 'waiting',
  approved: 'done',
  rejected: 'failed',
  cancelled: 'failed',
  expired: 'failed',
  failed: 'failed',
};

export const TRANSACTION_MEANING: Record<TransactionState, Meaning> = {
  started: 'waiting',
  pending: 'waiting',
  unknown: 'unknown',
  approved: 'done',
  rejected: 'failed',
};

/** Why something waits for a person. */
export const REVIEW_KINDS = [
  'overpaid',
  'contradiction',
  'amount_differs',
  'opened_elsewhere',
  'unresolved',
] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

export const SITE_MODES = ['practice', 'test', 'live'] as const;
export type SiteMode = (typeof SITE_MODES)[number];
