import type { Migration } from './migration.js';

const SCHEMA = `
-- What the network declines with, for the faults of payments that do.
ALTER TABLE faults ADD COLUMN reason text;
`;

export const declines: Migration = {
  name: '004 reasons of planned declines',
  up: (client) => client.query(SCHEMA),
};
