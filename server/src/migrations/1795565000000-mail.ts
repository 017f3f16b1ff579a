import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `ALTER TABLE mails
    ADD queued_at timestamptz,
    ADD next_try_at timestamptz,
    ADD sends integer NOT NULL DEFAULT 0,
    ADD sent_at timestamptz,
    ADD reason text,
    ADD answer text`,
  'UPDATE mails SET queued_at = created_at, next_try_at = created_at',
  'ALTER TABLE mails ALTER queued_at SET NOT NULL, ALTER sends DROP DEFAULT',
  'CREATE INDEX mails_due_idx ON mails (next_try_at) WHERE next_try_at IS NOT NULL',
  'CREATE INDEX mails_list_idx ON mails (created_at, id)',
  'CREATE INDEX mails_site_list_idx ON mails (site_id, created_at, id)',
  'CREATE INDEX mails_state_idx ON mails (state, created_at, id)',
  'CREATE INDEX mails_recipient_idx ON mails (lower(recipient) text_pattern_ops)',
  'CREATE INDEX mails_order_idx ON mails (order_id)',
];

const DOWN = [
  'DROP INDEX mails_order_idx, mails_recipient_idx, mails_state_idx, mails_site_list_idx, mails_list_idx, mails_due_idx',
  `ALTER TABLE mails DROP COLUMN answer, DROP COLUMN reason, DROP COLUMN sent_at, DROP COLUMN sends,
    DROP COLUMN next_try_at, DROP COLUMN queued_at`,
];

/** The outbox of e-mail is sent, and can be looked through. */
export class Mail1795565000000 implements MigrationInterface {
  name = 'Mail1795565000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
