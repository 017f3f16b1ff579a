import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `ALTER TABLE instruments
    ADD suspended_at timestamptz,
    ADD suspended_by_name text,
    ADD suspend_reason text,
    ADD replaces_id uuid CONSTRAINT instruments_replaces_fk REFERENCES instruments (id),
    ADD replaced_by_id uuid CONSTRAINT instruments_replaced_by_fk REFERENCES instruments (id)`,
  `ALTER TABLE orders
    ADD replaces_instrument_id uuid CONSTRAINT orders_replaces_instrument_fk REFERENCES instruments (id)`,
  `CREATE INDEX orders_replaces_instrument_idx ON orders (replaces_instrument_id)
    WHERE replaces_instrument_id IS NOT NULL`,
  'CREATE INDEX instruments_list_idx ON instruments (created_at, id)',
  'CREATE INDEX instruments_site_list_idx ON instruments (site_id, created_at, id)',
  // Most can be charged: a walk of the list finds those soon. The rest are few.
  `CREATE INDEX instruments_state_list_idx ON instruments (state, created_at, id) WHERE state <> 'active'`,
  `CREATE INDEX instruments_site_state_list_idx ON instruments (site_id, state, created_at, id)
    WHERE state <> 'active'`,
  `CREATE INDEX instruments_expiry_idx ON instruments (valid_until, id) WHERE state = 'active'`,
  `CREATE INDEX instruments_site_expiry_idx ON instruments (site_id, valid_until, id) WHERE state = 'active'`,
  'CREATE INDEX instruments_brand_idx ON instruments (lower(brand), created_at, id)',
  'CREATE INDEX instruments_last_four_idx ON instruments (last_four)',
];

const DOWN = [
  'DROP INDEX instruments_last_four_idx',
  'DROP INDEX instruments_brand_idx',
  'DROP INDEX instruments_site_expiry_idx',
  'DROP INDEX instruments_expiry_idx',
  'DROP INDEX instruments_site_state_list_idx',
  'DROP INDEX instruments_state_list_idx',
  'DROP INDEX instruments_site_list_idx',
  'DROP INDEX instruments_list_idx',
  'ALTER TABLE orders DROP COLUMN replaces_instrument_id',
  `ALTER TABLE instruments
    DROP COLUMN suspended_at,
    DROP COLUMN suspended_by_name,
    DROP COLUMN suspend_reason,
    DROP COLUMN replaces_id,
    DROP COLUMN replaced_by_id`,
];

/** Stored means of payment are listed, suspended and replaced. */
export class Instruments1795564900000 implements MigrationInterface {
  name = 'Instruments1795564900000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The schema before knows no suspended ones, and would take them for revoked: they must be resumed or revoked first.
    const suspended = (await runner.query(
      `SELECT 1 FROM instruments WHERE state = 'suspended' LIMIT 1`,
    )) as unknown[];
    if (suspended.length > 0) throw new Error('resume or revoke the suspended means of payment first');
    for (const statement of DOWN) await runner.query(statement);
  }
}
