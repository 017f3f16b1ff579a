// Many believable payments, written by SQL: what a list looks like after some years of a busy shop.

const BUYERS = 40_000;
/** How often each site occurs, in hundredths. */
const WEIGHTS = { co: 45, ec: 22, pr: 15, cl: 18 };

/** Fills the database with `count` payments of the last 90 days, over all sites and states. */
export async function fillPayments(product, count) {
  const spread = product.sites.flatMap(({ id, code }) => Array(WEIGHTS[code]).fill(id));
  const client = await product.db.connect();
  try {
    for (const statement of statements(count, spread)) await client.query(statement);
  } finally {
    client.release();
  }
}

const statements = (count, spread) => [
  'SELECT setseed(0.5)',
  `CREATE TEMP TABLE buyer AS
   SELECT n, uuidv7() AS id, ('{${spread}}'::uuid[])[1 + floor(random() * 100)::int] AS site_id
   FROM generate_series(1, ${BUYERS}) n`,
  `CREATE TEMP TABLE deal AS
   SELECT d.n, uuidv7() AS session_id, uuidv7() AS order_id, uuidv7() AS obligation_id, b.id AS payer_id, b.site_id,
     a.id AS account_id, w.currency, upper(w.code) || '-' || (500000 + d.n) AS reference, d.amount,
     date_trunc('milliseconds', now() - interval '90 days' * (1 - d.n / ${count + 1}::float8)) AS at,
     CASE WHEN d.n > ${count} * 0.985 THEN 'pending' WHEN d.chance < 0.8 THEN 'approved' WHEN d.chance < 0.9 THEN 'expired'
       WHEN d.chance < 0.95 THEN 'cancelled' WHEN d.chance < 0.995 THEN 'rejected' ELSE 'failed' END AS state
   FROM (SELECT n, random() AS chance, 1 + floor(random() * ${BUYERS})::int AS buyer,
           1000 * (5 + floor(random() * 900)::int) AS amount FROM generate_series(1, ${count}) n) d
   JOIN buyer b ON b.n = d.buyer JOIN sites w ON w.id = b.site_id JOIN gateway_accounts a ON a.site_id = w.id`,
  `INSERT INTO payers (id, site_id, name, surname, email, document_type, document, identity, created_at)
   SELECT id, site_id, (ARRAY['Camila', 'Andrés', 'Valentina', 'Diego', 'Javiera'])[1 + n % 5],
     (ARRAY['Rodríguez', 'Restrepo', 'Zambrano', 'Colón', 'Muñoz', 'Vargas', 'Rojas'])[1 + n % 7],
     'payer' || n || '@example.com', 'CC', (1000000000 + n)::text, 'CC|' || (1000000000 + n) || '|', now() FROM buyer`,
  `INSERT INTO obligations (id, site_id, currency, due_minor, reserved_minor, settled_minor, created_at)
   SELECT obligation_id, site_id, currency, amount, CASE state WHEN 'pending' THEN amount ELSE 0 END,
     CASE WHEN state <> 'approved' THEN 0 WHEN n % 1000 = 0 THEN 2 * amount ELSE amount END, at FROM deal ORDER BY n`,
  `INSERT INTO orders (id, site_id, obligation_id, payer_id, reference, description, locale, link_expires_at, created_at)
   SELECT order_id, site_id, obligation_id, payer_id, reference, 'Pedido tienda en línea', 'es_CO',
     at + interval '1 day', at FROM deal ORDER BY n`,
  // Probes are planned for tomorrow: the worker of the measured server has nothing to do with these rows.
  `INSERT INTO sessions (id, site_id, order_id, gateway_account_id, payer_id, kind, state, reason, gateway_number,
     process_url, gateway_reference, amount_minor, currency, locale, attempts, last_four, evidence, expires_at,
     next_probe_at, probes, created_at, ended_at)
   SELECT session_id, site_id, order_id, account_id, payer_id, 'basic', state, '00', (50000000 + n)::text,
     'https://checkout.example.com/session/' || n || '/2f1c', reference, amount, currency, 'es_CO', 1,
     lpad((n % 10000)::text, 4, '0'), jsonb_build_object('requestId', n, 'request', repeat(md5(n::text), 20)),
     at + interval '30 minutes', CASE state WHEN 'pending' THEN now() + interval '1 day' END, 3, at,
     CASE WHEN state <> 'pending' THEN at + interval '4 minutes' END FROM deal ORDER BY n`,
  'DROP TABLE deal, buyer',
  'VACUUM (ANALYZE)',
];
