import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  'ALTER TABLE sites ADD collect_limits jsonb',
  'ALTER TABLE sessions ADD collected boolean NOT NULL DEFAULT false',
  // The wall also stands while nobody knows whether a stored means of payment was charged.
  'DROP INDEX sessions_live_key',
  `CREATE UNIQUE INDEX sessions_live_key ON sessions (order_id)
    WHERE state IN ('opening', 'unknown', 'pending', 'partial') AND origin = 'us'`,
  `CREATE TABLE collects (
    id uuid PRIMARY KEY CONSTRAINT collects_session_fk REFERENCES sessions (id),
    site_id uuid NOT NULL CONSTRAINT collects_site_fk REFERENCES sites (id),
    gateway_account_id uuid NOT NULL CONSTRAINT collects_account_fk REFERENCES gateway_accounts (id),
    instrument_id uuid NOT NULL CONSTRAINT collects_instrument_fk REFERENCES instruments (id),
    sends integer NOT NULL,
    first_sent_at timestamptz NOT NULL,
    sent_at timestamptz NOT NULL,
    reason text,
    next_look_at timestamptz,
    asked_by uuid,
    asked_by_name text,
    motive text,
    approval_id uuid CONSTRAINT collects_approval_fk REFERENCES approvals (id)
  )`,
  'CREATE INDEX collects_account_idx ON collects (gateway_account_id, first_sent_at)',
  'CREATE INDEX collects_instrument_idx ON collects (instrument_id, first_sent_at)',
  'CREATE INDEX collects_asked_idx ON collects (asked_by, first_sent_at) WHERE asked_by IS NOT NULL',
  'CREATE INDEX collects_due_idx ON collects (next_look_at) WHERE next_look_at IS NOT NULL',
];

const DOWN = [
  'DROP TABLE collects',
  'DROP INDEX sessions_live_key',
  `CREATE UNIQUE INDEX sessions_live_key ON sessions (order_id)
    WHERE state IN ('opening', 'pending', 'partial') AND origin = 'us'`,
  'ALTER TABLE sessions DROP COLUMN collected',
  'ALTER TABLE sites DROP COLUMN collect_limits',
];

/** Charges of stored means of payment. */
export class Collects1795564800000 implements MigrationInterface {
  name = 'Collects1795564800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
