// Asking the gateway about pending payments, against nothing but the questions.
import { randomUUID } from 'node:crypto';
import { until } from '../../scripts/lib/until.js';
import { copies, inOneCommit } from './copies.js';
import { authOfSite } from './gateway-calls.js';
import { alternate, httpCaller, perSecond } from './measure.js';
import { residentMb } from './memory.js';

const PENDING = 20_000;
/** Every pending payment is asked about once, in rounds, so that both sides take turns; the first is not counted. */
const ROUNDS = 8;
const PER_ROUND = PENDING / ROUNDS;
/** As many as the worker asks about at once. */
const CONCURRENCY = 8;
/** The least share of the bare questions' rate. */
const SHARE = 1 / 1.5;
/** What the server may hold at the end, of what it held after the first quarter. */
const GROWTH = 1.1;

/**
 * Opens one payment by our API and copies its rows on both sides, by SQL. The copies agree in number and reference, so
 * that the gateway answers about each and the answer is believed. Answers the numbers.
 */
async function fillPending(product, siteId) {
  const { text } = await product.shop('POST', '/api/sessions', {
    body: {
      siteId,
      reference: `P-${randomUUID().slice(0, 18)}`,
      description: 'Pedido tienda en línea',
      amountMinor: 8_450_000,
      currency: 'COP',
      expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
    },
    headers: { 'idempotency-key': randomUUID() },
    wanted: 201,
  });
  const { id, orderId, gatewayNumber } = JSON.parse(text);
  const first = Number(gatewayNumber) + 1;
  await inOneCommit(product.sandboxDb, [
    `CREATE TEMP TABLE batch ON COMMIT DROP AS
       SELECT number, 'P-' || number AS reference FROM generate_series(${first}, ${first + PENDING - 1}) number`,
    `INSERT INTO sessions ${copies(
      'sessions',
      `jsonb_build_object('request_id', number, 'reference', batch.reference,
         'process_url', replace(template.process_url, '/${gatewayNumber}/', '/' || number || '/'),
         'request', replace(template.request::text, template.reference, batch.reference)::jsonb)`,
    )} WHERE template.request_id = ${gatewayNumber}`,
    `SELECT setval('request_ids', ${first + PENDING})`,
  ]);
  await inOneCommit(product.db, [
    `CREATE TEMP TABLE batch ON COMMIT DROP AS
       SELECT number, 'P-' || number AS reference, uuidv7() AS session, uuidv7() AS "order", uuidv7() AS obligation
       FROM generate_series(${first}, ${first + PENDING - 1}) number`,
    `INSERT INTO obligations ${copies('obligations', `jsonb_build_object('id', obligation)`)}
       WHERE template.id = (SELECT obligation_id FROM orders WHERE id = '${orderId}')`,
    `INSERT INTO orders ${copies(
      'orders',
      `jsonb_build_object('id', "order", 'obligation_id', obligation, 'reference', batch.reference)`,
    )} WHERE template.id = '${orderId}'`,
    `INSERT INTO sessions ${copies(
      'sessions',
      `jsonb_build_object('id', session, 'order_id', "order", 'gateway_number', number::text,
         'gateway_reference', batch.reference, 'next_probe_at', now() + interval '1 day',
         'process_url', replace(template.process_url, '/${gatewayNumber}/', '/' || number || '/'))`,
    )} WHERE template.id = '${id}'`,
    `UPDATE sessions SET next_probe_at = now() + interval '1 day' WHERE id = '${id}'`,
  ]);
  for (const pool of [product.db, product.sandboxDb]) await pool.query('VACUUM (ANALYZE) sessions');
  await product.db.query('VACUUM (ANALYZE) orders, obligations');
  return Array.from({ length: PENDING }, (_, index) => String(first + index));
}

/** Makes the payments due at once, waits until the worker has asked about each, and answers how many it asked per second. */
async function letProbe({ db }, numbers) {
  // Opened a while ago: the next question after this one lies minutes ahead, beyond the round.
  await db.query(
    `UPDATE sessions SET next_probe_at = now(), created_at = now() - interval '6 minutes', last_asked_at = NULL
     WHERE gateway_number = ANY ($1) AND state = 'pending'`,
    [numbers],
  );
  const due = `SELECT FROM sessions WHERE next_probe_at < now() + interval '2 minutes' LIMIT 1`;
  if (!(await until(async () => (await db.query(due)).rowCount === 0, 120_000, 200)))
    throw new Error('The pending payments were not asked about within two minutes.');
  // By the worker's own time, so that neither its tick nor our looking counts.
  const { rows } = await db.query(
    `WITH asked AS (UPDATE sessions SET next_probe_at = now() + interval '1 day'
       WHERE gateway_number = ANY ($1) AND last_asked_at IS NOT NULL RETURNING last_asked_at)
     SELECT count(*)::int AS count, extract(epoch FROM max(last_asked_at) - min(last_asked_at))::float8 AS seconds
     FROM asked`,
    [numbers],
  );
  const [{ count, seconds }] = rows;
  if (count !== numbers.length)
    throw new Error(`Of ${numbers.length} pending payments ${count} were answered about.`);
  return count / seconds;
}

export async function probing(product) {
  const { id: siteId } = product.sites.find(({ code }) => code === 'co');
  const numbers = await fillPending(product, siteId);
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    numbers.slice(round * PER_ROUND, (round + 1) * PER_ROUND),
  );
  const auth = await authOfSite(product);
  const gateway = httpCaller(product.sandbox.url);
  const turns = { ours: rounds.values(), theirs: rounds.values() };
  const memory = [];
  let done = 0;
  const { ours, theirs } = await alternate({
    rounds: ROUNDS - 1,
    warmUp: 1,
    ours: async () => {
      const rate = await letProbe(product, turns.ours.next().value);
      done += 1;
      if (done === ROUNDS / 4 || done === ROUNDS) memory.push(await residentMb(product.root, product.server));
      return rate;
    },
    theirs: () =>
      perSecond(turns.theirs.next().value, CONCURRENCY, (number) =>
        gateway('POST', `/api/session/${number}`, { body: { auth: auth() } }),
      ),
  });
  const [afterQuarter, afterAll] = memory;
  return [
    {
      name: `probes over ${PENDING.toLocaleString('en')} pending payments, ${CONCURRENCY} at a time`,
      value: ours,
      unit: 'per s',
      limit: theirs * SHARE,
      baseline: `bare questions to the gateway ${theirs.toFixed(0)} per s`,
    },
    {
      name: 'memory of the server after the last probe',
      value: afterAll,
      unit: 'MB',
      limit: afterQuarter * GROWTH,
      baseline: `after the first quarter ${afterQuarter.toFixed(0)} MB`,
    },
  ];
}
