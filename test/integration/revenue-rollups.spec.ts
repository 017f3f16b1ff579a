import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, EXPECTED_DAYS } from '@recaudo/shared';
import { chargeDay } from '../../server/src/schedules/calendar.rules.js';
import { plannedPeriod, priceOn, type Price } from '../../server/src/schedules/period.rules.js';
import { PriceRow, type ScheduleRow } from '../../server/src/schedules/schedule.entity.js';
import { draw } from '../support/draw.js';
import { RevenueParts } from '../support/revenue.js';

let parts: RevenueParts;
beforeAll(async () => {
  parts = await RevenueParts.start();
});
afterAll(() => parts.stop());

const TABLES = ['revenue_movements', 'revenue_cohorts', 'revenue_recoveries', 'revenue_approvals'];

async function rollups(): Promise<unknown[]> {
  return Promise.all(
    TABLES.map((table) => parts.database.query(`SELECT r::text AS row FROM ${table} r ORDER BY 1`)),
  );
}

/** As if there had never been a rollup: all from the facts. */
async function rebuild(): Promise<void> {
  for (const table of TABLES) await parts.database.query(`DELETE FROM ${table}`);
  for (const facts of ['mrr_changes', 'recoveries', 'collect_results'])
    await parts.database.query(
      `INSERT INTO revenue_marks (site_id, month) SELECT DISTINCT site_id, date_trunc('month', day)::date FROM ${facts}`,
    );
  await parts.refresh();
}

/** What so many schedules of a site live through in those days; the rollups are brought up to date now and then. */
async function live(seed: string, days: number, from: string): Promise<void> {
  const chance = draw(seed);
  const sites = [await parts.site('America/Bogota'), await parts.site('America/Santiago')];
  const schedules: { row: ScheduleRow; paid: number }[] = [];
  for (let day = from; day < addDays(from, days); day = addDays(day, 1)) {
    parts.at(`${day}T${String(chance.between(0, 23)).padStart(2, '0')}:30:00Z`);
    for (let acts = chance.between(1, 5); acts > 0; acts -= 1) {
      const known = schedules.length > 0 && !chance.chance(0.25) ? chance.pick(schedules) : null;
      const one = known ?? { row: await parts.schedule(chance.pick(sites)), paid: 0 };
      if (!known) schedules.push(one);
      const deed = chance.weigh([
        ['pay', 6],
        ['pause', 1],
        ['resume', 2],
        ['cancel', 1],
      ] as const);
      if (deed === 'pay') {
        await parts.pay(one.row, one.paid, chance.pick([1_000, 2_000, 3_500]), chance.between(0, 2));
        one.paid += 1;
      } else if (deed === 'resume') await parts.become(one.row, 'active');
      else
        await parts.become(
          one.row,
          deed === 'pause' ? 'paused' : 'cancelled',
          chance.pick(['chosen', 'unpaid']),
        );
    }
    if (chance.chance(0.3)) await parts.refresh();
  }
}

