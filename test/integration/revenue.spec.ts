import { describe, expect, it } from '@jest/globals';
import type { MrrKind, ScheduleView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { storeInstrument } from '../support/instruments.js';
import { CARDS, useProduct, type Product } from '../support/product.js';
import { act, createSchedule, dayFromNow, untilPeriod } from '../support/schedules.js';

const product = useProduct();
const DAY = 24 * 60;

interface Fact {
  kind: MrrKind;
  why: string;
  mrr: number;
}

async function facts(here: Product, { id }: ScheduleView): Promise<string[]> {
  const { rows } = await here.db.query<Fact>(
    'SELECT kind, why, mrr_minor::float8 AS mrr FROM mrr_changes WHERE schedule_id = $1 ORDER BY seq',
    [id],
  );
  return rows.map(({ kind, why, mrr }) => [kind, why, mrr].filter((each) => each !== '').join(' '));
}

async function weekly(
  here: Product,
  card: string,
  more: Record<string, unknown> = {},
): Promise<ScheduleView> {
  const startOn = await dayFromNow(here, 1);
  return createSchedule(here, card, {
    unit: 'day',
    interval: 7,
    startOn,
    chargeHour: 0,
    amountMinor: 112_000,
    ...more,
  });
}

/** 112 000 by day, every seven days: times 487 / 112. */
const WEEKLY = 487_000;

let lived: Promise<ScheduleView> | null = null;

/** A subscription that was paid, became dearer, stood still, came back and was given up. */
async function life(here: Product): Promise<ScheduleView> {
  const made = await weekly(here, await storeInstrument(here, CARDS.approved));
  await here.advance(2 * DAY);
  await untilPeriod(here, made.id, 1, 'paid');
  await act(here, made.id, {
    act: 'amount',
    amountMinor: 224_000,
    taxes: [],
    fromOn: await dayFromNow(here, 2),
  });
  await here.advance(6 * DAY);
  await untilPeriod(here, made.id, 2, 'paid');
  await act(here, made.id, { act: 'pause' });
  await here.advance(DAY);
  await act(here, made.id, { act: 'resume' });
  await here.advance(7 * DAY);
  await untilPeriod(here, made.id, 3, 'paid');
  await act(here, made.id, { act: 'cancel', when: 'now' });
  await (await here.as('admin')).post('/api/jobs/revenue/run');
  return made;
}

const story = (here: Product): Promise<ScheduleView> => (lived ??= life(here));

let recovering: Promise<object[]> | null = null;

/** Its first charge lacks money, the next day another card pays it. */
async function recover(here: Product): Promise<object[]> {
  const made = await weekly(here, await storeInstrument(here, CARDS.insufficientFunds));
  await here.advance(2 * DAY);
  await untilPeriod(here, made.id, 1, 'retrying');
  const rich = await storeInstrument(here, CARDS.approved);
  await act(here, made.id, { act: 'instrument', instrumentId: rich });
  await here.advance(DAY + 30);
  await untilPeriod(here, made.id, 1, 'paid');
  await (await here.as('admin')).post('/api/jobs/revenue/run');
  const { rows } = await here.db.query<object>(
    'SELECT amount_minor::int AS amount, paid_by, tries, days FROM recoveries WHERE schedule_id = $1',
    [made.id],
  );
  return rows;
}

const recovered = (here: Product): Promise<object[]> => (recovering ??= recover(here));

describe('what a subscription earns', () => {
  it('counts from its first paid period until it is given up, and again once it is paid after a pause', async () => {
    const here = await product();
    expect(await facts(here, await story(here))).toEqual([
      `new ${WEEKLY}`,
      `expansion ${2 * WEEKLY}`,
      'churn chosen 0',
      `reactivation ${2 * WEEKLY}`,
      'churn chosen 0',
    ]);
  });

  it('ends as unpaid when the policy gives it up', async () => {
    const here = await product();
    const made = await weekly(here, await storeInstrument(here, CARDS.approved));
    await here.advance(2 * DAY);
    await untilPeriod(here, made.id, 1, 'paid');
    const poor = await storeInstrument(here, CARDS.insufficientFunds);
    await act(here, made.id, { act: 'instrument', instrumentId: poor });
    await here.advance(6 * DAY);
    await untilPeriod(here, made.id, 2, 'retrying');
    for (let day = 0; day < 3; day += 1) {
      const before = (
        await here.db.query('SELECT tries FROM periods WHERE schedule_id = $1 AND number = 1', [made.id])
      ).rows[0]?.tries as number;
      await here.advance(DAY + 30);
      await eventually(
        async () => {
          const { rows } = await here.db.query(
            'SELECT tries FROM periods WHERE schedule_id = $1 AND number = 1',
            [made.id],
          );
          return rows[0]?.tries > before;
        },
        { seconds: 20, what: 'another try' },
      );
    }
    await untilPeriod(here, made.id, 2, 'unpaid');
    expect(await facts(here, made)).toEqual([`new ${WEEKLY}`, 'churn unpaid 0']);
  });

  it('is money recovered where it came in after a try that failed', async () => {
    const here = await product();
    expect(await recovered(here)).toEqual([{ amount: 112_000, paid_by: 'collect', tries: 1, days: 1 }]);
  });

  it('counts nothing in a trial', async () => {
    const here = await product();
    const made = await weekly(here, await storeInstrument(here, CARDS.approved), { trialDays: 5 });
    await here.advance(3 * DAY);
    expect(await facts(here, made)).toEqual([]);
  });
});

describe('the readers of what subscriptions earn', () => {
  it('see months whose movements add up, in one currency', async () => {
    const here = await product();
    await story(here);
    const { body } = await (await here.as('manager')).get('/api/revenue/movements');
    const [{ currency, months }] = body.currencies;
    const off = months.filter(
      (month: {
        start: { minor: number };
        end: { minor: number };
        kinds: Record<string, { minor: number }>;
      }) =>
        month.start.minor + Object.values(month.kinds).reduce((sum, { minor }) => sum + minor, 0) !==
        month.end.minor,
    );
    expect([currency, months.length, off]).toEqual(['COP', 12, []]);
  });

  it('open a number and see its rows, a page at a time', async () => {
    const here = await product();
    const made = await story(here);
    const manager = await here.as('manager');
    const rows = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const { body } = await manager.get(`/api/revenue/rows?figure=movements&currency=COP&limit=2${cursor}`);
      rows.push(...body.items);
      next = body.next;
    }
    const own = rows
      .filter(({ scheduleId }) => scheduleId === made.id)
      .map(({ what, minor }) => [what, minor]);
    expect(own).toEqual([
      ['churn', -2 * WEEKLY],
      ['reactivation', 2 * WEEKLY],
      ['churn', -2 * WEEKLY],
      ['expansion', WEEKLY],
      ['new', WEEKLY],
    ]);
  });

  it('see how charges ended by issuer, brand and reason', async () => {
    const here = await product();
    await story(here);
    await (await here.as('admin')).post('/api/jobs/revenue/run');
    const { body } = await (await here.as('manager')).get('/api/revenue/approval');
    const [{ months, brands, reasons }] = body.currencies;
    const approved = months.reduce(
      (sum: number, month: { approved: { count: number } }) => sum + month.approved.count,
      0,
    );
    const { rows } = await here.db.query(
      `SELECT count(*)::int AS count FROM collects c JOIN sessions s ON s.id = c.id WHERE s.state = 'approved'`,
    );
    expect([approved, brands.length > 0, reasons.map(({ outcome }: { outcome: string }) => outcome)]).toEqual(
      [rows[0]?.count, true, ['balance']],
    );
  });

  it('see only the sites that are theirs', async () => {
    const here = await product();
    await story(here);
    await here.db.query(`UPDATE people SET all_sites = false, site_ids = $1 WHERE email LIKE 'auditor@%'`, [
      [await here.siteId('ec')],
    ]);
    const auditor = await here.as('auditor');
    const [movements, rows] = [
      await auditor.get('/api/revenue/movements'),
      await auditor.get(`/api/revenue/rows?figure=movements&currency=COP&siteId=${await here.siteId()}`),
    ];
    expect([movements.body.currencies, rows.body.items]).toEqual([[], []]);
  });

  it('are shown the very SQL that makes a number, and it runs', async () => {
    const here = await product();
    await story(here);
    const { body } = await (await here.as('manager')).get('/api/revenue/definitions');
    const { sql } = body.items.find(({ key }: { key: string }) => key === 'movements');
    const { rows: months } = await here.db.query(`SELECT site_id, month::text FROM revenue_months LIMIT 1`);
    const { rows } = await here.db.query(sql, [months[0].site_id, months[0].month]);
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each(['movements', 'cohorts', 'recovery', 'approval', 'expected'])(
    'take the table of %s away as CSV',
    async (table) => {
      const here = await product();
      await story(here);
      await recovered(here);
      const { text, headers } = await (await here.as('manager')).get(`/api/revenue/export?table=${table}`);
      const [head = '', ...lines] = text.trim().split('\r\n');
      expect([
        headers.get('content-type'),
        head.includes('currency'),
        lines.every((line) => line.includes('COP')),
      ]).toEqual(['text/csv; charset=utf-8', true, true]);
    },
  );

  it('take the rows away as CSV in which no cell is a formula', async () => {
    const here = await product();
    await story(here);
    await here.db.query(`UPDATE schedules SET plan = '=HYPERLINK("x")' WHERE plan = 'Plan de prueba'`);
    const { text } = await (await here.as('manager')).get('/api/revenue/rows/export?figure=mrr&currency=COP');
    const { text: moves } = await (
      await here.as('manager')
    ).get('/api/revenue/rows/export?figure=movements&currency=COP');
    expect([/[,\n]"?=HYPER/.test(text + moves), moves.includes(`'=HYPER`)]).toEqual([false, true]);
  });

  it.each([
    'figure=movements',
    'figure=nothing&currency=COP',
    'figure=mrr&currency=COP&month=2026-13',
    'figure=expected&currency=COP&days=31',
  ])('are told what is wrong with %s', async (query) => {
    const here = await product();
    const { status } = await (await here.as('manager')).get(`/api/revenue/rows?${query}`);
    expect(status).toBe(422);
  });
});
