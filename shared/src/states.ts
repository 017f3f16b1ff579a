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
 * there is time left. `partial_expired`: it ended with something paid, but not all. `unknown`: a stored means of payment
 * may have been charged, and nobody knows yet.
 */
export const SESSION_STATES = [
  'opening',
  'unknown',
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

/**
 * What a transaction is. `dispersion` groups its parts, which are payments; `confirm` and `cancel` act on a payment,
 * `reauthorization`, `checkout` (the capture) and `release` on a hold, `reverse` gives captured money back.
 */
export const TRANSACTION_KINDS = [
  'payment',
  'dispersion',
  'checkin',
  'recurring',
  'confirm',
  'cancel',
  'reauthorization',
  'checkout',
  'release',
  'reverse',
  'chargeback',
  'chargeback_reversal',
] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/**
 * One attempt to move money. `unknown` never ages into anything else by itself. `to_confirm`: captured, and waits for
 * our word. `partial`: a dispersion whose parts were approved in part. `waiting`: planned, and not sent yet.
 */
export const TRANSACTION_STATES = [
  'waiting',
  'started',
  'pending',
  'to_confirm',
  'unknown',
  'approved',
  'partial',
  'rejected',
] as const;
export type TransactionState = (typeof TRANSACTION_STATES)[number];

/**
 * How much something that the gateway did not answer itself is worth. `reported`: a message that nobody can be asked
 * about. `confirmed`: a person or a statement says so. `inferred`: a refund whose answer was lost, seen by the flag.
 */
export const GRADES = ['reported', 'confirmed', 'inferred'] as const;
export type Grade = (typeof GRADES)[number];

/**
 * What an order owes. `part_paid`: something of it is paid. `held`: a preauthorization holds it. `overpaid` waits for a
 * person. `agreed`: the rest was given up by a person. `nothing`: it stores a means of payment and owes nothing.
 * `part_returned`, `returned`: paid, and then given back in part or whole, by refunds or chargebacks.
 */
export const ORDER_STATES = [
  'due',
  'part_paid',
  'held',
  'paid',
  'overpaid',
  'agreed',
  'nothing',
  'part_returned',
  'returned',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Lists of sessions that wait for a person's eye: still partial, ended with a remainder, captured and unconfirmed. */
export const QUEUES = ['partial', 'remainder', 'confirm'] as const;
export type Queue = (typeof QUEUES)[number];

/**
 * A hold's life. `presumed_released`: its days are over. `unclear`: the gateway says that it is closed, but not how or
 * for how much: a person finds out.
 */
export const PREAUTHORIZATION_STATES = [
  'active',
  'captured',
  'released',
  'presumed_released',
  'unclear',
] as const;
export type PreauthorizationState = (typeof PREAUTHORIZATION_STATES)[number];

/**
 * What a second person may be asked for. `settle`: the end of an operation that nobody could find out. `collect`: a
 * charge of a stored means of payment.
 */
export const APPROVAL_KINDS = [
  'reverse',
  'checkout',
  'reauthorization',
  'settle',
  'batch',
  'collect',
] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

/** `approved`: decided, and about to be carried out. `done`: carried out. `failed`: could not be, `note` says why. */
export const APPROVAL_STATES = [
  'waiting',
  'approved',
  'done',
  'failed',
  'rejected',
  'withdrawn',
  'expired',
] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

export const BATCH_KINDS = ['reverse', 'checkout', 'release'] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

/** `scheduled`: approved, and can still be undone. */
export const BATCH_STATES = [
  'waiting',
  'scheduled',
  'running',
  'done',
  'undone',
  'rejected',
  'expired',
] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** `refused`: it could not be sent, `why` says the rule. The others are as its operation stands. */
export const BATCH_ROW_STATES = [
  'waiting',
  'sending',
  'approved',
  'rejected',
  'pending',
  'unknown',
  'refused',
  'undone',
] as const;
export type BatchRowState = (typeof BATCH_ROW_STATES)[number];

/** A recurrence that the gateway runs by itself. `stopped`: the gateway said that it will not charge again. */
export const RECURRENCE_STATES = ['waiting', 'active', 'stopped', 'finished'] as const;
export type RecurrenceState = (typeof RECURRENCE_STATES)[number];

/** The five meanings of colour on every screen. */
export const MEANINGS = ['done', 'waiting', 'attention', 'failed', 'unknown'] as const;
export type Meaning = (typeof MEANINGS)[number];

export const SESSION_MEANING: Record<SessionState, Meaning> = {
  opening: 'waiting',
  unknown: 'unknown',
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
  waiting: 'waiting',
  started: 'waiting',
  pending: 'waiting',
  to_confirm: 'attention',
  unknown: 'unknown',
  approved: 'done',
  partial: 'attention',
  rejected: 'failed',
};

export const PREAUTHORIZATION_MEANING: Record<PreauthorizationState, Meaning> = {
  active: 'waiting',
  captured: 'done',
  released: 'done',
  presumed_released: 'failed',
  unclear: 'unknown',
};

export const APPROVAL_MEANING: Record<ApprovalState, Meaning> = {
  waiting: 'attention',
  approved: 'waiting',
  done: 'done',
  failed: 'failed',
  rejected: 'failed',
  withdrawn: 'failed',
  expired: 'failed',
};

export const BATCH_MEANING: Record<BatchState, Meaning> = {
  waiting: 'attention',
  scheduled: 'waiting',
  running: 'waiting',
  done: 'done',
  undone: 'failed',
  rejected: 'failed',
  expired: 'failed',
};

export const BATCH_ROW_MEANING: Record<BatchRowState, Meaning> = {
  waiting: 'waiting',
  sending: 'waiting',
  approved: 'done',
  rejected: 'failed',
  pending: 'waiting',
  unknown: 'unknown',
  refused: 'failed',
  undone: 'failed',
};

/**
 * A stored means of payment. `suspended`: kept, and nothing is charged to it until somebody resumes it. From `revoking` on
 * nothing is ever charged to it, whatever the gateway still says.
 */
export const INSTRUMENT_STATES = ['active', 'suspended', 'revoking', 'revoked'] as const;
export type InstrumentState = (typeof INSTRUMENT_STATES)[number];

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
  'external_refund',
  'hold_unclear',
  'letter_follow_up',
  'refund_blocked',
  /** Given back to the payer and claimed by a chargeback as well. */
  'returned_twice',
  /** The gateway has not said for days that a revoked instrument is dead there. */
  'revoke_unproven',
] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

export const SITE_MODES = ['practice', 'test', 'live'] as const;
export type SiteMode = (typeof SITE_MODES)[number];

/** What a schedule counts its periods in. */
export const PERIOD_UNITS = ['day', 'week', 'month', 'year'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** A schedule that we run. `finished`: its last period came. */
export const SCHEDULE_STATES = ['active', 'paused', 'cancelled', 'finished'] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

/** Why a schedule ended: somebody wanted it, nobody paid, or it was over as planned. */
export const SCHEDULE_ENDS = ['chosen', 'unpaid', 'finished'] as const;
export type ScheduleEnd = (typeof SCHEDULE_ENDS)[number];

/** How what a schedule earns in a month changed. A churn's why is one of `SCHEDULE_ENDS`; a pause is one too. */
export const MRR_KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MrrKind = (typeof MRR_KINDS)[number];

/**
 * One period of a schedule, from plan to money. `charging`: it was asked for, and the gateway or the bank has not said
 * how it ended. `blocked`: it is due and something stands in the way. `retrying`: refused, and tried again. `waiting`: a
 * person decides, because it came too late or nobody judges it. `unpaid`: refused, and nothing more is tried.
 */
export const PERIOD_STATES = [
  'planned',
  'charging',
  'unknown',
  'blocked',
  'retrying',
  'waiting',
  'unpaid',
  'paid',
  'skipped',
  'cancelled',
] as const;
export type PeriodState = (typeof PERIOD_STATES)[number];
