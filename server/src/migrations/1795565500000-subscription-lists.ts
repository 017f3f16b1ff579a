import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Of each schedule the few periods that are not done with: the planned one, and what is owed.
  `CREATE INDEX periods_of_schedule_idx ON periods (schedule_id, state, due_at)
    WHERE state IN ('planned', 'blocked', 'retrying', 'waiting', 'unpaid')`,
  // The queue of what is past due has two states in one order of days.
  `CREATE INDEX periods_past_due_idx ON periods (due_at, id) WHERE state IN ('retrying', 'unpaid')`,
  `CREATE INDEX periods_site_past_due_idx ON periods (site_id, due_at, id) WHERE state IN ('retrying', 'unpaid')`,
  // What a policy is tried on: periods that were refused at least once.
  `CREATE INDEX periods_refused_idx ON periods (site_id, due_at) WHERE failed <> '[]'`,
  `CREATE INDEX schedules_site_past_due_idx ON schedules (site_id, past_due_since, id)
    WHERE past_due_since IS NOT NULL`,
  'CREATE INDEX schedules_policy_idx ON schedules (policy_id) WHERE policy_id IS NOT NULL',
];

const DOWN = [
  'DROP INDEX schedules_policy_idx',
  'DROP INDEX schedules_site_past_due_idx',
  'DROP INDEX periods_refused_idx',
  'DROP INDEX periods_site_past_due_idx',
  'DROP INDEX periods_past_due_idx',
  'DROP INDEX periods_of_schedule_idx',
];

/** Lists of schedules and periods stay quick when there are a million periods. */
export class SubscriptionLists1795565500000 implements MigrationInterface {
  name = 'SubscriptionLists1795565500000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
