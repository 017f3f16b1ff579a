// The least that can receive a notification: node:http, one insert, no check of anything.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const { DATABASE_URL, SITE, ACCOUNT } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 20 });

// Due in a year: the worker of the measured server leaves these rows alone.
const INSERT = `INSERT INTO notifications (id, site_id, gateway_account_id, kind, gateway_number, reference, digest, body,
    state, tries, next_attempt_at, practice_at, received_at)
  VALUES ($1, $2, $3, 'session', $4, $5, $6, $7, 'received', 0, now() + interval '1 year', NULL, now())
  ON CONFLICT ON CONSTRAINT notifications_digest_key DO NOTHING RETURNING id`;

async function receive(text) {
  const { requestId, reference } = JSON.parse(text);
  const digest = createHash('sha256').update(text).digest('hex');
  await pool.query(INSERT, [randomUUID(), SITE, ACCOUNT, String(requestId), reference, digest, text]);
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    receive(Buffer.concat(chunks).toString()).then(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"received"}'),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit(0));
