import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every kind of session: partial payments, holds, dispersions, instruments, recurrences, operations on a payment. */
export class Kinds1795305600000 implements MigrationInterface {
  name = 'Kinds1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error(
      'holds, instruments and recurrences have no place in the schema before: restore a backup',
    );
  }
}

const STATEMENTS = [
  `ALTER TABLE gateway_accounts
    ADD hold_days integer NOT NULL DEFAULT 30,
    ADD confirmation_minutes integer NOT NULL DEFAULT 1440,
    ADD max_dispersions integer NOT NULL DEFAULT 3`,
  // An order that only stores a means of payment owes nothing.
  `ALTER TABLE obligations
    DROP CONSTRAINT obligations_due_minor_check,
    ADD CONSTRAINT obligations_due_minor_check CHECK (due_minor >= 0),
    ADD held_minor bigint NOT NULL DEFAULT 0 CHECK (held_minor >= 0)`,
  `ALTER TABLE orders
    ADD agreed_at timestamptz,
    ADD agreed_by uuid,
    ADD agreed_by_name text,
    ADD agreed_reason text,
    ADD closed_at timestamptz`,
  `ALTER TABLE sessions
    DROP CONSTRAINT sessions_amount_minor_check,
    ADD CONSTRAINT sessions_amount_minor_check CHECK (amount_minor >= 0),
    ADD terms jsonb,
    ADD origin text NOT NULL DEFAULT 'us',
    ADD approved_minor bigint NOT NULL DEFAULT 0 CHECK (approved_minor >= 0),
    ADD queue text,
    ADD queue_at timestamptz,
    ADD cancel_asked_at timestamptz,
    ADD cancel_sends integer NOT NULL DEFAULT 0`,
  // The wall: one live session of ours per order. What others opened on the account must get in all the same.
  `DROP INDEX sessions_live_key`,
  `CREATE UNIQUE INDEX sessions_live_key ON sessions (order_id)
    WHERE state IN ('opening', 'pending', 'partial') AND origin = 'us'`,
  `CREATE INDEX sessions_queue_idx ON sessions (queue, queue_at, id) WHERE queue IS NOT NULL`,
  `CREATE INDEX sessions_site_queue_idx ON sessions (site_id, queue, queue_at, id) WHERE queue IS NOT NULL`,
  `CREATE INDEX sessions_kind_idx ON sessions (kind, created_at, id) WHERE kind <> 'basic'`,
  `CREATE INDEX sessions_site_kind_idx ON sessions (site_id, kind, created_at, id) WHERE kind <> 'basic'`,
  `ALTER TABLE transactions
    ADD grade text,
    ADD agreement text,
    ADD agreement_type text,
    ADD lease_until timestamptz,
    ADD next_ask_at timestamptz,
    ADD sends integer NOT NULL DEFAULT 0`,
  // The other wall: one live operation per money object, of whatever kind.
  `CREATE UNIQUE INDEX transactions_live_operation_key ON transactions (parent_id)
    WHERE parent_id IS NOT NULL AND state IN ('started', 'pending', 'unknown')`,
  `CREATE INDEX transactions_parent_idx ON transactions (parent_id) WHERE parent_id IS NOT NULL`,
  `CREATE INDEX transactions_operations_idx ON transactions (next_ask_at) WHERE next_ask_at IS NOT NULL`,
  `CREATE TABLE instruments (
    id uuid PRIMARY KEY,
    site_id uuid NOT NULL CONSTRAINT instruments_site_fk REFERENCES sites (id),
    gateway_account_id uuid NOT NULL CONSTRAINT instruments_account_fk REFERENCES gateway_accounts (id),
    payer_id uuid CONSTRAINT instruments_payer_fk REFERENCES payers (id),
    session_id uuid CONSTRAINT instruments_session_fk REFERENCES sessions (id),
    type text NOT NULL,
    secret_sealed text NOT NULL,
    secret_hash text NOT NULL,
    subtoken_sealed text,
    subtoken_hash text,
    brand text,
    brand_name text,
    issuer text,
    last_four text,
    valid_until date,
    created_at timestamptz NOT NULL,
    CONSTRAINT instruments_secret_key UNIQUE (gateway_account_id, secret_hash)
  )`,
  `CREATE INDEX instruments_session_idx ON instruments (session_id)`,
  `CREATE INDEX instruments_payer_idx ON instruments (payer_id)`,
  `CREATE TABLE recurrences (
    id uuid PRIMARY KEY,
    site_id uuid NOT NULL CONSTRAINT recurrences_site_fk REFERENCES sites (id),
    gateway_account_id uuid NOT NULL CONSTRAINT recurrences_account_fk REFERENCES gateway_accounts (id),
    session_id uuid NOT NULL CONSTRAINT recurrences_session_key UNIQUE CONSTRAINT recurrences_session_fk REFERENCES sessions (id),
    order_id uuid NOT NULL CONSTRAINT recurrences_order_fk REFERENCES orders (id),
    reference text NOT NULL,
    state text NOT NULL,
    periodicity text NOT NULL,
    interval integer NOT NULL,
    max_periods integer NOT NULL,
    first_on date NOT NULL,
    due_on date,
    zone text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL,
    next_period integer NOT NULL,
    next_check_at timestamptz,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX recurrences_reference_idx ON recurrences (gateway_account_id, reference)`,
  `CREATE INDEX recurrences_due_idx ON recurrences (next_check_at) WHERE next_check_at IS NOT NULL`,
  `ALTER TABLE notifications ADD claim jsonb`,
];
