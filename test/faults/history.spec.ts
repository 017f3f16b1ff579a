import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { useProduct, type Product } from '../support/product.js';

const PAYMENTS = 96;
const SCHEDULES = 24;
const PLANNED = PAYMENTS + SCHEDULES;
const product = useProduct({ DEMO_HISTORY: String(PAYMENTS) });

const made = async (here: Product): Promise<number> => {
  const { history } = (await here.anonymous().get('/api/practice')).body as {
    history: { made: number } | null;
  };
  return history?.made ?? 0;
};

let told: Promise<Product> | null = null;

/** Killed once while payments are made and once while schedules are. */
async function tell(): Promise<Product> {
  const here = await product();
  // After a kill the lease lapses first, and what was just begun is not known for a minute.
  const until = (least: number) =>
    eventually(async () => (await made(here)) >= least, { seconds: 240, what: `${least} of the history` });
  await until(8);
  await here.server.restart();
  await until(46);
  await here.server.restart();
  await until(PLANNED);
  await (await here.as('admin')).post('/api/jobs/revenue/run');
  return here;
}

const history = (): Promise<Product> => (told ??= tell());

async function one<Row>(sql: string): Promise<Row | undefined> {
  const { rows } = await (await history()).db.query(sql);
  return rows[0] as Row | undefined;
}

async function list(sql: string): Promise<string[]> {
  const { rows } = await (await history()).db.query<{ name: string }>(sql);
  return rows.map(({ name }) => name);
}

describe('kill -9 while the demo history is made', () => {
  it('lets the next start finish it, with nothing made twice', async () => {
    const here = await history();
    const orders = await one(
      `SELECT count(*) FILTER (WHERE p.id IS NULL AND o.reference NOT LIKE 'ALTA-%')::int AS payments,
         count(*) FILTER (WHERE o.reference LIKE 'ALTA-%')::int AS cards,
         (SELECT count(*) FROM schedules)::int AS schedules
       FROM orders o LEFT JOIN periods p ON p.order_id = o.id`,
    );
    const overpaid = await one(
      'SELECT count(*)::int AS count FROM obligations WHERE settled_minor > due_minor',
    );
    const elsewhere = (await here.control('GET', '/sessions?reference=WOO-7001')).body as unknown[];
    // One of the planned payments is opened elsewhere and taken over.
    expect([orders, overpaid, elsewhere.length]).toEqual([
      { payments: PAYMENTS, cards: SCHEDULES, schedules: SCHEDULES },
      { count: 0 },
      1,
    ]);
  }, 600_000);
});

describe('the schedules of the demo history', () => {
  it('were charged once for each period that the gateway says was paid', async () => {
    const here = await history();
    const paid = await list(
      `SELECT o.reference AS name FROM periods p JOIN orders o ON o.id = p.order_id WHERE p.state = 'paid'`,
    );
    const book = (await here.book()).filter(({ reference }) => /^SUS-/.test(reference));
    expect(book.map(({ reference }) => reference).sort()).toEqual(paid.sort());
  });

  it('leave nothing open in the past, and what comes next comes at its own hour', async () => {
    expect(
      await one(`SELECT count(*) FILTER (WHERE state = 'planned' AND next_try_at <> due_at)::int AS elsewhen,
        count(*) FILTER (WHERE state = 'planned' AND next_try_at < now() - interval '1 hour')::int AS forgotten,
        count(*) FILTER (WHERE state IN ('waiting', 'blocked', 'unknown', 'charging'))::int AS odd,
        count(*) FILTER (WHERE state = 'retrying')::int AS retrying FROM periods`),
    ).toEqual({ elsewhen: 0, forgotten: 0, odd: 0, retrying: 2 });
  });

  it('ended, stood still, were skipped and are not paid as schedules are', async () => {
    const found = await list(
      `SELECT DISTINCT concat_ws(' ', state, ended_why) AS name FROM schedules
       UNION SELECT DISTINCT concat_ws(' ', 'period', state, why) FROM periods
         WHERE state IN ('skipped', 'unpaid', 'retrying') ORDER BY name`,
    );
    expect(found).toEqual([
      'active',
      'cancelled chosen',
      'cancelled unpaid',
      'finished finished',
      'paused',
      'period retrying balance',
      'period skipped skipped',
      'period unpaid balance',
      'period unpaid hard',
      'period unpaid limit',
    ]);
  });

  it('give managers every movement, recoveries by both ways, and every sort of outcome but one', async () => {
    expect([
      await list('SELECT DISTINCT kind AS name FROM revenue_movements ORDER BY 1'),
      await list('SELECT DISTINCT paid_by AS name FROM revenue_recoveries ORDER BY 1'),
      await list('SELECT DISTINCT outcome AS name FROM revenue_approvals ORDER BY 1'),
    ]).toEqual([
      ['churn', 'contraction', 'expansion', 'new', 'reactivation'],
      ['collect', 'link'],
      ['approved', 'balance', 'hard', 'limit', 'technical'],
    ]);
  });

  it('have a policy of their own, a card that expires soon, and letters to those who were refused', async () => {
    const here = await history();
    const support = await here.as('support');
    const policies = (await support.get('/api/policies')).body.items as { schedules: number }[];
    const cards = (await support.get('/api/instruments?state=expiring')).body.items as unknown[];
    const letters = await one<{ count: number }>(
      `SELECT count(*)::int AS count FROM mails WHERE template = 'charge_failed'`,
    );
    expect([policies.length, policies.every(({ schedules }) => schedules >= 2)]).toEqual([1, true]);
    expect([cards.length > 0, (letters?.count ?? 0) >= 8]).toEqual([true, true]);
  });

  it('come to the same figures when these are made anew from the facts', async () => {
    const here = await history();
    const tables = ['revenue_movements', 'revenue_cohorts', 'revenue_recoveries', 'revenue_approvals'];
    const figures = async () => {
      const rows: string[] = [];
      for (const table of tables)
        rows.push(...(await list(`SELECT r::text AS name FROM ${table} r ORDER BY 1`)));
      return rows;
    };
    const before = await figures();
    for (const table of tables) await here.db.query(`DELETE FROM ${table}`);
    for (const facts of ['mrr_changes', 'recoveries', 'collect_results'])
      await here.db.query(
        `INSERT INTO revenue_marks (site_id, month) SELECT DISTINCT site_id, date_trunc('month', day)::date FROM ${facts}`,
      );
    await (await here.as('admin')).post('/api/jobs/revenue/run');
    expect([before.length > 40, await figures()]).toEqual([true, before]);
  });
});
