// How often an operation on money, or a charge, is committed, by PostgreSQL's own count.
import { charges } from './charges.js';
import { fillDue, raisePace, release } from './due.js';
import { deeds, raiseLimits } from './operations.js';
import { until } from '../../scripts/lib/until.js';
import { perSecond } from './measure.js';
import { fillPaid } from './paid.js';

const OPERATIONS = 200;
const CONCURRENCY = 4;
/** The intention before the gateway is asked, the outcome after. */
const COMMITS = 2;
/** Beside them the worker writes that it lives, what it ran, and one claim for each 64 periods. */
const WORKER_COMMITS = 0.2;

/**
 * PostgreSQL gives a number to each transaction that writes, once and in order, and to no other; the snapshot's xmax is
 * the next one. `pg_stat_database.xact_commit` would count every read as well. The numbers are one cluster's: the gateway
 * keeps its database in another.
 */
async function nextNumber({ db }) {
  const { rows } = await db.query('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next');
  return Number(rows[0].next);
}

/** A program that starts tells the practice gateway where its messages go. */
const tellNobody = ({ sandboxDb }) => sandboxDb.query('UPDATE sites SET notification_url = NULL');

/**
 * Whatever else would write in this cluster: the vacuum, the worker, the note that a login was seen, and the gateway's
 * messages, which are written down as they come.
 */
async function calm(product, agent) {
  await product.db.query('ALTER SYSTEM SET autovacuum = off');
  await product.db.query('SELECT pg_reload_conf()');
  await product.serveOnly();
  await tellNobody(product);
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
  await raisePace(product);
  const { due } = await fillDue(product, { siteId, count: OPERATIONS });
  const charge = await charges(product, due);
  await calm(product, agent);
  const { refund, capture } = deeds(agent);
  const figures = [];
  for (const [what, objects, work] of [
    ['refund', payments, refund],
    ['capture', holds, capture],
    ['charge asked for by a shop', due, charge],
  ]) {
    const before = await nextNumber(product);
    await perSecond(objects, CONCURRENCY, work);
    const value = ((await nextNumber(product)) - before) / OPERATIONS;
    if (value < COMMITS)
      throw new Error(`Only ${value} commits per ${what}: an intention or an outcome is missing.`);
    const name = `commits per ${what}`;
    figures.push({ name, value, unit: '', limit: COMMITS, baseline: `counted over ${OPERATIONS}` });
  }
  return [...figures, await perPeriod(product, due)];
}

/** Of what the job charges. */
async function perPeriod(product, due) {
  await product.worker();
  const told = "SELECT FROM sites WHERE upper(site) = 'CO' AND notification_url IS NOT NULL";
  await until(async () => (await product.sandboxDb.query(told)).rowCount > 0, 15_000);
  await tellNobody(product);
  const before = await nextNumber(product);
  await release(product, due);
  const value = ((await nextNumber(product)) - before) / due.length;
  if (value < COMMITS)
    throw new Error(`Only ${value} commits per period: an intent or an outcome is missing.`);
  return {
    ...{ name: 'commits per due period, with the worker’s own', value, unit: '' },
    ...{ limit: COMMITS + WORKER_COMMITS, baseline: `counted over ${due.length}` },
  };
}
