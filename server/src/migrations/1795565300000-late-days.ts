import type { MigrationInterface, QueryRunner } from 'typeorm';

/** After how many days a schedule's charge waits for a person: a site's own choice, three until it makes one. */
export class LateDays1795565300000 implements MigrationInterface {
  name = 'LateDays1795565300000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sites ADD late_days integer NOT NULL DEFAULT 3');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sites DROP late_days');
  }
}