describe('monthly figures brought up to date now and then', () => {
  it('are the same as made anew from the facts', async () => {
    await live('2026-a', 120, '2026-01-10');
    await parts.refresh();
    const before = await rollups();
    await rebuild();
    expect([before.flat().length > 40, before]).toEqual([true, await rollups()]);
  });

  it('add up, month by month, to what the schedules earn', async () => {
    const { currencies } = await parts.reading.movements(null, { months: 12 });
    const months = currencies[0]?.months ?? [];
    const found = await parts.database.query<{ month: string; minor: string; count: number }[]>(
      `SELECT m.month, coalesce(sum(mrr_minor), 0) AS minor, count(*) FILTER (WHERE kind <> 'churn')::int AS count
       FROM unnest($1::text[]) m(month) LEFT JOIN LATERAL (
         SELECT DISTINCT ON (schedule_id) mrr_minor, kind FROM mrr_changes
         WHERE to_char(day, 'YYYY-MM') <= m.month ORDER BY schedule_id, seq DESC) last ON true
       GROUP BY m.month ORDER BY m.month`,
      [months.map(({ month }) => month)],
    );
    expect(months.map(({ month, end }) => [month, end.minor, end.count])).toEqual(
      found.map(({ month, minor, count }) => [month, Number(minor), count]),
    );
  });

  it('would differ if a single fact left no mark', async () => {
    const site = await parts.site();
    const schedule = await parts.schedule(site);
    await parts.database.query('ALTER TABLE mrr_changes DISABLE TRIGGER mrr_changes_mark');
    await parts.pay(schedule, 0, 5_000);
    await parts.database.query('ALTER TABLE mrr_changes ENABLE TRIGGER mrr_changes_mark');
    await parts.refresh();
    const before = await rollups();
    await rebuild();
    expect(before).not.toEqual(await rollups());
  });

  it('do not miss a commit that comes later than the reading', async () => {
    const site = await parts.site();
    const [early, late] = [await parts.schedule(site), await parts.schedule(site)];
    const runner = parts.database.createQueryRunner();
    await runner.startTransaction();
    await parts.mrr.paid(runner.manager, late, await parts.period(late, 0, { state: 'paid' }), 'collect');
    await parts.pay(early, 0, 1_000);
    await parts.refresh();
    await runner.commitTransaction();
    await runner.release();
    await parts.refresh();
    const [row] = await parts.database.query<{ count: string }[]>(
      `SELECT sum(count) AS count FROM revenue_movements WHERE site_id = $1 AND kind = 'new'`,
      [site.id],
    );
    expect(Number(row?.count)).toBe(2);
  });
});

describe('a month that is over', () => {
  const seals = (siteId: string) =>
    parts.database.query<{ figures: object; sha256: string; right: boolean }[]>(
      `SELECT figures, sha256, sha256 = encode(sha256(convert_to(figures::text, 'UTF8')), 'hex') AS right
       FROM revenue_seals WHERE site_id = $1 ORDER BY month`,
      [siteId],
    );

  it('is closed three days later by the clock of its site, and not before', async () => {
    const site = await parts.site('America/Bogota');
    parts.at('2026-07-10T12:00:00Z');
    await parts.pay(await parts.schedule(site), 0, 1_000);
    await parts.refresh();
    parts.at('2026-08-04T04:59:00Z');
    await parts.refresh();
    const before = (await seals(site.id)).length;
    parts.at('2026-08-04T05:01:00Z');
    await parts.refresh();
    expect([before, (await seals(site.id)).map(({ right }) => right)]).toEqual([0, [true]]);
  });

  it('never changes: what becomes known later is shown beside it', async () => {
    const site = await parts.site();
    parts.at('2026-09-10T12:00:00Z');
    await parts.pay(await parts.schedule(site), 0, 1_000);
    await parts.refresh();
    parts.at('2026-10-05T12:00:00Z');
    await parts.refresh();
    const [closed] = await seals(site.id);
    await parts.database.query(
      `INSERT INTO mrr_changes SELECT gen_random_uuid(), site_id, schedule_id, seq + 1, at, day, cohort, currency, 'expansion',
         '', mrr_minor, mrr_minor + 500, period_id FROM mrr_changes WHERE site_id = $1`,
      [site.id],
    );
    await parts.refresh();
    const { currencies } = await parts.reading.movements(null, { months: 2, siteId: site.id });
    const [september, october] = currencies[0]?.months ?? [];
    expect({
      same: (await seals(site.id))[0]?.sha256 === closed?.sha256,
      september: [september?.end.minor, september?.late?.minor, september?.sealedAt !== null],
      october: [october?.carried.minor, october?.start.minor],
    }).toEqual({ same: true, september: [1_000, 500, true], october: [500, 1_500] });
  });

  it('cannot be edited by anybody', async () => {
    await expect(parts.database.query(`UPDATE revenue_seals SET figures = '{}'`)).rejects.toThrow(
      /append-only|change/,
    );
  });
});

