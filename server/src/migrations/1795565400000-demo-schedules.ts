import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // The one period ahead of each schedule, without all those behind it: what is expected is counted from there.
  `CREATE INDEX periods_planned_idx ON periods (schedule_id, number, day) WHERE state = 'planned'`,
  // How many schedules the practice history has, and how many of them have been told.
  'ALTER TABLE practice ADD schedules_planned integer NOT NULL DEFAULT 0',
  'ALTER TABLE practice ADD schedules_made integer NOT NULL DEFAULT 0',
];

const DOWN = [
  'ALTER TABLE practice DROP COLUMN schedules_made',
  'ALTER TABLE practice DROP COLUMN schedules_planned',
  'DROP INDEX periods_planned_idx',
];

/** What is expected is found by an index; the practice history has schedules. */
export class DemoSchedules1795565400000 implements MigrationInterface {
  name = 'DemoSchedules1795565400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
