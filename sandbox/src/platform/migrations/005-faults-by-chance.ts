import type { Migration } from './migration.js';

const SCHEMA = `
-- A fault strikes the next so many calls, or each call by chance; then the place in its row of drawn numbers is kept, so
-- that a restart goes on with it.
ALTER TABLE faults
  ALTER COLUMN remaining DROP NOT NULL,
  ADD COLUMN probability double precision CHECK (probability BETWEEN 0 AND 1),
  ADD COLUMN seed bigint,
  ADD COLUMN draws bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT faults_by_number_or_chance CHECK ((remaining IS NULL) = (probability IS NOT NULL)),
  ADD CONSTRAINT faults_seed CHECK ((probability IS NULL) = (seed IS NULL));
DROP INDEX faults_live;
CREATE INDEX faults_live ON faults (operation, id) WHERE remaining > 0 OR probability IS NOT NULL;
`;

export const faultsByChance: Migration = {
  name: '005 faults by chance',
  up: (client) => client.query(SCHEMA),
};
