// Transactions, holds and requests for approval of many payments that are there already, written by SQL.

/**
 * One transaction per payment that was approved or rejected; refunds of one in twelve; one hold in ten; 20,000 approvals;
 * one stored means of payment per approved payment.
 */
export async function fillMovements({ db }) {
  const client = await db.connect();
  try {
    for (const statement of STATEMENTS) await client.query(statement);
  } finally {
    client.release();
  }
}

const SAME = `site_id, gateway_account_id, obligation_id, order_id, session_id, payer_id, gateway_reference, asked_currency,
  from_currency, method_name, last_four, refunded, sends, whole`;

const STATEMENTS = [
  `INSERT INTO transactions (id, kind, state, origin, reason, internal_reference, asked_minor, from_minor, authorization_code,
     receipt, happened_at, created_at, ${SAME})
   SELECT uuidv7(), CASE WHEN n % 10 = 0 THEN 'checkin' ELSE 'payment' END,
     CASE WHEN n % 4000 = 1 THEN 'unknown' ELSE state END, 'us', reason, (80000000 + n)::text, amount_minor, amount_minor,
     (100000 + n % 900000)::text, (n * 7)::text, created_at, created_at, site_id, gateway_account_id, obligation_id, order_id,
     id, payer_id, gateway_reference, currency, currency, 'Visa', last_four, false, 0, false
   FROM (SELECT s.*, o.obligation_id, row_number() OVER (ORDER BY s.created_at) AS n
         FROM sessions s JOIN orders o ON o.id = s.order_id WHERE s.state IN ('approved', 'rejected')) s ORDER BY n`,
  `INSERT INTO transactions (id, parent_id, kind, state, origin, internal_reference, asked_minor, from_minor, asked_by,
     asked_by_name, motive, route, happened_at, created_at, ${SAME})
   SELECT uuidv7(), id, 'reverse', CASE WHEN n % 200 = 0 THEN 'pending' WHEN n % 9 = 0 THEN 'rejected' ELSE 'approved' END, 'us',
     (90000000 + n)::text, asked_minor, from_minor, person, 'Sofía Cárdenas', 'Pedido cancelado', 'reverse',
     created_at + interval '3 hours', created_at + interval '3 hours', ${SAME}
   FROM (SELECT t.*, row_number() OVER (ORDER BY created_at) AS n,
           (SELECT id FROM people WHERE email LIKE 'support@%') AS person
         FROM transactions t WHERE kind = 'payment' AND state = 'approved') t WHERE n % 12 = 0 ORDER BY n`,
  `INSERT INTO preauthorizations (id, site_id, gateway_account_id, order_id, obligation_id, state, currency, placed_minor,
     least_minor, most_minor, placed_at, expires_at)
   SELECT id, site_id, gateway_account_id, order_id, obligation_id,
     CASE WHEN happened_at > now() - interval '14 days' AND n % 3 = 0 THEN 'active' WHEN n % 900 = 1 THEN 'unclear'
       WHEN n % 6 = 1 THEN 'released' WHEN n % 6 = 3 THEN 'presumed_released' ELSE 'captured' END,
     asked_currency, asked_minor, asked_minor, asked_minor, happened_at, happened_at + interval '14 days'
   FROM (SELECT t.*, row_number() OVER (ORDER BY created_at) AS n FROM transactions t
         WHERE kind = 'checkin' AND state = 'approved') t ORDER BY n`,
  // Until tomorrow nothing is due: the worker of the measured server leaves them alone.
  `INSERT INTO approvals (id, site_id, site_ids, order_id, kind, target_type, target_id, reference, amount_minor, currency,
     hash, data, reason, state, makers, requested_by, requested_by_name, requested_at, expires_at, decided_by,
     decided_by_name, decided_at)
   SELECT uuidv7(), site_id, ARRAY[site_id], order_id, 'reverse', 'transaction', id, gateway_reference, asked_minor,
     asked_currency, md5(n::text), '{"limit": "day"}', 'Pedido cancelado',
     CASE WHEN n % 100 = 0 THEN 'waiting' WHEN n % 7 = 0 THEN 'rejected' ELSE 'done' END, ARRAY[maker], maker, 'Sofía Cárdenas',
     created_at, now() + interval '3 days', CASE WHEN n % 100 > 0 THEN decider END,
     CASE WHEN n % 100 > 0 THEN 'Mariana Londoño' END, CASE WHEN n % 100 > 0 THEN created_at END
   FROM (SELECT t.*, row_number() OVER (ORDER BY created_at) AS n,
           (SELECT id FROM people WHERE email LIKE 'support@%') AS maker,
           (SELECT id FROM people WHERE email LIKE 'manager@%') AS decider
         FROM transactions t WHERE kind = 'payment' AND state = 'approved') t WHERE n % 4 = 0 LIMIT 20000`,
  // Every second one lasts for years; the others run out around now.
  `INSERT INTO instruments (id, site_id, gateway_account_id, payer_id, session_id, type, secret_sealed, secret_hash, brand,
     brand_name, issuer, last_four, valid_until, created_at, state)
   SELECT uuidv7(), site_id, gateway_account_id, payer_id, id, 'token', '', n::text, 'visa', 'Visa', 'Banco', last_four,
     CASE WHEN n % 2 = 0 THEN date '2099-12-31' ELSE current_date - 300 + n::int % 600 END, created_at,
     CASE WHEN n % 50 = 0 THEN 'revoked' WHEN n % 333 = 0 THEN 'suspended' ELSE 'active' END
   FROM (SELECT s.*, row_number() OVER (ORDER BY created_at) AS n FROM sessions s WHERE state = 'approved') s ORDER BY n`,
  'VACUUM (ANALYZE)',
];
