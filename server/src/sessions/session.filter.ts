import { LANGUAGES, parseAmount, type SessionFilter } from '@recaudo/shared';
import {
  binding,
  FOUR_DIGITS,
  likePrefix,
  searchArms,
  siteClauses,
  UUID,
  type Bind,
  type FilterSql,
} from '../platform/list-sql.js';
import type { SiteScope } from '../staff/access.js';

/** The filter of the payments list as SQL over `sessions s`, and `b` where it asks about the obligation. */
export function filterSql(scope: SiteScope, filter: SessionFilter, now: Date): FilterSql {
  const parameters: unknown[] = [];
  const bind = binding(parameters);
  const sites = siteClauses(scope, filter.siteId, bind);
  const clauses = sites.map((site) => `s.${site}`);
  if (filter.state) clauses.push(`s.state = ${bind(filter.state)}`);
  if (filter.kind) clauses.push(`s.kind = ${bind(filter.kind)}`);
  if (filter.queue) clauses.push(`s.queue = ${bind(filter.queue)}`);
  if (filter.currency) clauses.push(`s.currency = ${bind(filter.currency)}`);
  if (filter.createdFrom) clauses.push(`s.created_at >= ${bind(filter.createdFrom)}`);
  if (filter.createdTo) clauses.push(`s.created_at < ${bind(filter.createdTo)}`);
  if (filter.endedFrom) clauses.push(`s.ended_at >= ${bind(filter.endedFrom)}`);
  if (filter.endedTo) clauses.push(`s.ended_at < ${bind(filter.endedTo)}`);
  if (filter.instrumentId)
    clauses.push(
      `s.id IN (SELECT c.id FROM collects c WHERE c.instrument_id = ${bind(filter.instrumentId)})`,
    );
  if (filter.late === 'true')
    clauses.push(`s.state IN ('opening', 'pending') AND s.expires_at < ${bind(now)}`);
  if (filter.late === 'false') clauses.push(`s.state = 'pending' AND s.expires_at >= ${bind(now)}`);
  if (filter.overpaid) clauses.push('b.settled_minor - b.returned_minor - b.due_minor > 0');
  if (filter.q) clauses.push(`s.id IN (${searchSql(filter.q, bind, sites)})`);
  return { clauses, parameters };
}

/**
 * Whatever the caller says: an id, the gateway's number, a reference or its start, e-mail, document, card end,
 * authorization. Every arm keeps to the sites, so that other sites' rows do not use up its ceiling.
 */
function searchSql(text: string, bind: Bind, sites: string[]): string {
  const exact = bind(text);
  const ofSites = (alias: string) => sites.map((site) => ` AND ${alias}.${site}`).join('');
  const ofPayers = (condition: string) =>
    `SELECT s.id FROM payers p JOIN sessions s ON s.payer_id = p.id WHERE ${condition}${ofSites('s')}`;
  const ofTransactions = (condition: string) =>
    `SELECT t.session_id FROM transactions t WHERE ${condition}${ofSites('t')}`;
  const arms = [
    `SELECT s.id FROM sessions s WHERE s.gateway_number = ${exact}`,
    `SELECT s.id FROM orders o JOIN sessions s ON s.order_id = o.id
     WHERE lower(o.reference) LIKE ${bind(likePrefix(text.toLowerCase()))}${ofSites('o')}`,
    ofPayers(`p.email = ${bind(text.toLowerCase())}`),
    ofPayers(`p.document = ${exact}`),
    ofTransactions(`t.authorization_code = ${exact}`),
    ofTransactions(`t.internal_reference = ${exact}`),
    ofTransactions(`t.receipt = ${exact}`),
  ];
  // The only arm that many payments share: the newest ones count.
  for (const amountMinor of amountsMeant(text)) {
    const asked = `SELECT s.id FROM sessions s WHERE s.amount_minor = ${bind(amountMinor)}${ofSites('s')}`;
    arms.push(`${asked} ORDER BY s.created_at DESC`);
  }
  if (FOUR_DIGITS.test(text))
    arms.push(`${ofTransactions(`t.last_four = ${exact}`)} ORDER BY t.happened_at DESC`);
  if (UUID.test(text)) {
    const id = bind(text);
    arms.push(
      `SELECT s.id FROM sessions s WHERE s.id = ${id}::uuid`,
      `SELECT s.id FROM sessions s WHERE s.order_id = ${id}::uuid`,
    );
  }
  return searchArms(arms);
}

/** "84.500" may be said of pesos with cents or without, by somebody who writes Spanish or English. */
function amountsMeant(text: string): number[] {
  if (!/^[1-9][\d.,]*$/.test(text)) return [];
  const readings = (['COP', 'CLP'] as const).flatMap((currency) =>
    LANGUAGES.map((language) => parseAmount(text, currency, language)),
  );
  return [...new Set(readings.flatMap((reading) => (reading.ok ? [reading.amountMinor] : [])))];
}
