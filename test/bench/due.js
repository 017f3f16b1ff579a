// Subscriptions with a period to charge: one means of payment is stored on the hosted page, the others are its copies.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from '../../scripts/lib/until.js';
import { copies, inOneCommit } from './copies.js';
import { PAYER } from './paid.js';

const AMOUNT = { amountMinor: 4_000_000, currency: 'COP' };
/** A busy machine charges some in a second. */
const PATIENCE_MS = { all: 60_000, each: 200 };
/** Documents must be numbers, and no two alike. */
let people = 7_000_000_000;

/** What turns a token into the sealed text of one row, and back. */
async function sealingOf({ root, keyRing }) {
  const path = join(root, 'server/dist/platform/sealing.js');
  const { Sealing } = await import(pathToFileURL(path).href);
  const [id, key] = keyRing.split(':');
  return new Sealing({ keys: [{ id, bytes: Buffer.from(key, 'base64') }] });
}

async function storeOne({ shop, db }, siteId) {
  const { text } = await shop('POST', '/api/sessions', {
    body: {
      siteId,
      description: 'Plan mensual',
      subscription: true,
      reference: `D-${randomUUID().slice(0, 18)}`,
    },
    headers: { 'idempotency-key': randomUUID() },
    wanted: 201,
  });
  const { id } = JSON.parse(text);
  const find = async (sql) => (await db.query(sql, [id])).rows[0];
  const { process_url: page } = await find('SELECT process_url FROM sessions WHERE id = $1');
  await fetch(`${page}/pay`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(PAYER) });
  const stored = await until(() => find('SELECT * FROM instruments WHERE session_id = $1'), 30_000, 50);
  if (!stored) throw new Error('No means of payment was stored.');
  return stored;
}

/** It begins tomorrow, so that nothing of it is charged here. */
async function planOne({ shop, db }, siteId, instrumentId) {
  const startOn = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
  const { text } = await shop('POST', '/api/schedules', {
    body: {
      ...{ siteId, instrumentId, ...AMOUNT, startOn, unit: 'month', interval: 1, plan: 'Plan mensual' },
      reference: `D-${randomUUID().slice(0, 18)}`,
    },
    headers: { 'idempotency-key': randomUUID() },
    wanted: 201,
  });
  const { id } = JSON.parse(text);
  const { rows } = await db.query('SELECT id FROM periods WHERE schedule_id = $1', [id]);
  return { schedule: id, period: rows[0].id };
}

/**
 * `count` monthly subscriptions of the site, each with a payer and a means of payment of its own and a first period of
 * today that nobody takes up before `release`. Answers `{ period, reference }` of each, and the token of them all.
 */
export async function fillDue(product, { siteId, count }) {
  const { db } = product;
  const sealing = await sealingOf(product);
  const stored = await storeOne(product, siteId);
  const template = await planOne(product, siteId, stored.id);
  const token = sealing.open(stored.secret_sealed, stored.id);
  const made = Array.from({ length: count }, () => randomUUID()).map((instrument) => ({
    ...{ instrument, sealed: sealing.seal(token, instrument) },
    tag: instrument.slice(0, 18),
    document: String((people += 1)),
  }));
  const alike = (table, id, changes, key = 'id') =>
    `INSERT INTO ${table} ${copies(table, `jsonb_build_object(${changes})`)} WHERE template.${key} = '${id}'`;
  const today = `(now() AT TIME ZONE zone)::date`;
  // What does not fit into one statement's text goes into a table of its own first.
  await db.query('CREATE UNLOGGED TABLE bench_due (instrument uuid, sealed text, tag text, document text)');
  await db.query(
    'INSERT INTO bench_due SELECT * FROM jsonb_to_recordset($1) AS x(instrument uuid, sealed text, tag text, document text)',
    [JSON.stringify(made)],
  );
  await inOneCommit(db, [
    `CREATE TEMP TABLE batch ON COMMIT DROP AS SELECT *, uuidv7() AS payer, uuidv7() AS schedule, uuidv7() AS period
       FROM bench_due`,
    // Nobody's e-mail: no letter is written about what is charged here.
    alike(
      'payers',
      stored.payer_id,
      `'id', payer, 'email', NULL, 'document', batch.document, 'identity', 'CC|' || batch.document || '|'`,
    ),
    alike(
      'instruments',
      stored.id,
      `'id', instrument, 'payer_id', payer, 'session_id', NULL, 'secret_sealed', sealed, 'secret_hash', tag`,
    ),
    alike(
      'schedules',
      template.schedule,
      `'id', schedule, 'payer_id', payer, 'instrument_id', instrument, 'reference', 'D-' || tag, 'start_on', ${today}`,
    ),
    alike(
      'schedule_prices',
      template.schedule,
      `'schedule_id', schedule, 'from_on', current_date - 1`,
      'schedule_id',
    ),
    alike(
      'periods',
      template.period,
      `'id', period, 'schedule_id', schedule, 'due_at', now(), 'next_try_at', now() + interval '1 year',
       'day', (SELECT ${today} FROM sites WHERE id = '${siteId}')`,
    ),
    'DROP TABLE bench_due',
  ]);
  await db.query('VACUUM (ANALYZE) payers, instruments, schedules, schedule_prices, periods');
  const { rows } = await db.query(
    `SELECT p.id AS period, s.reference || '-1' AS reference FROM periods p JOIN schedules s ON s.id = p.schedule_id
     WHERE s.reference = ANY ($1)`,
    [made.map(({ tag }) => `D-${tag}`)],
  );
  return { due: rows, token };
}

/** Lets the job take up these periods, waits until all are paid, and answers how many it charged per second. */
export async function release({ db }, due) {
  const ids = due.map(({ period }) => period);
  await db.query('UPDATE periods SET next_try_at = now() WHERE id = ANY ($1)', [ids]);
  const open = "SELECT state, why FROM periods WHERE id = ANY ($1) AND state <> 'paid'";
  const done = await until(
    async () => {
      const { rows } = await db.query(open, [ids]);
      const wrong = rows.find(({ state }) => state !== 'planned' && state !== 'charging');
      if (wrong) throw new Error(`A period was not charged: ${wrong.state}, ${wrong.why}`);
      return rows.length === 0;
    },
    PATIENCE_MS.all + due.length * PATIENCE_MS.each,
    1_000,
  );
  if (!done) throw new Error('Not everything was charged in time.');
  // By the job's own time, so that neither its tick nor our looking counts.
  const { rows } = await db.query(
    `SELECT extract(epoch FROM max(p.paid_at) - min(c.first_sent_at))::float8 AS seconds
     FROM periods p JOIN collects c ON c.id = p.session_id WHERE p.id = ANY ($1)`,
    [ids],
  );
  return ids.length / rows[0].seconds;
}

/** As fast as the job can: nothing waits for the account's pace. */
export const raisePace = ({ db }) => db.query('UPDATE gateway_accounts SET collects_per_second = 1000000');
