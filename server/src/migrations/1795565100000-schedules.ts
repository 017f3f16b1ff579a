import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE INDEX audit_log_subject_idx ON audit_log (subject_id, at, id)`,
  'ALTER TABLE gateway_accounts ADD collects_per_second integer NOT NULL DEFAULT 10',
  'ALTER TABLE gateway_accounts ADD collects_stopped_at timestamptz',
  'ALTER TABLE gateway_accounts ADD collects_stopped_why text',
  'ALTER TABLE gateway_accounts ADD collects_released_at timestamptz',
  // The pace of an account's charges, kept apart from the account: it is written with every claim.
  `CREATE TABLE collect_paces (
    gateway_account_id uuid PRIMARY KEY CONSTRAINT collect_paces_account_fk REFERENCES gateway_accounts (id),
    second_at timestamptz NOT NULL,
    used integer NOT NULL
  )`,
  `CREATE TABLE policies (
    id uuid PRIMARY KEY,
    site_id uuid NOT NULL CONSTRAINT policies_site_fk REFERENCES sites (id),
    name text NOT NULL,
    rules jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT policies_name_key UNIQUE (site_id, name)
  )`,
  'ALTER TABLE sites ADD policy_id uuid CONSTRAINT sites_policy_fk REFERENCES policies (id)',
  `CREATE TABLE schedules (
    id uuid PRIMARY KEY,
    site_id uuid NOT NULL CONSTRAINT schedules_site_fk REFERENCES sites (id),
    gateway_account_id uuid NOT NULL CONSTRAINT schedules_account_fk REFERENCES gateway_accounts (id),
    payer_id uuid CONSTRAINT schedules_payer_fk REFERENCES payers (id),
    instrument_id uuid NOT NULL CONSTRAINT schedules_instrument_fk REFERENCES instruments (id),
    policy_id uuid CONSTRAINT schedules_policy_fk REFERENCES policies (id),
    reference text NOT NULL,
    plan text NOT NULL,
    currency text NOT NULL,
    unit text NOT NULL,
    interval_steps integer NOT NULL,
    start_on date NOT NULL,
    trial_days integer NOT NULL,
    anchor_day integer,
    max_periods integer,
    end_on date,
    zone text NOT NULL,
    charge_hour integer NOT NULL,
    state text NOT NULL,
    next_at timestamptz,
    last_overdue_on date,
    past_due_since timestamptz,
    ends_on date,
    ended_at timestamptz,
    ended_why text,
    created_at timestamptz NOT NULL,
    CONSTRAINT schedules_reference_key UNIQUE (site_id, reference)
  )`,
  // By the next charge, or by the end where there is none: one order for every tab.
  'CREATE INDEX schedules_list_idx ON schedules (state, (coalesce(next_at, ended_at, created_at)), id)',
  'CREATE INDEX schedules_site_list_idx ON schedules (site_id, state, (coalesce(next_at, ended_at, created_at)), id)',
  'CREATE INDEX schedules_payer_idx ON schedules (payer_id)',
  'CREATE INDEX schedules_instrument_idx ON schedules (instrument_id)',
  'CREATE INDEX schedules_plan_idx ON schedules (lower(plan) text_pattern_ops)',
  'CREATE INDEX schedules_reference_idx ON schedules (lower(reference) text_pattern_ops)',
  'CREATE INDEX schedules_past_due_idx ON schedules (past_due_since, id) WHERE past_due_since IS NOT NULL',
  `CREATE TABLE schedule_prices (
    schedule_id uuid NOT NULL CONSTRAINT schedule_prices_schedule_fk REFERENCES schedules (id),
    from_on date NOT NULL,
    amount_minor bigint NOT NULL,
    taxes jsonb NOT NULL,
    CONSTRAINT schedule_prices_pkey PRIMARY KEY (schedule_id, from_on)
  )`,
  `CREATE TABLE periods (
    id uuid PRIMARY KEY,
    site_id uuid NOT NULL CONSTRAINT periods_site_fk REFERENCES sites (id),
    gateway_account_id uuid NOT NULL CONSTRAINT periods_account_fk REFERENCES gateway_accounts (id),
    schedule_id uuid NOT NULL CONSTRAINT periods_schedule_fk REFERENCES schedules (id),
    number integer NOT NULL,
    day date NOT NULL,
    due_at timestamptz NOT NULL,
    amount_minor bigint NOT NULL,
    taxes jsonb NOT NULL,
    currency text NOT NULL,
    state text NOT NULL,
    why text,
    until timestamptz,
    reason text,
    failed jsonb NOT NULL,
    blocked_by uuid,
    order_id uuid CONSTRAINT periods_order_fk REFERENCES orders (id),
    session_id uuid CONSTRAINT periods_session_fk REFERENCES sessions (id),
    tries integer NOT NULL,
    next_try_at timestamptz,
    paid_at timestamptz,
    paid_by text,
    created_at timestamptz NOT NULL,
    CONSTRAINT periods_number_key UNIQUE (schedule_id, number),
    CONSTRAINT periods_order_key UNIQUE (order_id)
  )`,
  'CREATE INDEX periods_due_idx ON periods (gateway_account_id, next_try_at) WHERE next_try_at IS NOT NULL',
  `CREATE INDEX periods_queue_idx ON periods (state, due_at, id)
    WHERE state IN ('unknown', 'blocked', 'retrying', 'waiting', 'unpaid')`,
  `CREATE INDEX periods_site_queue_idx ON periods (site_id, state, due_at, id)
    WHERE state IN ('unknown', 'blocked', 'retrying', 'waiting', 'unpaid')`,
];

const DOWN = [
  'DROP INDEX audit_log_subject_idx',
  'DROP TABLE periods',
  'DROP TABLE schedule_prices',
  'DROP TABLE schedules',
  'ALTER TABLE sites DROP COLUMN policy_id',
  'DROP TABLE policies',
  'DROP TABLE collect_paces',
  'ALTER TABLE gateway_accounts DROP COLUMN collects_released_at',
  'ALTER TABLE gateway_accounts DROP COLUMN collects_stopped_why',
  'ALTER TABLE gateway_accounts DROP COLUMN collects_stopped_at',
  'ALTER TABLE gateway_accounts DROP COLUMN collects_per_second',
];

/** Schedules that we run, with their periods, prices and what follows a charge that fails. */
export class Schedules1795565100000 implements MigrationInterface {
  name = 'Schedules1795565100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
