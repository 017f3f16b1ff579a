import type { ConnectionTest, Currency, PayerInput, TransactionState } from '@recaudo/shared';
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
  amountMinor: number;
  currency: Currency;
  payer: PayerInput | null;
  locale: string;
  expiresAt: Date;
  returnUrl: string;
  ipAddress: string;
  userAgent: string;
}

/** A session is created, refused for a reason, provably unsent, or nobody knows; see `docs/gateways/placetopay.md`. */
export type OpenAnswer =
  | { kind: 'opened'; number: string; processUrl: string; evidence: JsonValue }
  | { kind: 'refused'; reason: string; message: string; authentication: boolean; evidence: JsonValue }
  | { kind: 'unsent'; why: string }
  | { kind: 'unknown'; why: string };

/** One attempt of a payer, in our words and minor units. */
export interface AttemptSnapshot {
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
}

export interface SessionSnapshot {
  number: string;
  reference: string;
  state: 'pending' | 'approved' | 'rejected' | 'cancelled' | 'expired';
  reason: string;
  message: string;
  at: Date;
  /** What was asked at creation, as the gateway keeps it. */
  askedMinor: number;
  askedCurrency: Currency;
  /** Oldest first. */
  attempts: AttemptSnapshot[];
  payer: PayerInput | null;
  evidence: JsonValue;
}

export type QueryAnswer =
  | { kind: 'session'; session: SessionSnapshot }
  /** The gateway says it has no such session: never proof that money did not move. */
  | { kind: 'notFound'; evidence: JsonValue }
  | { kind: 'refused'; reason: string; message: string; authentication: boolean; evidence: JsonValue }
  | { kind: 'unsent'; why: string }
  | { kind: 'unknown'; why: string };

export type NotificationReading =
  | { kind: 'session'; number: string; reference: string; state: string; evidence: JsonValue }
  | { kind: 'badSignature' }
  | { kind: 'malformed'; field: string };

export interface GatewayPort {
  readonly gateway: 'placetopay';
  createSession(credentials: Credentials, request: OpenRequest): Promise<OpenAnswer>;
  querySession(credentials: Credentials, number: string): Promise<QueryAnswer>;
  testConnection(credentials: Credentials): Promise<ConnectionTest>;
  /** Checks a notification against the secrets in force, the current one first. Pure: no I/O. */
  readNotification(body: unknown, secrets: string[]): NotificationReading;
}
