// How often an operation on money is committed, by PostgreSQL's own count.
import { deeds, raiseLimits } from './operations.js';
import { perSecond } from './measure.js';
import { fillPaid } from './paid.js';

const OPERATIONS = 200;
const CONCURRENCY = 4;
/** The intention before the gateway is asked, the outcome after. */
const COMMITS = 2;

/**
 * PostgreSQL gives a number to each transaction that writes, once and in order, and to no other; the snapshot's xmax is
 * the next one. `pg_stat_database.xact_commit` would count every read as well. The numbers are one cluster's: the gateway
 * keeps its database in another.
 */
async function nextNumber({ db }) {
  const { rows } = await db.query('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next');
  return Number(rows[0].next);
}

/** Whatever else would write in this cluster: the vacuum, the worker, and the note that a login was seen. */
async function calm(product, agent) {
  await product.db.query('ALTER SYSTEM SET autovacuum = off');
  await product.db.query('SELECT pg_reload_conf()');
  await product.serveOnly();
  await product.db.query("UPDATE logins SET last_seen_at = now() + interval '1 hour'");
  const before = await nextNumber(product);
  await perSecond(Array.from({ length: OPERATIONS }), CONCURRENCY, () => agent('GET', '/api/transactions'));
  if ((await nextNumber(product)) !== before) throw new Error('Something else writes to the database.');
}

export async function commits(product) {
  const { id: siteId } = product.sites.find(({ code }) => code === 'co');
  await raiseLimits(product, siteId);
  const agent = await product.signIn('support@demo.recaudo.test');
  const payments = await fillPaid(product, { siteId, count: OPERATIONS });
  const holds = await fillPaid(product, { siteId, count: OPERATIONS, holds: true });
  await calm(product, agent);
  const { refund, capture } = deeds(agent);
  const figures = [];
  for (const [what, objects, work] of [
    ['refund', payments, refund],
    ['capture', holds, capture],
  ]) {
    const before = await nextNumber(product);
    await perSecond(objects, CONCURRENCY, work);
    const value = ((await nextNumber(product)) - before) / OPERATIONS;
    if (value < COMMITS)
      throw new Error(`Only ${value} commits per ${what}: an intention or an outcome is missing.`);
    const name = `commits per ${what}`;
    figures.push({ name, value, unit: '', limit: COMMITS, baseline: `counted over ${OPERATIONS}` });
  }
  return figures;
}
