import type { Queryable } from '../database.js';

/** One step of the schema; steps are applied in order, once, and never edited after a release. */
export interface Migration {
  name: string;
  up: (client: Queryable) => Promise<unknown>;
}
