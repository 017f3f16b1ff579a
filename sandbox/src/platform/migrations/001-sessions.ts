import type { Migration } from './migration.js';

const SCHEMA = `
CREATE TABLE settings (name text PRIMARY KEY, value text NOT NULL);

CREATE TABLE sites (
  site text PRIMARY KEY,
  name text NOT NULL,
  country text NOT NULL,
  currency text NOT NULL,
  zone text NOT NULL,
  locale text NOT NULL,
  login text NOT NULL UNIQUE,
  secret_key text NOT NULL,
  algorithm text NOT NULL DEFAULT 'sha256' CHECK (algorithm IN ('sha256', 'sha1')),
  notification_url text,
  state text NOT NULL DEFAULT 'active'
    CHECK (state IN ('active', 'inactive', 'expired', 'credentials_expired')),
  attempts integer NOT NULL DEFAULT 10 CHECK (attempts BETWEEN 1 AND 100),
  network_delay_seconds integer NOT NULL DEFAULT 60 CHECK (network_delay_seconds BETWEEN 0 AND 2592000)
);

CREATE SEQUENCE request_ids AS integer;
CREATE SEQUENCE internal_references AS integer;

CREATE TABLE sessions (
  request_id integer PRIMARY KEY DEFAULT nextval('request_ids'),
  site text NOT NULL REFERENCES sites,
  hash text NOT NULL,
  process_url text NOT NULL,
  locale text NOT NULL,
  reference text NOT NULL,
  currency text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  -- As received and normalised, without auth. Type json, not jsonb, keeps the order of the properties.
  request json NOT NULL,
  -- What the payer typed in the end.
  payer json,
  status text NOT NULL CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED')),
  reason text NOT NULL,
  -- When it became final; null while it is not.
  final_at timestamptz,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  -- When the ticker should look at it again, on the clock without header; null once final.
  wake_at timestamptz,
  CHECK ((status = 'PENDING') = (final_at IS NULL)),
  CHECK ((status = 'PENDING') = (wake_at IS NOT NULL))
);
CREATE INDEX sessions_due ON sessions (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE attempts (
  internal_reference integer PRIMARY KEY DEFAULT nextval('internal_references'),
  request_id integer NOT NULL REFERENCES sessions,
  status text NOT NULL CHECK (status IN ('APPROVED', 'REJECTED', 'PENDING', 'PENDING_VALIDATION', 'FAILED')),
  reason text NOT NULL,
  status_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  currency text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  brand text NOT NULL,
  issuer text NOT NULL,
  bin text NOT NULL CHECK (length(bin) <= 6),
  last_digits text NOT NULL CHECK (length(last_digits) <= 4),
  card_hash text NOT NULL,
  installments integer NOT NULL,
  authorization_code text NOT NULL,
  receipt text NOT NULL,
  refunded boolean NOT NULL DEFAULT false,
  -- The answer that the network will give, while it is pending.
  resolves_at timestamptz,
  resolves_to text CHECK (resolves_to IN ('APPROVED', 'REJECTED')),
  resolves_reason text
);
CREATE INDEX attempts_of_session ON attempts (request_id, internal_reference);
-- Whatever the code above does: one session is never charged twice.
CREATE UNIQUE INDEX attempts_one_living ON attempts (request_id)
  WHERE status IN ('APPROVED', 'PENDING', 'PENDING_VALIDATION');

CREATE TABLE book (
  line bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  site text NOT NULL REFERENCES sites,
  internal_reference integer NOT NULL REFERENCES attempts,
  kind text NOT NULL,
  reference text NOT NULL,
  parent integer,
  currency text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  at timestamptz NOT NULL,
  UNIQUE (internal_reference)
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the book is append-only';
END $$;
CREATE TRIGGER book_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON book
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One row per session that became final: the intent to notify, and what became of it.
CREATE TABLE notifications (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  request_id integer NOT NULL UNIQUE REFERENCES sessions,
  site text NOT NULL REFERENCES sites,
  url text,
  body text NOT NULL,
  practice_clock text,
  status text NOT NULL
    CHECK (status IN ('queued', 'sending', 'delivered', 'failed', 'lost', 'no_address')),
  -- The fault drawn for it, if any; it is drawn for one fault at most.
  fault text,
  -- Queued: not before this. Sending: since then. Real time, for the wire knows no practice clock.
  send_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX notifications_open ON notifications (send_at) WHERE status IN ('queued', 'sending');

-- Every exchange with a merchant's address, and every one that a fault swallowed.
CREATE TABLE deliveries (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  notification_id bigint NOT NULL REFERENCES notifications,
  url text NOT NULL,
  body text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('delivered', 'failed', 'lost')),
  http_status integer,
  error text,
  took_ms integer NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX deliveries_of_notification ON deliveries (notification_id);

CREATE TABLE faults (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  operation text NOT NULL,
  kind text NOT NULL,
  site text REFERENCES sites,
  delay_ms integer NOT NULL,
  remaining integer NOT NULL CHECK (remaining >= 0)
);
CREATE INDEX faults_live ON faults (operation, id) WHERE remaining > 0;
`;

export const sessionsAndBook: Migration = {
  name: '001 sessions, attempts, book, notifications, faults',
  up: (client) => client.query(SCHEMA),
};
