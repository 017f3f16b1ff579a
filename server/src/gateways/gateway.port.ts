import type {
  ConnectionTest,
  Currency,
  PayerInput,
  SessionKind,
  Terms,
  TransactionKind,
  TransactionState,
} from '@recaudo/shared';
import type { JsonValue } from '../audit/audit.entity.js';

/** What a gateway needs to know us. The secret is open here and only here; it is never logged. */
export interface Credentials {
  baseUrl: string;
  login: string;
  secret: string;
  hash: 'sha256' | 'sha1';
}

export interface OpenRequest {
  /** The reference the gateway will know this order by; 32 characters at most. */
  reference: string;
  description: string;
  /** 0 for a subscription, which asks for no money. */
  amountMinor: number;
  currency: Currency;
  terms: Terms;
  payer: PayerInput | null;
  locale: string;
  expiresAt: Date;
  returnUrl: string;
  /** Where the gateway reports the charges of a recurrence that it runs. */
  notificationUrl: string;
  ipAddress: string;
  userAgent: string;
}

/**
 * What every call may come to instead of an answer. `refused`: the gateway said no, and why. `unsent`: provably nothing
 * left this machine. `unknown`: it may have been done. Money rules, section 4.
 */
export type Failure =
  | { kind: 'refused'; reason: string; message: string; authentication: boolean; evidence: JsonValue }
  | { kind: 'unsent'; why: string }
  | { kind: 'unknown'; why: string };

export type OpenAnswer =
  { kind: 'opened'; number: string; processUrl: string; evidence: JsonValue } | Failure;

/** One attempt of a payer or one operation, in our words and minor units. */
export interface AttemptSnapshot {
  kind: TransactionKind;
  internalReference: string;
  reference: string;
  state: TransactionState;
  reason: string;
  message: string;
  at: Date;
  /** As asked. */
  fromMinor: number;
  fromCurrency: Currency;
  /** As processed. */
  toMinor: number;
  toCurrency: Currency;
  factor: string;
  method: string | null;
  methodName: string | null;
  franchise: string | null;
  issuer: string | null;
  lastFour: string | null;
  authorization: string | null;
  receipt: string | null;
  installments: number | null;
  refunded: boolean;
  /** Of a part of a dispersion: who gets it; null is the site itself. */
  agreement: string | null;
  agreementType: 'MERCHANT' | 'AIRLINE' | null;
  /** Of a dispersion: its parts, in order. */
  parts: AttemptSnapshot[];
}

/** A means of payment that the gateway stored for the site. Its token is open here and only here. */
export interface InstrumentSnapshot {
  type: 'token' | 'account';
  /** The token, or of an account bank and number: what makes it itself. */
  secret: string;
  subtoken: string | null;
  brand: string | null;
  brandName: string | null;
  issuer: string | null;
  lastFour: string | null;
  /** YYYY-MM-DD, the last day it can be used. */
  validUntil: string | null;
}

export interface SessionSnapshot {
  number: string;
  kind: SessionKind;
  reference: string;
  description: string;
  state: 'pending' | 'partial' | 'approved' | 'partial_expired' | 'rejected' | 'cancelled' | 'expired';
  reason: string;
  message: string;
  at: Date;
  /** What was asked at creation, as the gateway keeps it; 0 for a subscription. */
  askedMinor: number;
  askedCurrency: Currency | null;
  /** What else was asked, as far as our words go. */
  terms: Terms;
  /** Null where the gateway does not say. */
  expiresAt: Date | null;
  processUrl: string | null;
  returnUrl: string | null;
  locale: string | null;
  /** Oldest first. */
  attempts: AttemptSnapshot[];
  instrument: InstrumentSnapshot | null;
  payer: PayerInput | null;
  evidence: JsonValue;
}

/** `notFound`: the gateway says it has no such session, which is never proof that money did not move. */
export type QueryAnswer =
  { kind: 'session'; session: SessionSnapshot } | { kind: 'notFound'; evidence: JsonValue } | Failure;

export type OperationAction = 'confirm' | 'cancel' | 'reauthorization' | 'checkout' | 'reverse';

/** Something to be done to a transaction. The amount is left out for a whole reverse, for confirm and for cancel. */
export interface OperationRequest {
  action: OperationAction;
  internalReference: string;
  /** Of the transaction it is done to: an answer about another one is no answer. */
  reference: string;
  amount: { minor: number; currency: Currency } | null;
  locale: string;
}

/** By the transaction's own state, not by the call's: a cancelled confirmation is a rejected transaction. */
export type OperationAnswer =
  { kind: 'answered'; transaction: AttemptSnapshot; evidence: JsonValue } | Failure;

/** A charge on a stored means of payment, without its payer. */
export interface CollectRequest {
  reference: string;
  description: string;
  amountMinor: number;
  currency: Currency;
  taxes: Terms['taxes'];
  token: string;
  payer: PayerInput;
  locale: string;
  /** True holds the amount instead of taking it. */
  preauthorization: boolean;
}

export type InvalidateAnswer = { kind: 'invalidated' } | Failure;

export type NotificationReading =
  | { kind: 'session'; number: string; reference: string; end: SessionEnd | null; evidence: JsonValue }
  | { kind: 'recurring'; charge: RecurringCharge; evidence: JsonValue }
  | { kind: 'badSignature' }
  | { kind: 'malformed'; field: string };

/** How and when a session ended, by the gateway's own word; null where it cannot be read, or is no end. */
export interface SessionEnd {
  state: SessionSnapshot['state'];
  at: Date;
}

/** What a gateway reports of a charge that it made by itself; nobody can be asked about it. */
export interface RecurringCharge {
  internalReference: string;
  /** The session's reference: every charge of the recurrence carries the same. */
  reference: string;
  state: TransactionState;
  reason: string;
  message: string;
  at: Date;
  /** The gateway's count of tries, whose meaning its documents leave open. */
  tries: number | null;
  /** False: it will not charge again. */
  enabled: boolean;
}

/** What a gateway can do; the screens and rules ask here instead of knowing gateways by name. */
export interface Capabilities {
  kinds: readonly SessionKind[];
  actions: readonly OperationAction[];
  cancelSession: boolean;
}

export interface GatewayPort {
  readonly gateway: 'placetopay';
  readonly capabilities: Capabilities;
  createSession(credentials: Credentials, request: OpenRequest): Promise<OpenAnswer>;
  querySession(credentials: Credentials, number: string): Promise<QueryAnswer>;
  /** Ends a pending session; the answer is the session as it then stands. */
  cancelSession(credentials: Credentials, number: string): Promise<QueryAnswer>;
  operate(credentials: Credentials, request: OperationRequest): Promise<OperationAnswer>;
  collect(credentials: Credentials, request: CollectRequest): Promise<QueryAnswer>;
  invalidate(credentials: Credentials, token: string): Promise<InvalidateAnswer>;
  testConnection(credentials: Credentials): Promise<ConnectionTest>;
  /** What a query's answer said that was stored, redacted; null where it cannot be read any more. */
  readStored(evidence: unknown): SessionSnapshot | null;
  /** Checks a notification against the secrets in force, the current one first. Pure: no I/O. */
  readNotification(body: unknown, secrets: string[]): NotificationReading;
}
