import type { EntityManager } from 'typeorm';
import { one } from '../platform/database.js';
import { fieldProblem } from '../platform/problem.js';

/** A list of sites may only name sites that exist; the sites themselves live in a higher slice. */
export async function requireSites(manager: EntityManager, siteIds: readonly string[]): Promise<void> {
  if (siteIds.length === 0) return;
  const found = await one<{ count: number }>(
    manager,
    'SELECT count(*)::int AS count FROM sites WHERE id = ANY($1)',
    [siteIds],
  );
  if (found?.count !== new Set(siteIds).size) throw fieldProblem('siteIds', 'not_found');
}
