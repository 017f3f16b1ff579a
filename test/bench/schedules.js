// Subscriptions that have lived for years, with all that is told of them, written by SQL.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SCHEDULES = 12_000;
const PERIODS_EACH = 15;
const FACTS = ['mrr_changes', 'recoveries', 'collect_results'];

/** Needs stored means of payment; one in two or so gets a subscription. Nothing of it is due before tomorrow. */
export async function fillSchedules({ root, db, sites }) {
  const figures = pathToFileURL(join(root, 'server/dist/reports/revenue/figures.js')).href;
  const { FIGURE_NAMES, refreshSql } = await import(figures);
  const client = await db.connect();
  try {
    // The months are added up once at the end, by the same statements as the job's.
    for (const table of FACTS) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ${table}_mark`);
    for (const statement of STATEMENTS) await client.query(statement);
    const months = await client.query(
      "SELECT DISTINCT to_char(date_trunc('month', day), 'YYYY-MM-DD') AS month FROM mrr_changes",
    );
    for (const { id } of sites) {
      for (const { month } of months.rows) {
        await client.query('INSERT INTO revenue_months VALUES ($1, $2, now()) ON CONFLICT DO NOTHING', [
          id,
          month,
        ]);
        for (const name of FIGURE_NAMES) {
          const { clear, fill } = refreshSql(name);
          await client.query(clear, [id, month]);
          await client.query(fill, [id, month]);
        }
      }
    }
    for (const table of FACTS) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER ${table}_mark`);
    await client.query('VACUUM (ANALYZE)');
  } finally {
    client.release();
  }
}

const MONTH = `interval '1 month'`;

