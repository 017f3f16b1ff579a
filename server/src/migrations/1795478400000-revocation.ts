import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored means of payment can be ended: here at once, at the gateway as soon as it says so. */
export class Revocation1795478400000 implements MigrationInterface {
  name = 'Revocation1795478400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('what was revoked has no place in the schema before: restore a backup');
  }
}

const STATEMENTS = [
  `ALTER TABLE instruments
    ADD state text NOT NULL DEFAULT 'active',
    ADD revoke_sends integer NOT NULL DEFAULT 0,
    ADD revoke_asked_at timestamptz,
    ADD revoke_asked_by_name text,
    ADD revoke_reason text,
    ADD next_try_at timestamptz`,
  `CREATE INDEX instruments_due_idx ON instruments (next_try_at) WHERE next_try_at IS NOT NULL`,
];
