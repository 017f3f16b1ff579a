import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operations on captured money and on holds, a second person's approval, batches, the mail outbox. */
export class Operations1795392000000 implements MigrationInterface {
  name = 'Operations1795392000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('refunds, approvals and batches have no place in the schema before: restore a backup');
  }
}

const STATEMENTS = [
  `ALTER TABLE sites
    ADD refund_limits jsonb,
    ADD undo_minutes integer NOT NULL DEFAULT 5 CHECK (undo_minutes BETWEEN 0 AND 10)`,
  `ALTER TABLE gateway_accounts
    ADD over_capture boolean NOT NULL DEFAULT false,
    ADD increase_only boolean NOT NULL DEFAULT false`,
  `ALTER TABLE obligations
    ADD returned_minor bigint NOT NULL DEFAULT 0 CHECK (returned_minor >= 0)`,
  `DROP INDEX obligations_overpaid_idx`,
  `DROP STATISTICS obligations_overpaid_stats`,
  `CREATE INDEX obligations_overpaid_idx ON obligations (id) WHERE settled_minor - returned_minor - due_minor > 0`,
  `CREATE STATISTICS obligations_overpaid_stats ON (settled_minor - returned_minor - due_minor) FROM obligations`,
  `ALTER TABLE sessions ADD next_sweep_at timestamptz`,
  // What was paid lately is looked at again, over the first day.
  `UPDATE sessions SET next_sweep_at = now() + random() * interval '1 day'
    WHERE state IN ('approved', 'partial_expired') AND ended_at > now() - interval '30 days'`,
  `CREATE INDEX sessions_sweep_idx ON sessions (next_sweep_at) WHERE next_sweep_at IS NOT NULL`,
  `ALTER TABLE transactions
    ADD order_id uuid CONSTRAINT transactions_order_fk REFERENCES orders (id),
    ADD asked_by uuid,
    ADD asked_by_name text,
    ADD motive text,
    ADD route text,
    ADD whole boolean NOT NULL DEFAULT false,
    ADD flag_before boolean,
    ADD planned_at timestamptz,
    ADD approval_id uuid`,
  `UPDATE transactions t SET order_id = s.order_id FROM sessions s WHERE s.id = t.session_id`,
  // What waits for its hour occupies its payment too. A reauthorization that nobody knows the outcome of does not: the
  // hold is a range then, and only its lower end may be taken.
  `DROP INDEX transactions_live_operation_key`,
  `CREATE UNIQUE INDEX transactions_live_operation_key ON transactions (parent_id)
    WHERE parent_id IS NOT NULL AND state IN ('waiting', 'started', 'pending', 'unknown')
      AND NOT (kind = 'reauthorization' AND state = 'unknown')`,
  `CREATE INDEX transactions_list_idx ON transactions (created_at, id)`,
  `CREATE INDEX transactions_site_list_idx ON transactions (site_id, created_at, id)`,
  // Almost everything is an approved payment: to find those the two above are enough, and nothing more is written of them.
  `CREATE INDEX transactions_kind_list_idx ON transactions (kind, created_at, id) WHERE kind <> 'payment'`,
  `CREATE INDEX transactions_site_kind_list_idx ON transactions (site_id, kind, created_at, id) WHERE kind <> 'payment'`,
  `CREATE INDEX transactions_state_list_idx ON transactions (state, created_at, id) WHERE state <> 'approved'`,
  `CREATE INDEX transactions_site_state_list_idx ON transactions (site_id, state, created_at, id)
    WHERE state <> 'approved'`,
  `CREATE INDEX transactions_payer_idx ON transactions (payer_id)`,
  `CREATE INDEX transactions_reference_idx ON transactions (lower(gateway_reference) text_pattern_ops)`,
  // What one person gave back on one day.
  `CREATE INDEX transactions_asked_by_idx ON transactions (asked_by, created_at) WHERE kind = 'reverse'`,
  `CREATE TABLE preauthorizations (
    id uuid PRIMARY KEY CONSTRAINT preauthorizations_checkin_fk REFERENCES transactions (id),
    site_id uuid NOT NULL CONSTRAINT preauthorizations_site_fk REFERENCES sites (id),
    gateway_account_id uuid NOT NULL CONSTRAINT preauthorizations_account_fk REFERENCES gateway_accounts (id),
    order_id uuid NOT NULL CONSTRAINT preauthorizations_order_fk REFERENCES orders (id),
    obligation_id uuid NOT NULL CONSTRAINT preauthorizations_obligation_fk REFERENCES obligations (id),
    state text NOT NULL,
    unclear text,
    currency text NOT NULL,
    placed_minor bigint NOT NULL CHECK (placed_minor > 0),
    least_minor bigint NOT NULL CHECK (least_minor >= 0),
    most_minor bigint NOT NULL CHECK (most_minor >= least_minor),
    captured_minor bigint NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
    placed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    closed_at timestamptz,
    next_due_at timestamptz
  )`,
  `CREATE INDEX preauthorizations_list_idx ON preauthorizations (state, expires_at, id)`,
  `CREATE INDEX preauthorizations_site_list_idx ON preauthorizations (site_id, state, expires_at, id)`,
  `CREATE INDEX preauthorizations_order_idx ON preauthorizations (order_id)`,
  `CREATE INDEX preauthorizations_due_idx ON preauthorizations (next_due_at) WHERE next_due_at IS NOT NULL`,
  `INSERT INTO preauthorizations (id, site_id, gateway_account_id, order_id, obligation_id, state, currency, placed_minor,
      least_minor, most_minor, placed_at, expires_at, next_due_at)
    SELECT t.id, t.site_id, t.gateway_account_id, s.order_id, t.obligation_id, 'active', t.from_currency, t.from_minor,
      t.from_minor, t.from_minor, t.happened_at, t.happened_at + a.hold_days * interval '1 day', now()
    FROM transactions t JOIN sessions s ON s.id = t.session_id JOIN gateway_accounts a ON a.id = t.gateway_account_id
    WHERE t.kind = 'checkin' AND t.state = 'approved' AND t.from_minor > 0`,
  // A second person is another person, on every path: whoever had a hand in a request never decides it.
  `CREATE TABLE approvals (
    id uuid PRIMARY KEY,
    site_id uuid NOT NULL CONSTRAINT approvals_site_fk REFERENCES sites (id),
    site_ids uuid[] NOT NULL CONSTRAINT approvals_has_its_site CHECK (site_id = ANY (site_ids)),
    gateway_account_id uuid,
    order_id uuid CONSTRAINT approvals_order_fk REFERENCES orders (id),
    kind text NOT NULL,
    target_type text NOT NULL,
    target_id uuid NOT NULL,
    reference text,
    amount_minor bigint,
    currency text,
    hash text NOT NULL,
    data jsonb NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    makers uuid[] NOT NULL CONSTRAINT approvals_has_makers CHECK (cardinality(makers) > 0),
    requested_by uuid NOT NULL,
    requested_by_name text NOT NULL,
    requested_by_key uuid,
    requested_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    decided_by uuid,
    decided_by_name text,
    decided_at timestamptz,
    note text,
    transaction_id uuid CONSTRAINT approvals_transaction_fk REFERENCES transactions (id),
    next_try_at timestamptz,
    CONSTRAINT approvals_requester_is_a_maker CHECK (requested_by = ANY (makers)),
    CONSTRAINT approvals_second_person CHECK (decided_by IS NULL OR NOT (decided_by = ANY (makers))),
    CONSTRAINT approvals_approved_by_somebody CHECK (state NOT IN ('approved', 'done', 'failed') OR decided_by IS NOT NULL)
  )`,
  `CREATE UNIQUE INDEX approvals_open_key ON approvals (site_id, target_id, hash) WHERE state = 'waiting'`,
  `CREATE INDEX approvals_waiting_idx ON approvals (requested_at, id) WHERE state = 'waiting'`,
  `CREATE INDEX approvals_decided_idx ON approvals (requested_at, id) WHERE state <> 'waiting'`,
  `CREATE INDEX approvals_mine_idx ON approvals (requested_by, requested_at, id)`,
  `CREATE INDEX approvals_target_idx ON approvals (target_id)`,
  `CREATE INDEX approvals_due_idx ON approvals (next_try_at) WHERE next_try_at IS NOT NULL`,
  `CREATE TABLE batches (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    site_ids uuid[] NOT NULL,
    created_by uuid NOT NULL,
    created_by_name text NOT NULL,
    created_by_type text NOT NULL,
    created_at timestamptz NOT NULL,
    send_at timestamptz,
    finished_at timestamptz,
    approval_id uuid CONSTRAINT batches_approval_fk REFERENCES approvals (id)
  )`,
  `CREATE INDEX batches_list_idx ON batches (created_at, id)`,
  `CREATE TABLE batch_rows (
    id uuid PRIMARY KEY,
    batch_id uuid NOT NULL CONSTRAINT batch_rows_batch_fk REFERENCES batches (id),
    site_id uuid NOT NULL CONSTRAINT batch_rows_site_fk REFERENCES sites (id),
    position integer NOT NULL,
    target_id uuid NOT NULL,
    reference text NOT NULL,
    payer_name text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    added_by uuid NOT NULL,
    state text NOT NULL,
    why text,
    transaction_id uuid CONSTRAINT batch_rows_transaction_fk REFERENCES transactions (id),
    done_at timestamptz,
    next_try_at timestamptz,
    CONSTRAINT batch_rows_position_key UNIQUE (batch_id, position),
    CONSTRAINT batch_rows_target_key UNIQUE (batch_id, target_id)
  )`,
  `CREATE INDEX batch_rows_waiting_idx ON batch_rows (target_id) WHERE state = 'waiting'`,
  `CREATE INDEX batch_rows_due_idx ON batch_rows (next_try_at) WHERE next_try_at IS NOT NULL`,
  `CREATE TABLE mails (
    id uuid PRIMARY KEY,
    site_id uuid CONSTRAINT mails_site_fk REFERENCES sites (id),
    order_id uuid CONSTRAINT mails_order_fk REFERENCES orders (id),
    template text NOT NULL,
    dedupe text NOT NULL CONSTRAINT mails_dedupe_key UNIQUE,
    recipient text NOT NULL,
    language text NOT NULL,
    data jsonb NOT NULL,
    state text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `ALTER TABLE logins ADD idle boolean NOT NULL DEFAULT false`,
  `ALTER TABLE api_keys ADD created_by_id uuid`,
  // Keys from before act for whoever made them, where the name tells whom.
  `UPDATE api_keys k SET created_by_id = p.id FROM people p
    WHERE p.name = k.created_by AND (SELECT count(*) FROM people q WHERE q.name = k.created_by) = 1`,
  `ALTER TABLE reviews ADD owner_id uuid, ADD owner_name text`,
];
