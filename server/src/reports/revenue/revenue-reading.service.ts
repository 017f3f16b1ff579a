import { Injectable } from '@nestjs/common';
import {
  localDay,
  type ApprovalRate,
  type ApprovalRates,
  type ChargeOutcome,
  type Cohorts,
  type Currency,
  type MrrKind,
  type MrrMovements,
  type Recovery,
  type RevenueQuery,
  type RevenueSum,
  type ScheduleEnd,
} from '@recaudo/shared';
import { Clock } from '../../platform/clock.js';
import type { SiteScope } from '../../staff/access.js';
import {
  cohortRows,
  monthsUpTo,
  mrrMonths,
  rateOf,
  startOf,
  total,
  type Movement,
  type OutcomeSum,
} from './revenue.rules.js';
import { RevenueStore, seals, type ClosedMonth, type FigureRow, type View } from './revenue.store.js';

/** Issuers and brands beyond these are not shown. */
const MOST_NAMED = 50;

interface Window {
  view: View;
  months: string[];
  between: { from: string; to: string };
}

/** What subscriptions earn, by month and currency. Every method takes the sites that the reader may see. */
@Injectable()
export class RevenueReadingService {
  constructor(
    private readonly store: RevenueStore,
    private readonly clock: Clock,
  ) {}

  async movements(scope: SiteScope, query: RevenueQuery): Promise<MrrMovements> {
    const { view, months, between } = await this.window(scope, query);
    const [shown, late, nets, closed, fresh] = await Promise.all([
      this.store.figure('movements', 'shown', view, between),
      this.store.figure('movements', 'late', view, between),
      this.store.nets(view, between.to),
      this.store.months(view, between),
      this.fresh(view),
    ]);
    const currencies = currenciesOf([...shown, ...nets]).map((currency) => {
      const own = nets.filter((each) => each.currency === currency);
      const sealed = seals(closed, currency);
      const books = months.map((month) => ({
        ...{ month, sealedAt: sealedAt(closed, month), start: startOf(month, own, sealed) },
      }));
      return {
        currency,
        months: mrrMonths(
          books,
          shown.filter(of(currency)).map(movement),
          late.filter(of(currency)).map(movement),
        ),
      };
    });
    return { ...fresh, currencies };
  }

  /** As the facts stand: who is there is no matter of a month alone. */
  async cohorts(scope: SiteScope, query: RevenueQuery): Promise<Cohorts> {
    const { view, months, between } = await this.window(scope, query);
    const [deltas, movements, fresh] = await Promise.all([
      this.store.figure('cohorts', 'live', view, between),
      this.store.figure('movements', 'live', view, between),
      this.fresh(view),
    ]);
    const currencies = currenciesOf(deltas).map((currency) => {
      const joined = new Map(
        movements
          .filter((row) => row.currency === currency && row.kind === 'new')
          .map(({ month, count }) => [month, count]),
      );
      const own = deltas.filter(of(currency)).map(({ month, cohort, count, minor }) => ({
        ...{ month, cohort: String(cohort), count, minor },
      }));
      return { currency, cohorts: cohortRows(own, joined, months) };
    });
    return { ...fresh, currencies };
  }

  async recovery(scope: SiteScope, query: RevenueQuery): Promise<Recovery> {
    const { view, months, between } = await this.window(scope, query);
    const [shown, late, closed, fresh] = await this.monthly('recoveries', view, between);
    const currencies = currenciesOf(shown).map((currency) => ({
      currency,
      months: months.map((month) => {
        const own = shown.filter((row) => row.currency === currency && row.month === month);
        const by = (who: string) => total(own.filter((row) => row.paid_by === who));
        const count = total(own).count;
        const days = own.reduce((sum, row) => sum + Number(row.days), 0);
        return {
          ...monthOf(month, currency, closed, late),
          ...{ collect: by('collect'), link: by('link') },
          averageDays: count === 0 ? null : Math.round((days / count) * 10) / 10,
        };
      }),
    }));
    return { ...fresh, currencies };
  }