const STATEMENTS = [
  `INSERT INTO schedules (id, site_id, gateway_account_id, payer_id, instrument_id, reference, plan, currency, unit,
     interval_steps, start_on, trial_days, zone, charge_hour, state, next_at, past_due_since, ended_at, ended_why, created_at)
   SELECT uuidv7(), site_id, gateway_account_id, payer_id, id, 'SUB-' || n, 'Plan ' || n % 40, currency, 'month', 1,
     (now() - ${PERIODS_EACH} * ${MONTH})::date, 0, zone, 9, standing,
     CASE WHEN standing = 'active' THEN now() + interval '1 day' + n % 29 * interval '1 day' END,
     CASE WHEN n % 40 = 0 THEN now() - n % 90 * interval '1 day' END,
     CASE WHEN standing = 'cancelled' THEN now() - n % 300 * interval '1 day' END,
     CASE WHEN standing = 'cancelled' THEN CASE WHEN n % 3 = 0 THEN 'unpaid' ELSE 'chosen' END END,
     now() - ${PERIODS_EACH} * ${MONTH}
   FROM (SELECT i.*, w.currency, w.zone, row_number() OVER (ORDER BY i.created_at) AS n,
           CASE WHEN row_number() OVER (ORDER BY i.created_at) % 5 = 1 THEN 'cancelled' ELSE 'active' END AS standing
         FROM instruments i JOIN sites w ON w.id = i.site_id) i WHERE n <= ${SCHEDULES}`,
  `INSERT INTO schedule_prices (schedule_id, from_on, amount_minor, taxes)
   SELECT id, start_on, 1000 * (5 + hashtext(reference) % 50 + 50), '[]' FROM schedules`,
  `INSERT INTO periods (id, site_id, gateway_account_id, schedule_id, number, day, due_at, amount_minor, taxes, currency,
     state, why, reason, failed, tries, next_try_at, paid_at, paid_by, created_at)
   SELECT uuidv7(), site_id, gateway_account_id, id, number, at::date, at, amount_minor, '[]', currency, standing,
     CASE WHEN standing = 'unpaid' THEN 'balance' END, CASE WHEN standing = 'unpaid' THEN '51' END,
     CASE WHEN failed THEN jsonb_build_array(jsonb_build_object('day', at::date, 'class', 'balance', 'reason', '51'))
       ELSE '[]' END, 1, CASE WHEN standing IN ('planned', 'retrying', 'blocked') THEN now() + interval '1 day' END,
     CASE WHEN standing = 'paid' THEN at END, CASE WHEN standing = 'paid' THEN 'collect' END, at
   FROM (SELECT s.*, c.amount_minor, number, (hashtext(s.id::text) + number) % 12 = 0 AS failed,
           CASE WHEN number = ${PERIODS_EACH} THEN s.next_at ELSE s.created_at + number * ${MONTH} END AS at,
           CASE WHEN number = ${PERIODS_EACH} THEN 'planned' WHEN (hashtext(s.id::text) + number) % 60 = 0 THEN 'unpaid'
             WHEN number = ${PERIODS_EACH - 1} AND hashtext(s.id::text) % 40 = 0 THEN 'retrying'
             WHEN number = ${PERIODS_EACH - 1} AND hashtext(s.id::text) % 400 = 1 THEN 'blocked'
             WHEN number = ${PERIODS_EACH - 1} AND hashtext(s.id::text) % 400 = 2 THEN 'waiting' ELSE 'paid' END AS standing
         FROM schedules s JOIN schedule_prices c ON c.schedule_id = s.id, generate_series(0, ${PERIODS_EACH}) number
         WHERE s.state = 'active' OR number < ${PERIODS_EACH}) p`,
  `INSERT INTO mrr_changes (id, site_id, schedule_id, seq, at, day, cohort, currency, kind, why, before_minor, mrr_minor,
     period_id)
   SELECT uuidv7(), s.site_id, s.id, 1, p.due_at, p.day, date_trunc('month', p.day), s.currency, 'new', '', 0,
     p.amount_minor, p.id FROM schedules s JOIN periods p ON p.schedule_id = s.id AND p.number = 0
   UNION ALL
   SELECT uuidv7(), s.site_id, s.id, 2, s.ended_at, s.ended_at::date, date_trunc('month', s.start_on), s.currency, 'churn',
     s.ended_why, c.amount_minor, 0, NULL FROM schedules s JOIN schedule_prices c ON c.schedule_id = s.id
   WHERE s.state = 'cancelled'
   UNION ALL
   SELECT uuidv7(), s.site_id, s.id, 2, p.due_at, p.day, date_trunc('month', s.start_on), s.currency, 'expansion', '',
     p.amount_minor, p.amount_minor + 1000, p.id FROM schedules s JOIN periods p ON p.schedule_id = s.id
   WHERE s.state = 'active' AND p.number = 1 + abs(hashtext(s.id::text)) % 10`,
  `INSERT INTO recoveries (period_id, site_id, schedule_id, at, day, currency, amount_minor, paid_by, tries, days)
   SELECT id, site_id, schedule_id, due_at, day, currency, amount_minor, 'collect', 1, 1 FROM periods
   WHERE state = 'paid' AND failed <> '[]'`,
  `INSERT INTO collects (id, site_id, gateway_account_id, instrument_id, sends, first_sent_at, sent_at)
   SELECT s.id, s.site_id, s.gateway_account_id, i.id, 1, s.created_at, s.created_at
   FROM sessions s JOIN instruments i ON i.session_id = s.id`,
  `INSERT INTO collect_results (id, site_id, at, day, currency, amount_minor, issuer, brand, outcome, reason)
   SELECT s.id, s.site_id, s.created_at, s.created_at::date, s.currency, s.amount_minor, 'Banco', 'visa',
     CASE WHEN hashtext(s.id::text) % 6 = 0 THEN 'balance' ELSE 'approved' END,
     CASE WHEN hashtext(s.id::text) % 6 = 0 THEN '51' END FROM sessions s JOIN collects c ON c.id = s.id`,
  `INSERT INTO mails (id, site_id, order_id, template, dedupe, recipient, language, data, state, created_at, queued_at, sends,
     sent_at)
   SELECT uuidv7(), s.site_id, s.order_id, 'receipt', 'bench:' || s.id, p.email, 'es', '{}',
     CASE WHEN hashtext(s.id::text) % 90 = 0 THEN 'failed' ELSE 'sent' END, s.created_at, s.created_at, 1, s.created_at
   FROM sessions s JOIN payers p ON p.id = s.payer_id WHERE s.state = 'approved' AND p.email IS NOT NULL`,
];
