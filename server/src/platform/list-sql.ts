import { COUNT_CAP, type CappedCount } from '@recaudo/shared';
import type { EntityManager } from 'typeorm';
import { one } from './database.js';

/** Each arm of a search is an index look-up with a ceiling: a search never walks the table. */
export const SEARCH_LIMIT = 1_000;

/** What a search may be besides text: the end of a card, an id. */
export const FOUR_DIGITS = /^\d{4}$/;
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Keeps a value for the statement and gives its place in it, `$1` and so on. */
export type Bind = (value: unknown) => string;

export interface FilterSql {
  clauses: string[];
  parameters: unknown[];
}

export function binding(parameters: unknown[]): Bind {
  return (value) => `$${parameters.push(value)}`;
}

/** What keeps rows to the sites that the reader may see (null: all of them) and to the one asked for. Without an alias. */
export function siteClauses(
  scope: readonly string[] | null,
  siteId: string | undefined,
  bind: Bind,
): string[] {
  const sites: string[] = [];
  if (scope !== null)
    sites.push(scope.length === 1 ? `site_id = ${bind(scope[0])}` : `site_id = ANY(${bind(scope)})`);
  if (siteId) sites.push(`site_id = ${bind(siteId)}`);
  return sites;
}

export function whereSql(clauses: readonly string[]): string {
  return clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : '';
}

/** What begins with the text, whatever signs the text has. */
export function likePrefix(text: string): string {
  return `${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** The ids that any arm finds. */
export function searchArms(arms: readonly string[]): string {
  return arms.map((arm) => `(${arm} LIMIT ${SEARCH_LIMIT})`).join(' UNION ');
}

/** How many rows the statement finds, counted no further than the cap; the words are the code's own. */
export async function cappedCount(
  manager: EntityManager,
  rows: string,
  parameters: unknown[],
): Promise<CappedCount> {
  const row = await one<{ count: number }>(
    manager,
    `SELECT count(*)::int AS count FROM (${rows} LIMIT ${COUNT_CAP + 1}) capped`,
    parameters,
  );
  const count = row?.count ?? 0;
  return { count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP };
}

/** The counts of a list's tabs: of all, and of each state. */
export async function countsByState<State extends string>(
  states: readonly State[],
  count: (state: State | undefined) => Promise<CappedCount>,
): Promise<{ all: CappedCount; byState: Record<State, CappedCount> }> {
  const [all, ...each] = await Promise.all([count(undefined), ...states.map(count)]);
  const byState = Object.fromEntries(states.map((state, index) => [state, each[index]]));
  return { all, byState: byState as Record<State, CappedCount> };
}