  async approval(scope: SiteScope, query: RevenueQuery): Promise<ApprovalRates> {
    const { view, months, between } = await this.window(scope, query);
    const [shown, late, closed, fresh] = await this.monthly('approvals', view, between);
    const currencies = currenciesOf(shown).map((currency) => {
      const own = shown.filter(of(currency));
      return {
        currency,
        months: months.map((month) => ({
          ...{ month, sealedAt: sealedAt(closed, month)?.toISOString() ?? null },
          late: lateRate(late.filter((row) => row.currency === currency && row.month === month)),
          ...rateOf(own.filter((row) => row.month === month).map(outcome)),
        })),
        issuers: named(own, 'issuer'),
        brands: named(own, 'brand'),
        reasons: grouped(
          own.filter((row) => row.outcome !== 'approved'),
          ({ outcome: how, reason }) => JSON.stringify([how, reason]),
        ).map(([key, rows]) => {
          const [how, reason] = JSON.parse(key) as [ChargeOutcome, string];
          return { outcome: how, reason, ...total(rows) };
        }),
      };
    });
    return { ...fresh, currencies };
  }

  private monthly(
    name: 'recoveries' | 'approvals',
    view: View,
    between: Window['between'],
  ): Promise<[FigureRow[], FigureRow[], ClosedMonth[], { freshAt: string | null; waiting: boolean }]> {
    return Promise.all([
      this.store.figure(name, 'shown', view, between),
      this.store.figure(name, 'late', view, between),
      this.store.months(view, between),
      this.fresh(view),
    ]);
  }

  /** The last months up to the one that it is at any of the sites. */
  private async window(scope: SiteScope, query: RevenueQuery): Promise<Window> {
    const view = { scope, siteId: query.siteId ?? null };
    const now = this.clock.now();
    const today = (await this.store.zones(view))
      .map((zone) => localDay(now, zone))
      .sort()
      .at(-1);
    const to = (today ?? localDay(now, 'UTC')).slice(0, 7);
    const months = monthsUpTo(to, query.months);
    return { view, months, between: { from: months[0] ?? to, to } };
  }

  private async fresh(view: View): Promise<{ freshAt: string | null; waiting: boolean }> {
    const { freshAt, waiting } = await this.store.freshness(view);
    return { freshAt: freshAt?.toISOString() ?? null, waiting };
  }
}

const of =
  (currency: Currency) =>
  (row: FigureRow): boolean =>
    row.currency === currency;

function currenciesOf(rows: readonly { currency: Currency }[]): Currency[] {
  return [...new Set(rows.map(({ currency }) => currency))].sort();
}

function movement({ month, kind, why, count, minor }: FigureRow): Movement {
  return { month, kind: kind as MrrKind, why: why as ScheduleEnd | '', count, minor };
}

function outcome({ outcome: how, count, minor }: FigureRow): OutcomeSum {
  return { outcome: how as ChargeOutcome, count, minor };
}

/** Closed when it is closed at every site that has figures of it: since the last of them was. */
function sealedAt(closed: readonly ClosedMonth[], month: string): Date | null {
  const own = closed.filter((each) => each.month === month).map((each) => each.sealedAt);
  const latest = own.reduce<Date | null>((last, at) => (at && (!last || at > last) ? at : last), null);
  return own.includes(null) ? null : latest;
}

function monthOf(
  month: string,
  currency: Currency,
  closed: readonly ClosedMonth[],
  late: readonly FigureRow[],
): { month: string; sealedAt: string | null; late: RevenueSum | null } {
  const news = late.filter((row) => row.month === month && row.currency === currency);
  return {
    ...{ month, sealedAt: sealedAt(closed, month)?.toISOString() ?? null },
    late: news.length === 0 ? null : total(news),
  };
}

function lateRate(rows: readonly FigureRow[]): ApprovalRate | null {
  return rows.length === 0 ? null : rateOf(rows.map(outcome));
}

function named(rows: readonly FigureRow[], key: 'issuer' | 'brand'): (ApprovalRate & { name: string })[] {
  return grouped(rows, (row) => String(row[key]))
    .slice(0, MOST_NAMED)
    .map(([name, own]) => ({ name, ...rateOf(own.map(outcome)) }));
}

/** By what `key` says, the most charges first. */
function grouped(rows: readonly FigureRow[], key: (row: FigureRow) => string): [string, FigureRow[]][] {
  const groups = new Map<string, FigureRow[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups].sort(([, left], [, right]) => total(right).count - total(left).count);
}
