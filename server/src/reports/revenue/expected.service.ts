import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { EXPECTED_DAYS, localDay, type Currency, type ExpectedIncome } from '@recaudo/shared';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import type { SiteScope } from '../../staff/access.js';
import { DUES_SQL } from './dues.js';
import { band, estimate, type Due, type History } from './revenue.rules.js';
import { RevenueStore } from './revenue.store.js';

/** What subscriptions will bring in, by their own calendar and by how their charges went so far: an estimate. */
@Injectable()
export class ExpectedService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: RevenueStore,
    private readonly clock: Clock,
  ) {}

  async read(scope: SiteScope, siteId: string | null): Promise<ExpectedIncome> {
    const now = this.clock.now();
    const [histories, rows] = await Promise.all([
      this.store.histories({ scope, siteId }, localDay(now, 'UTC')),
      this.database.query<({ days: number; key: string } & Due)[]>(
        `SELECT *, site_id || ' ' || currency AS key FROM (${DUES_SQL}) dues`,
        [scope, siteId, now, EXPECTED_DAYS],
      ),
    ]);
    const dues = (days: number) =>
      new Map(
        rows
          .filter((row) => row.days === days)
          .map(({ key, count, minor, squares }) => [key, { count, minor, squares }]),
      );
    return {
      asOf: now.toISOString(),
      horizons: EXPECTED_DAYS.map((days) => ({ days, currencies: byCurrency(dues(days), histories) })),
    };
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
