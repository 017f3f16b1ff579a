/**
 * Golden wire pairs of PlacetoPay Checkout, made by hand from the protocol document (`section` says where). They hold both
 * sides to one truth: a gateway must answer `request` with `answer`; a client that is given `answer` must understand
 * `expect`. None was recorded from a program of ours.
 */
export type Json = Record<string, unknown>;

/** A merchant site that the pairs speak of. */
export interface GoldenSite {
  site: string;
  country: string;
  currency: string;
  zone: string;
  locale: string;
  login: string;
  secretKey: string;
  algorithm: 'sha256' | 'sha1';
}

/** How the caller proves who it is; without one, correctly, by SHA-256 over the time of the request. */
export type GoldenAuth =
  /** The object as it stands; null leaves `auth` out. */
  | { literal: Json | null }
  /** Correct but for what is named; `omit` takes a field away after signing. */
  | { algorithm?: 'sha1' | 'sha256'; login?: string; secretKey?: string; seed?: string; omit?: string };

export interface GoldenCard {
  number: string;
  expiry: string;
  cvv: string;
}

/** What the payer does on the page of the session opened last. */
export interface GoldenPay {
  card?: GoldenCard;
  /** A part, as decimal text; the whole remainder without it. */
  amount?: string;
  /** The payer lets the instrument be saved. */
  subscribe?: true;
  method?: 'pse';
  /** Code of the bank; 9999 is the test bank. */
  bank?: string;
  /** What the tester chooses on the bank's page. */
  outcome?: 'approved' | 'rejected' | 'pending' | 'expired';
}

/** The first number of each sort that a gateway is to give out. */
export interface GoldenNumbers {
  requestId?: number;
  internalReference?: number;
}

/** What happened before the request, each at its own instant of the practice clock. */
export type GoldenStep =
  | { at: string; do: 'open'; body: Json }
  | ({ at: string; do: 'pay' } & GoldenPay)
  | { at: string; do: 'cancel' }
  /** A call of the merchant's, without `auth`. */
  | { at: string; do: 'call'; path: string; body: Json }
  /** What a tester asks of the practice gateway itself. */
  | { at: string; do: 'control'; method: 'POST' | 'DELETE'; path: string; body: Json }
  /** The numbers that the gateway gives out from here on. */
  | { at: string; do: 'number'; next: GoldenNumbers }
  /** Turns switches of the site; the runner turns them back. */
  | { at: string; do: 'switch'; switches: Json };

export interface GoldenRequest {
  at: string;
  method?: 'GET';
  path: string;
  auth?: GoldenAuth;
  /** Without `auth`. */
  body?: Json;
  /** The text to send instead of a body. */
  raw?: { text: string; contentType: string };
}

export type SessionWord = 'PENDING' | 'APPROVED' | 'REJECTED' | 'APPROVED_PARTIAL' | 'PARTIAL_EXPIRED';

export type AttemptWord =
  | 'APPROVED'
  | 'REJECTED'
  | 'PENDING'
  | 'PENDING_VALIDATION'
  | 'PENDING_CONFIRMATION'
  | 'PENDING_PROCESS'
  | 'APPROVED_PARTIAL'
  | 'FAILED';

/** A child of a dispersion. */
export interface UnderstoodPart {
  status: AttemptWord;
  internalReference: number;
  amountMinor: number;
  /** Null is the session's own site. */
  agreement: string | null;
  agreementType: 'MERCHANT' | 'AIRLINE';
}

export interface UnderstoodAttempt {
  status: AttemptWord;
  reason: string;
  internalReference: number;
  amountMinor: number;
  currency: string;
  /** The instant of its status. */
  at: string;
  /** True once money of it went back; told where a pair is about it. */
  refunded?: boolean;
  /** Of a dispersion, in the order of their processing. */
  parts?: UnderstoodPart[];
}

/** A stored card. */
export interface UnderstoodInstrument {
  type: 'token';
  token: string;
  subtoken: string;
  lastFour: string;
  brand: string;
  /** `YYYY-MM-DD`, the last day of its month. */
  validUntil: string;
}

export interface UnderstoodSession<A extends UnderstoodAttempt = UnderstoodAttempt, W = SessionWord> {
  requestId: number;
  /** A session CANCELED after its confirmation was cancelled is REJECTED in these words (house rule). */
  state: W;
  reason: string;
  at: string;
  reference: string;
  /** Newest first. */
  attempts: A[];
  instrument?: UnderstoodInstrument;
}

/** What a client understands of an answer, in words of neither side. Instants are compared as instants. */
export type Understood =
  | { kind: 'opened'; requestId: number; processUrl: string }
  /** Of a query or of a collect. */
  | ({ kind: 'session' } & UnderstoodSession)
  /** The merchant's cancellation was taken: the session as it ended. */
  | ({ kind: 'cancelled' } & UnderstoodSession)
  /** A transaction's answer to an action; a decline is an answer, not a refusal. */
  | {
      kind: 'transaction';
      state: AttemptWord;
      reason: string;
      internalReference: number;
      reference: string;
      amountMinor: number;
      currency: string;
      at: string;
    }
  | { kind: 'invalidated' }
  /** What a card or token needs. */
  | {
      kind: 'card';
      provider: string;
      serviceCode: string;
      cardType: string;
      requireCvv2: boolean;
      requireOtp: boolean;
      threeDS: string;
      installments: number[];
    }
  | {
      kind: 'token';
      type: 'card';
      token: string;
      subtoken: string;
      brand: string;
      lastFour: string;
      /** `MM/YY` */
      validUntil: string;
      bin: string | null;
    }
  /** The call failed: it says nothing about the state of any session. */
  | { kind: 'refused'; http: number; reason: string; authentication?: number }
  | { kind: 'notification'; requestId: number; state: string; reason: string; reference: string; at: string }
  /** A charge made by the gateway itself. */
  | {
      kind: 'recurring';
      internalReference: number;
      state: string;
      reason: string;
      reference: string;
      tries: number;
      enabled: boolean;
      at: string;
    };

export interface GoldenAnswer {
  http: number;
  body: Json;
}

export interface GoldenPair {
  name: string;
  /** Of the protocol document. */
  section: string;
  site: GoldenSite;
  /** Where the gateway's numbers start; by default those of the answer. */
  numbers?: GoldenNumbers;
  given: GoldenStep[];
  /** Null for a notification: it comes by itself after the last step, and `answer` is its body. */
  request: GoldenRequest | null;
  answer: GoldenAnswer;
  /** Paths in `answer.body` whose value a gateway may choose, and what it must look like; `*` is every entry of a list. */
  free: Record<string, RegExp>;
  /** Paths that the document lets a gateway leave out or add: compared only where both sides have them. */
  optional?: string[];
  /** Paths that must hold one and the same value, whatever it is. */
  same?: [string, string][];
  expect: Understood;
}
