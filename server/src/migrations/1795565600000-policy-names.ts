import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  'ALTER TABLE policies DROP CONSTRAINT policies_name_key',
  `UPDATE policies SET name = btrim(regexp_replace(normalize(name, NFC), '\\s+', ' ', 'g'))
    WHERE name <> btrim(regexp_replace(normalize(name, NFC), '\\s+', ' ', 'g'))`,
  // Those that differed by case or blanks alone keep their rules and are told apart by the day they were made, and a number.
  `UPDATE policies p SET name = left(p.name, 40) || ' (' || to_char(p.created_at, 'YYYY-MM-DD') || ', ' || twins.place || ')'
    FROM (SELECT id, row_number() OVER (PARTITION BY site_id, lower(name) ORDER BY created_at, id) AS place FROM policies) twins
    WHERE twins.id = p.id AND twins.place > 1`,
  'CREATE UNIQUE INDEX policies_name_key ON policies (site_id, lower(name))',
];

const DOWN = [
  'DROP INDEX policies_name_key',
  'ALTER TABLE policies ADD CONSTRAINT policies_name_key UNIQUE (site_id, name)',
];

/** Two policies of a site whose names differ by case or blanks alone are the same to whoever reads them: there is one. */
export class PolicyNames1795565600000 implements MigrationInterface {
  name = 'PolicyNames1795565600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
