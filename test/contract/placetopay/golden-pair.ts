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

/** What happened before the request, each at its own instant of the practice clock. */
export type GoldenStep =
  | { at: string; do: 'open'; body: Json }
  | { at: string; do: 'pay'; card: GoldenCard }
  | { at: string; do: 'cancel' }
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

export interface UnderstoodAttempt {
  status: 'APPROVED' | 'REJECTED' | 'PENDING' | 'PENDING_VALIDATION' | 'FAILED';
  reason: string;
  internalReference: number;
  amountMinor: number;
  currency: string;
  /** The instant of its status. */
  at: string;
}

/** What a client understands of an answer, in words of neither side. Instants are compared as instants. */
export type Understood =
  | { kind: 'opened'; requestId: number; processUrl: string }
  | {
      kind: 'session';
      requestId: number;
      state: 'PENDING' | 'APPROVED' | 'REJECTED';
      reason: string;
      at: string;
      reference: string;
      /** Newest first. */
      attempts: UnderstoodAttempt[];
    }
  /** The call failed: it says nothing about the state of any session. */
  | { kind: 'refused'; http: number; reason: string; authentication?: number }
  | { kind: 'notification'; requestId: number; state: string; reason: string; reference: string; at: string };

export interface GoldenPair {
  name: string;
  /** Of the protocol document. */
  section: string;
  site: GoldenSite;
  given: GoldenStep[];
  /** Null for a notification: it comes by itself after the last step, and `answer` is its body. */
  request: GoldenRequest | null;
  answer: { http: number; body: Json };
  /** Paths in `answer.body` whose value a gateway may choose, and what it must look like. */
  free: Record<string, RegExp>;
  expect: Understood;
}
