import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { addDays, EXPECTED_DAYS, localDay, type Currency, type ExpectedIncome } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { chargeDay, type Plan } from '../../schedules/calendar.rules.js';
import { priceOn, type Price } from '../../schedules/period.rules.js';
import type { SiteScope } from '../../staff/access.js';
import { band, estimate, type Due, type History } from './revenue.rules.js';
import { RevenueStore, type View } from './revenue.store.js';

/** Read at once; the plans of a hundred thousand schedules need not be in memory together. */
const BATCH = 2_000;

/** A schedule that goes on, with the number of its next period and its prices. */
export interface Going extends Plan {
  id: string;
  siteId: string;
  currency: Currency;
  nextAt: Date;
  number: number;
  prices: Price[];
}

/** Schedules that will charge again ($1, $2: the sites in view). Shown to readers. */
export const GOING_SQL = `SELECT s.id, s.site_id AS "siteId", s.currency, s.unit, s.interval_steps AS interval, s.start_on::text AS "startOn",
  s.trial_days AS "trialDays", s.anchor_day AS "anchorDay", s.max_periods AS "maxPeriods", s.end_on::text AS "endOn",
  s.zone, s.charge_hour AS "chargeHour", s.next_at AS "nextAt", n.number,
  (SELECT jsonb_agg(jsonb_build_object('fromOn', p.from_on, 'amountMinor', p.amount_minor, 'taxes', p.taxes)
    ORDER BY p.from_on) FROM schedule_prices p WHERE p.schedule_id = s.id) AS prices
FROM schedules s JOIN periods n ON n.schedule_id = s.id AND n.state = 'planned'
WHERE s.state = 'active' AND s.next_at IS NOT NULL
  AND ($1::uuid[] IS NULL OR s.site_id = ANY($1)) AND ($2::uuid IS NULL OR s.site_id = $2)`;

/** What a schedule will ask for up to and with each of those days, the last of them latest: how often, and the sum. */
export function duesUpTo(going: Going, lastDays: readonly string[]): Due[] {
  const dues = lastDays.map((): Due => ({ count: 0, minor: 0, squares: 0 }));
  const end = lastDays.at(-1) ?? '';
  for (let { number } = going; ; number += 1) {
    const day = chargeDay(going, number);
    if (day === null || day > end) return dues;
    const { amountMinor } = priceOn(going.prices, day);
    dues.forEach((due, index) => {
      if (day <= (lastDays[index] ?? ''))
        add(due, { count: 1, minor: amountMinor, squares: amountMinor ** 2 });
    });
  }
}

function add(sum: Due, { count, minor, squares }: Due): void {
  sum.count += count;
  sum.minor += minor;
  sum.squares += squares;
}

/** What subscriptions will bring in, by their own calendar and by how their charges went so far: an estimate. */
@Injectable()
export class ExpectedService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: RevenueStore,
    private readonly clock: Clock,
  ) {}

  async read(scope: SiteScope, siteId: string | null): Promise<ExpectedIncome> {
    const view = { scope, siteId };
    const now = this.clock.now();
    const histories = await this.store.histories(view, localDay(now, 'UTC'));
    const sums = EXPECTED_DAYS.map(() => new Map<string, Due>());
    // By zone: to find out a day takes longer than all the rest.
    const ends = new Map<string, string[]>();
    for await (const going of this.going(view)) {
      const { siteId: site, currency, zone } = going;
      const lastDays = ends.get(zone) ?? EXPECTED_DAYS.map((days) => addDays(localDay(now, zone), days));
      ends.set(zone, lastDays);
      const key = `${site} ${currency}`;
      duesUpTo(going, lastDays).forEach((due, index) => {
        const sum = sums[index]?.get(key);
        if (sum) add(sum, due);
        else sums[index]?.set(key, due);
      });
    }
    return {
      asOf: now.toISOString(),
      horizons: EXPECTED_DAYS.map((days, index) => ({
        days,
        currencies: byCurrency(sums[index] ?? new Map<string, Due>(), histories),
      })),
    };
  }

  private async *going({ scope, siteId }: View): AsyncGenerator<Going> {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await this.database.query<Going[]>(
        `${GOING_SQL} AND s.id > $3 ORDER BY s.id LIMIT ${BATCH}`,
        [scope, siteId, after],
      );
      yield* rows;
      const last = rows.at(-1);
      if (rows.length < BATCH || !last) return;
      after = last.id;
    }
  }
}

/** Keys are `siteId currency`: each site is estimated by its own history, then a currency's sites are added up. */
function byCurrency(
  dues: ReadonlyMap<string, Due>,
  histories: ReadonlyMap<string, History>,
): ExpectedIncome['horizons'][number]['currencies'] {
  const currencies = [...new Set([...dues.keys()].map(currencyOf))].sort();
  return currencies.map((currency) => {
    const sites = [...dues]
      .filter(([key, due]) => currencyOf(key) === currency && due.count > 0)
      .map(([key, due]) => {
        const history = histories.get(key) ?? { paid: 0, settled: 0 };
        return { due, history, estimated: estimate(due, history) };
      });
    const sum = (of: (site: (typeof sites)[number]) => number) =>
      sites.reduce((before, site) => before + of(site), 0);
    const known = sites.filter(({ estimated }) => estimated !== null);
    const without = (of: (due: Due) => number) =>
      sum(({ due, estimated }) => (estimated === null ? of(due) : 0));
    const due = { count: sum((site) => site.due.count), minor: sum((site) => site.due.minor) };
    const withoutHistory = { count: without(({ count }) => count), minor: without(({ minor }) => minor) };
    return {
      ...{ currency, due, withoutHistory },
      estimate: band(
        known.flatMap(({ estimated }) => estimated ?? []),
        due.minor - withoutHistory.minor,
      ),
      history: { paid: sum(({ history }) => history.paid), settled: sum(({ history }) => history.settled) },
    };
  });
}

function currencyOf(key: string): Currency {
  return key.split(' ')[1] as Currency;
}
