import type { Migration } from './migration.js';

const SCHEMA = `
-- The switches that came after the first release; what is not written here stands at its default.
ALTER TABLE sites ADD COLUMN switches jsonb NOT NULL DEFAULT '{}';

ALTER TABLE sessions
  ADD COLUMN kind text NOT NULL DEFAULT 'basic' CHECK (kind IN
    ('basic', 'partial', 'recurring', 'dispersion', 'checkin', 'confirmation', 'subscription')),
  ADD COLUMN origin text NOT NULL DEFAULT 'session' CHECK (origin IN ('session', 'collect')),
  -- The key of its status text, where that is not the reason's own.
  ADD COLUMN message text,
  -- Tokenizations that came to nothing; they count among the tries.
  ADD COLUMN failed_tokenizations integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT sessions_amount_minor_check,
  DROP CONSTRAINT sessions_status_check,
  DROP CONSTRAINT sessions_check,
  DROP CONSTRAINT sessions_check1,
  ADD CONSTRAINT sessions_amount CHECK (amount_minor > 0 OR (kind = 'subscription' AND amount_minor = 0)),
  ADD CONSTRAINT sessions_status CHECK (status IN
    ('PENDING', 'APPROVED', 'REJECTED', 'APPROVED_PARTIAL', 'PARTIAL_EXPIRED', 'CANCELED')),
  ADD CONSTRAINT sessions_end CHECK ((status IN ('PENDING', 'APPROVED_PARTIAL')) = (final_at IS NULL)),
  -- An open session that waits for a network that never answers has nothing due.
  ADD CONSTRAINT sessions_wake CHECK (final_at IS NULL OR wake_at IS NULL);
-- What the shield against charging twice looks through.
CREATE INDEX sessions_collected ON sessions (site, reference, created_at) WHERE origin = 'collect';

-- Every movement and every try at one: attempts, the parts of a dispersed one, what was done to them later, and the
-- charges of a recurrence.
ALTER TABLE attempts RENAME TO transactions;
ALTER INDEX attempts_of_session RENAME TO transactions_of_session;
ALTER TABLE transactions
  ADD COLUMN role text NOT NULL DEFAULT 'attempt' CHECK (role IN
    ('attempt', 'child', 'reauthorization', 'checkout', 'release', 'reverse', 'recurring')),
  -- The transaction that a child is a part of, and that anything later acts on.
  ADD COLUMN parent integer REFERENCES transactions,
  ADD COLUMN refunded_minor bigint NOT NULL DEFAULT 0,
  -- What the network answers to a reversal, where it declines it.
  ADD COLUMN reversal_reason text,
  ADD COLUMN agreement bigint,
  ADD COLUMN agreement_type text CHECK (agreement_type IN ('MERCHANT', 'AIRLINE')),
  -- When a part that waits for an earlier one reaches the network.
  ADD COLUMN starts_at timestamptz,
  -- What the network will say when the merchant confirms.
  ADD COLUMN held_verdict jsonb,
  -- False for the attempts of a session that may have several approved ones.
  ADD COLUMN exclusive boolean NOT NULL DEFAULT true,
  DROP CONSTRAINT attempts_status_check,
  ADD CONSTRAINT transactions_status CHECK (status IN ('APPROVED', 'REJECTED', 'FAILED', 'PENDING',
    'PENDING_VALIDATION', 'PENDING_CONFIRMATION', 'PENDING_PROCESS', 'APPROVED_PARTIAL')),
  ADD CONSTRAINT transactions_refunds CHECK (refunded_minor BETWEEN 0 AND amount_minor);
CREATE INDEX transactions_of_parent ON transactions (parent) WHERE parent IS NOT NULL;
DROP INDEX attempts_one_living;
-- Whatever the code above does: one session is never charged twice, and never has two attempts at the network.
CREATE UNIQUE INDEX transactions_one_living ON transactions (request_id) WHERE role = 'attempt' AND exclusive
  AND status IN ('APPROVED', 'APPROVED_PARTIAL', 'PENDING', 'PENDING_VALIDATION', 'PENDING_CONFIRMATION');
CREATE UNIQUE INDEX transactions_one_pending ON transactions (request_id) WHERE role = 'attempt'
  AND status IN ('PENDING', 'PENDING_VALIDATION', 'PENDING_CONFIRMATION');

-- A site may show one number for the whole chain of a preauthorization, so a line knows its own transaction as well.
ALTER TABLE book DISABLE TRIGGER book_append_only;
ALTER TABLE book ADD COLUMN transaction integer REFERENCES transactions;
UPDATE book SET transaction = internal_reference;
ALTER TABLE book ALTER COLUMN transaction SET NOT NULL, ADD UNIQUE (transaction),
  DROP CONSTRAINT book_internal_reference_key, DROP CONSTRAINT book_internal_reference_fkey;
ALTER TABLE book ENABLE TRIGGER book_append_only;

-- A preauthorization's hold, one per check-in.
CREATE TABLE holds (
  internal_reference integer PRIMARY KEY REFERENCES transactions,
  request_id integer NOT NULL UNIQUE REFERENCES sessions,
  site text NOT NULL REFERENCES sites,
  -- What is reserved now, or was when it ended.
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  state text NOT NULL CHECK (state IN ('active', 'completed', 'released')),
  -- When the provider lets go of it by itself.
  release_at timestamptz NOT NULL,
  -- The same on the clock without header; null once it has ended.
  wake_at timestamptz,
  CHECK ((state = 'active') = (wake_at IS NOT NULL))
);
CREATE INDEX holds_due ON holds (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE tokens (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  site text NOT NULL REFERENCES sites,
  request_id integer NOT NULL REFERENCES sessions,
  -- The payment that it was saved with, which the same commit writes; null when it was stored without one.
  internal_reference integer REFERENCES transactions DEFERRABLE INITIALLY DEFERRED,
  token text NOT NULL UNIQUE,
  subtoken text NOT NULL UNIQUE,
  brand text NOT NULL,
  issuer text NOT NULL,
  bin text NOT NULL CHECK (length(bin) <= 6),
  last_digits text NOT NULL CHECK (length(last_digits) <= 4),
  card_hash text NOT NULL,
  -- MM/YY
  valid_until text NOT NULL,
  owner text NOT NULL,
  created_at timestamptz NOT NULL,
  invalidated_at timestamptz
);
CREATE INDEX tokens_of_session ON tokens (request_id);

CREATE TABLE recurrences (
  id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  request_id integer NOT NULL UNIQUE REFERENCES sessions,
  site text NOT NULL REFERENCES sites,
  -- The first payment, whose instrument is charged.
  internal_reference integer NOT NULL REFERENCES transactions,
  reference text NOT NULL,
  currency text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  periodicity text NOT NULL CHECK (periodicity IN ('D', 'M', 'Y')),
  every integer NOT NULL CHECK (every >= 1),
  max_periods integer NOT NULL,
  due_date text,
  notification_url text,
  state text NOT NULL CHECK (state IN ('active', 'finished', 'cancelled', 'failed')),
  -- The day that the calendar counts from, how many steps the planned one is away, and the planned one itself.
  anchor text NOT NULL,
  step integer NOT NULL,
  planned text NOT NULL,
  periods_done integer NOT NULL DEFAULT 0,
  -- Charges tried for the planned day, and whether the last was a technical failure.
  tries_made integer NOT NULL DEFAULT 0,
  technical boolean NOT NULL DEFAULT false,
  next_outcomes jsonb NOT NULL DEFAULT '[]',
  -- Null once it has ended. The second one is on the clock without header.
  next_at timestamptz,
  wake_at timestamptz,
  CHECK ((state = 'active') = (next_at IS NOT NULL)),
  CHECK ((state = 'active') = (wake_at IS NOT NULL))
);
CREATE INDEX recurrences_due ON recurrences (wake_at) WHERE wake_at IS NOT NULL;

-- One notification per session that became final, and one per charge of a recurrence.
ALTER TABLE notifications
  ADD COLUMN internal_reference integer UNIQUE REFERENCES transactions,
  DROP CONSTRAINT notifications_request_id_key;
CREATE UNIQUE INDEX notifications_of_session ON notifications (request_id) WHERE internal_reference IS NULL;
`;

export const everyKind: Migration = {
  name: '003 every kind of session: transactions, holds, tokens, recurrences',
  up: (client) => client.query(SCHEMA),
};
