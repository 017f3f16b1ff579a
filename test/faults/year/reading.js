// What both sides say once the year is over, as lines. Amounts are minor units, instants milliseconds.
import pg from 'pg';
import { until } from '../../../scripts/lib/until.js';

const ROWS = {
  schedule: `
    SELECT s.id, s.reference, s.state, s.ended_why AS "endedWhy", s.ended_at AS "endedAt", s.currency
    FROM schedules s ORDER BY s.reference`,
  period: `
    SELECT p.id, p.schedule_id AS schedule, p.number, p.day::text AS day, p.due_at AS "dueAt", p.state, p.why, p.reason,
      p.tries, p.paid_by AS "paidBy", p.paid_at AS "paidAt", p.amount_minor::float8 AS "amountMinor", p.currency,
      coalesce(b.settled_minor, 0)::float8 AS "settledMinor"
    FROM periods p LEFT JOIN orders o ON o.id = p.order_id LEFT JOIN obligations b ON b.id = o.obligation_id
    ORDER BY p.schedule_id, p.number`,
  charge: `
    SELECT c.id, s.gateway_reference AS reference, s.state, s.gateway_number AS number, c.sends,
      c.first_sent_at AS "sentAt", c.reason, c.asked_by IS NOT NULL AS "byHand", s.amount_minor::float8 AS "amountMinor"
    FROM collects c JOIN sessions s ON s.id = c.id ORDER BY c.first_sent_at, c.id`,
};
const ATTEMPTS = `
  SELECT s.site, s.reference, s.origin, s.request_id AS "requestId", t.status, t.reason, t.created_at AS at
  FROM sessions s JOIN transactions t ON t.request_id = s.request_id AND t.role = 'attempt'
  ORDER BY t.internal_reference`;
const INSTANTS = ['dueAt', 'endedAt', 'sentAt', 'paidAt'];
const PAGE = 100_000;
const COUNTED_DEADLINE_MS = 60_000;

export async function readOurs({ database }) {
  const lines = [];
  for (const [type, sql] of Object.entries(ROWS)) {
    const { rows } = await database.query(sql);
    for (const row of rows) {
      for (const name of INSTANTS) if (row[name]) row[name] = row[name].getTime();
      lines.push({ type, ...row });
    }
  }
  return lines;
}

/** The gateway's book, and besides every attempt of its network (`kind` is `attempt`), so that a cause can be looked up. */
export async function readBook(stage, call) {
  const lines = [];
  for (let after = ''; ;) {
    const path = `/control/book?limit=${PAGE}${after && `&after=${after}`}`;
    const { text, headers } = await call('GET', stage.gateway.url + path);
    const page = text.split('\n').filter(Boolean);
    lines.push(...page.map((line) => JSON.parse(line)));
    if (page.length < PAGE) break;
    after = headers['x-last-line'];
  }
  return [...lines, ...(await readAttempts(stage))];
}

async function readAttempts({ gateway }) {
  const client = new pg.Client({ connectionString: gateway.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query(ATTEMPTS);
    return rows.map((row) => ({ kind: 'attempt', ...row, at: row.at.getTime() }));
  } finally {
    await client.end();
  }
}

/** What managers are shown of each shop once nothing waits to be counted, so many months back. */
export async function readMrr(stage, months) {
  const [server] = await stage.up();
  const { admin, manager } = stage.people;
  const lines = [];
  for (const { id: site } of stage.shops) {
    const path = `/api/revenue/movements?siteId=${site}&months=${months}`;
    let shown = null;
    const counted = async () => {
      await admin.post(server.url, '/api/jobs/revenue/run');
      shown = await manager.get(server.url, path);
      return shown.status === 200 && !shown.body.waiting;
    };
    if (!(await until(counted, COUNTED_DEADLINE_MS, 100)))
      throw new Error(`revenue is not counted: ${shown.status} ${shown.text}`);
    const { rows } = await stage.database.query('SELECT zone FROM sites WHERE id = $1', [site]);
    lines.push({ site, zone: rows[0].zone, at: stage.now(), currencies: shown.body.currencies });
  }
  return lines;
}

/** Charges of unknown outcome that stand in the gateway's console: `[{ siteId, numbers }]`. */
export async function unheardOf(stage) {
  const { rows } = await stage.database.query(
    `SELECT s.gateway_reference AS reference, s.site_id AS "siteId" FROM collects c JOIN sessions s ON s.id = c.id
     WHERE s.state = 'unknown' AND s.gateway_number IS NULL ORDER BY c.first_sent_at`,
  );
  const found = [];
  for (const { reference, siteId } of rows) {
    const { body } = await stage.control('GET', `/sessions?reference=${encodeURIComponent(reference)}`);
    // What was charged is what anybody would look for first.
    body.sort((one, other) => (other.status === 'APPROVED') - (one.status === 'APPROVED'));
    const numbers = body.map(({ requestId }) => String(requestId)).slice(0, 100);
    if (numbers.length > 0) found.push({ siteId, numbers });
  }
  return found;
}