describe('what schedules will bring in', () => {
  it('is what their own calendar asks for, by a history of thirty settled periods or more', async () => {
    parts.at('2026-11-10T15:00:00Z');
    const site = await parts.site();
    const nextAt = new Date('2026-11-20T14:00:00Z');
    const schedule = await parts.schedule(site, { startOn: '2026-11-20', nextAt }, 1_000);
    await parts.period(schedule, 0, { state: 'planned', day: '2026-11-20', dueAt: nextAt });
    const none = await parts.expected.read(null, site.id);
    const other = await parts.schedule(site);
    for (let number = 0; number < 30; number += 1)
      await parts.period(other, number, { state: number < 24 ? 'paid' : 'unpaid' });
    const known = await parts.expected.read(null, site.id);
    const read = ({ horizons }: typeof none) =>
      horizons.map(({ currencies: [first] }) => [first?.due.minor, first?.estimate?.minor ?? null]);
    expect([read(none), read(known)]).toEqual([
      [
        [1_000, null],
        [3_000, null],
      ],
      [
        [1_000, 800],
        [3_000, 2_400],
      ],
    ]);
  });

  it('is the sum of its rows, of whatever rhythm, and no row stands for nothing', async () => {
    parts.at('2026-12-10T15:00:00Z');
    const site = await parts.site();
    for (const [unit, startOn] of [
      ['day', '2026-12-11'],
      ['week', '2026-12-10'],
      ['month', '2027-01-09'],
      ['month', '2027-01-10'],
      ['year', '2027-03-11'],
    ] as const) {
      const nextAt = new Date(`${startOn}T14:00:00Z`);
      const schedule = await parts.schedule(site, { unit, startOn, nextAt }, 1_000);
      await parts.period(schedule, 0, { state: 'planned', day: startOn, dueAt: nextAt });
    }
    const { horizons } = await parts.expected.read(null, site.id);
    const found = await Promise.all(
      horizons.map(async ({ days, currencies: [first] }) => {
        const filter = { figure: 'expected', currency: 'COP', siteId: site.id, days } as const;
        const rows = await parts.rows.page(null, filter, { place: null, limit: 100 });
        const sum = rows.reduce((count, row) => count + row.count, 0);
        return [first?.due.count, sum, rows.length, rows.every(({ count }) => count > 0)];
      }),
    );
    expect(found).toEqual([
      [30 + 5 + 1, 36, 3, true],
      [90 + 13 + 3 + 3, 109, 4, true],
    ]);
  });

  it('leaves out what its means of payment keeps from being charged', async () => {
    parts.at('2026-11-10T15:00:00Z');
    const site = await parts.site();
    const cards = {
      good: await parts.instrument(site, { validUntil: '2027-02-28' }),
      ending: await parts.instrument(site, { validUntil: '2026-12-31' }),
      expired: await parts.instrument(site, { validUntil: '2026-10-31' }),
      suspended: await parts.instrument(site, { state: 'suspended' }),
      revoking: await parts.instrument(site, { state: 'revoking' }),
      revoked: await parts.instrument(site, { state: 'revoked' }),
      account: await parts.instrument(site, { type: 'account' }),
    };
    const nextAt = new Date('2026-11-20T14:00:00Z');
    const named = new Map<string, string>();
    for (const [name, instrumentId] of Object.entries(cards)) {
      const schedule = await parts.schedule(site, { instrumentId, startOn: '2026-11-20', nextAt }, 1_000);
      await parts.period(schedule, 0, { state: 'planned', day: '2026-11-20', dueAt: nextAt });
      named.set(schedule.id, name);
    }
    const { horizons } = await parts.expected.read(null, site.id);
    const filter = { figure: 'expected', currency: 'COP', siteId: site.id, days: 90 } as const;
    const rows = await parts.rows.page(null, filter, { place: null, limit: 100 });
    expect([
      horizons.map(({ currencies: [first] }) => first?.due.count),
      rows.map(({ id, count }) => `${named.get(id)} ${count}`).sort(),
    ]).toEqual([
      [2, 5],
      ['ending 2', 'good 3'],
    ]);
  });

  it('is what the calendar says of every plan: any rhythm, anchor, end, card and change of price', async () => {
    parts.at('2027-01-29T15:00:00Z');
    const today = '2027-01-29';
    const site = await parts.site();
    const chance = draw('2027-plans');
    const cards = new Map<string, { validUntil: string | null; state: string }>();
    for (let one = 0; one < 20; one += 1) {
      const validUntil = chance.chance(0.5) ? addDays(today, chance.between(-5, 120)) : null;
      const card = {
        validUntil,
        state: chance.chance(0.9) ? 'active' : chance.pick(['suspended', 'revoked']),
      };
      cards.set(await parts.instrument(site, card), card);
    }
    const due = new Map<string, { count: number; minor: number }[]>();
    for (let one = 0; one < 200; one += 1) {
      const unit = chance.pick(['day', 'week', 'month', 'month', 'month', 'year'] as const);
      const startOn = addDays('2026-06-01', chance.between(0, 300));
      const plan = {
        ...{ unit, startOn, trialDays: chance.pick([0, 0, 14]), interval: chance.pick([1, 1, 2, 5, 13]) },
        anchorDay: /month|year/.test(unit) && chance.chance(0.7) ? chance.between(25, 31) : null,
        maxPeriods: chance.chance(0.3) ? chance.between(1, 40) : null,
        endOn: chance.chance(0.3) ? addDays(today, chance.between(1, 100)) : null,
        ...{ zone: 'America/Bogota', chargeHour: 9 },
      };
      const prices: Price[] = [{ fromOn: startOn, amountMinor: 1_000, taxes: [] }];
      for (let more = chance.between(0, 3); more > 0; more -= 1)
        prices.push({ fromOn: addDays(startOn, more * 60), amountMinor: 1_000 + 37 * more, taxes: [] });
      let number = 0;
      while ((chargeDay(plan, number) ?? '9999') <= today) number += 1;
      const next = plannedPeriod(plan, prices, number);
      if (!next) continue;
      const [instrumentId, card] = chance.pick([...cards]);
      const row = await parts.schedule(site, { ...plan, instrumentId, nextAt: next.dueAt }, 1_000);
      for (const price of prices.slice(1))
        await parts.database.manager.insert(PriceRow, { scheduleId: row.id, ...price });
      const { day, dueAt, amountMinor } = next;
      await parts.period(row, number, { state: 'planned', day, dueAt, amountMinor });
      due.set(
        row.id,
        EXPECTED_DAYS.map((days) => {
          const sum = { count: 0, minor: 0 };
          for (let at = number; ; at += 1) {
            const charged = chargeDay(plan, at);
            if (charged === null || charged > addDays(today, days)) return sum;
            if (card.state !== 'active' || (card.validUntil !== null && charged > card.validUntil))
              return sum;
            sum.count += 1;
            sum.minor += priceOn(prices, charged).amountMinor;
          }
        }),
      );
    }
    for (const [index, days] of EXPECTED_DAYS.entries()) {
      const filter = { figure: 'expected', currency: 'COP', siteId: site.id, days } as const;
      const rows = await parts.rows.page(null, filter, { place: null, limit: 200 });
      const wanted = [...due].flatMap(([id, sums]) => {
        const sum = sums[index];
        return sum && sum.count > 0 ? [{ id, ...sum }] : [];
      });
      const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
      expect(wanted.length).toBeGreaterThan(60);
      expect(rows.map(({ id, count, minor }) => ({ id, count, minor })).sort(byId)).toEqual(
        wanted.sort(byId),
      );
    }
  });
});
