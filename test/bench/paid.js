// Payments and holds that can be acted on: one is paid on the hosted page, the others are its copies on both sides.
import { randomUUID } from 'node:crypto';
import { until } from '../../scripts/lib/until.js';
import { copies, inOneCommit } from './copies.js';

export const PAYER = {
  ...{ number: '4110760000000081', holder: 'Ana Ruiz', expiry: '12/30', cvv: '123', installments: '1' },
  ...{ name: 'Ana', surname: 'Ruiz', email: 'ana@example.com', mobile: '3001234567' },
  ...{ documentType: 'CC', document: '1020304050' },
};

async function payOne(product, siteId, preauthorization) {
  const { text } = await product.shop('POST', '/api/sessions', {
    body: {
      ...{
        siteId,
        description: 'Pedido tienda en línea',
        amountMinor: 8_450_000,
        currency: 'COP',
        preauthorization,
      },
      reference: `R-${randomUUID().slice(0, 18)}`,
    },
    headers: { 'idempotency-key': randomUUID() },
    wanted: 201,
  });
  const { id } = JSON.parse(text);
  const find = async (sql) => (await product.db.query(sql, [id])).rows[0];
  const { process_url: page } = await find('SELECT process_url FROM sessions WHERE id = $1');
  await fetch(`${page}/pay`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(PAYER) });
  const paid = `SELECT s.id AS session, s.order_id AS "order", o.obligation_id AS obligation, t.id AS transaction,
      s.gateway_number AS number, s.gateway_reference AS reference, t.internal_reference AS internal
    FROM sessions s JOIN orders o ON o.id = s.order_id JOIN transactions t ON t.session_id = s.id
    WHERE s.id = $1 AND s.state = 'approved'`;
  const template = await until(() => find(paid), 30_000, 50);
  if (!template) throw new Error('The payment to copy was not approved.');
  return template;
}

/**
 * `count` payments of the site, approved a moment ago, in all that both sides know of them; or as many holds. Answers
 * `{ id, number, internal, reference }` of each: of its transaction, of its session at the gateway, of itself there.
 */
export async function fillPaid(product, { siteId, count, holds = false }) {
  const template = await payOne(product, siteId, holds);
  const own = { n: Number(template.number) + 1, i: Number(template.internal) + 1 };
  const batch = `CREATE TEMP TABLE batch ON COMMIT DROP AS
    SELECT (${own.n} + each)::text AS number, (${own.i} + each)::text AS internal, 'R-' || ${own.n} + each AS reference,
      uuidv7() AS session, uuidv7() AS "order", uuidv7() AS obligation, uuidv7() AS transaction
    FROM generate_series(0, ${count - 1}) each`;
  const renamed = (text) =>
    `replace(replace(replace(${text}::text, '${template.reference}', batch.reference), '${template.number}', number),
       '${template.internal}', internal)`;
  const alike = (table, id, changes) =>
    `INSERT INTO ${table} ${copies(table, `jsonb_build_object(${changes})`)} WHERE template.id = '${id}'`;
  await inOneCommit(product.sandboxDb, [
    batch,
    `INSERT INTO sessions ${copies(
      'sessions',
      `jsonb_build_object('request_id', number, 'reference', batch.reference,
         'process_url', ${renamed('template.process_url')}, 'request', ${renamed('template.request')}::jsonb)`,
    )} WHERE template.request_id = ${template.number}`,
    `INSERT INTO transactions ${copies(
      'transactions',
      `jsonb_build_object('request_id', number, 'internal_reference', internal)`,
    )} WHERE template.internal_reference = ${template.internal}`,
    `INSERT INTO holds ${copies(
      'holds',
      `jsonb_build_object('request_id', number, 'internal_reference', internal)`,
    )} WHERE template.internal_reference = ${template.internal}`,
    `SELECT setval('request_ids', ${own.n + count}), setval('internal_references', ${own.i + count})`,
  ]);
  const rest = `'obligation_id', obligation, 'order_id', "order"`;
  await inOneCommit(product.db, [
    batch,
    alike('obligations', template.obligation, `'id', obligation`),
    alike(
      'orders',
      template.order,
      `'id', "order", 'obligation_id', obligation, 'reference', batch.reference`,
    ),
    alike(
      'sessions',
      template.session,
      `'id', session, 'order_id', "order", 'gateway_number', number, 'gateway_reference', batch.reference,
       'evidence', ${renamed('template.evidence')}::jsonb, 'next_sweep_at', NULL`,
    ),
    alike(
      'transactions',
      template.transaction,
      `'id', transaction, 'session_id', session, ${rest}, 'gateway_reference', batch.reference,
       'internal_reference', internal`,
    ),
    alike('preauthorizations', template.transaction, `'id', transaction, ${rest}`),
  ]);
  for (const pool of [product.db, product.sandboxDb])
    await pool.query('VACUUM (ANALYZE) sessions, transactions');
  const { rows } = await product.db.query(
    `SELECT t.id, s.gateway_number AS number, t.internal_reference AS internal, t.gateway_reference AS reference
     FROM transactions t JOIN sessions s ON s.id = t.session_id
     WHERE t.gateway_reference = ANY ($1) AND t.parent_id IS NULL`,
    [Array.from({ length: count }, (_, each) => `R-${own.n + each}`)],
  );
  return rows;
}
