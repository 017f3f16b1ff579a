import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A batch that was undone or refused names who did it. */
export class BatchEnds1795478500000 implements MigrationInterface {
  name = 'BatchEnds1795478500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE batches ADD ended_by_name text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE batches DROP COLUMN ended_by_name');
  }
}
