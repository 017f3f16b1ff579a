import { PassThrough, type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import {
  minorToDecimal,
  type ApprovalRates,
  type Cohorts,
  type Currency,
  type ExpectedIncome,
  type MrrMovements,
  type Recovery,
  type RevenueRowsFilter,
  type RevenueTableQuery,
} from '@recaudo/shared';
import { stringify, type Stringifier } from 'csv-stringify';
import { stringify as stringifyNow } from 'csv-stringify/sync';
import { CSV } from '../../platform/csv.js';
import type { Place } from '../../platform/keyset.js';
import { localInstant } from '../../platform/local-instant.js';
import type { SiteScope } from '../../staff/access.js';
import { ExpectedService } from './expected.service.js';
import { RevenueReadingService } from './revenue-reading.service.js';
import { RevenueRowsStore, type RevenueSqlRow } from './revenue-rows.store.js';

const PAGE = 1_000;

type Line = Record<string, string | number>;

/** The tables of the pages, and the rows behind a number, as CSV. */
@Injectable()
export class RevenueCsvService {
  constructor(
    private readonly reading: RevenueReadingService,
    private readonly expected: ExpectedService,
    private readonly rows: RevenueRowsStore,
  ) {}

  async table(scope: SiteScope, query: RevenueTableQuery): Promise<string> {
    return stringifyNow(await this.lines(scope, query), CSV);
  }

  /** Streamed page by page, times in that zone. */
  rowsCsv(scope: SiteScope, filter: RevenueRowsFilter, zone: string): Readable {
    const csv = stringify(CSV);
    this.fill(csv, scope, filter, zone).catch((error: Error) => csv.destroy(error));
    return csv.pipe(new PassThrough());
  }

  private async lines(scope: SiteScope, query: RevenueTableQuery): Promise<Line[]> {
    switch (query.table) {
      case 'movements':
        return movementLines(await this.reading.movements(scope, query));
      case 'cohorts':
        return cohortLines(await this.reading.cohorts(scope, query));
      case 'recovery':
        return recoveryLines(await this.reading.recovery(scope, query));
      case 'approval':
        return approvalLines(await this.reading.approval(scope, query));
      case 'expected':
        return expectedLines(await this.expected.read(scope, query.siteId ?? null));
    }
  }

  private async fill(
    csv: Stringifier,
    scope: SiteScope,
    filter: RevenueRowsFilter,
    zone: string,
  ): Promise<void> {
    let place: Place | null = null;
    for (;;) {
      const rows = await this.rows.page(scope, filter, { place, limit: PAGE });
      for (const row of rows)
        if (!csv.write(rowLine(row, filter.currency, zone)))
          await new Promise((resolve) => csv.once('drain', resolve));
      const last = rows.at(-1);
      if (rows.length < PAGE || !last) break;
      place = { at: last.at, id: last.id, direction: 'next' };
    }
    csv.end();
  }
}

function movementLines({ currencies }: MrrMovements): Line[] {
  return currencies.flatMap(({ currency, months }) =>
    months.map(({ month, carried, start, kinds, churn, end, late, sealedAt }) => ({
      ...{ month, currency },
      ...{ start: money(start.minor, currency), startCount: start.count },
      carried: money(carried.minor, currency),
      ...columns(kinds, currency),
      ...columns(
        { churnChosen: churn.chosen, churnUnpaid: churn.unpaid, churnFinished: churn.finished },
        currency,
      ),
      ...{ end: money(end.minor, currency), endCount: end.count },
      ...{ late: money(late?.minor ?? 0, currency), sealedAt: sealedAt ?? '' },
    })),
  );
}

function cohortLines({ currencies }: Cohorts): Line[] {
  return currencies.flatMap(({ currency, cohorts }) =>
    cohorts.flatMap(({ month, joined, cells }) =>
      cells.map(({ count, minor }, monthsSince) => ({
        ...{ cohort: month, currency, joined, monthsSince, count, amount: money(minor, currency) },
      })),
    ),
  );
}

function recoveryLines({ currencies }: Recovery): Line[] {
  return currencies.flatMap(({ currency, months }) =>
    months.map(({ month, collect, link, averageDays, late, sealedAt }) => ({
      ...{ month, currency, ...columns({ collect, link }, currency), averageDays: averageDays ?? '' },
      ...{ late: money(late?.minor ?? 0, currency), sealedAt: sealedAt ?? '' },
    })),
  );
}

function approvalLines({ currencies }: ApprovalRates): Line[] {
  return currencies.flatMap(({ currency, months, issuers, brands, reasons }) => [
    ...months.map(({ month, approved, declined, technical, unlisted, late, sealedAt }) => ({
      ...{ by: 'month', name: month, currency },
      ...columns({ approved, declined, technical, unlisted }, currency),
      ...columns({ lateApproved: late?.approved ?? NONE, lateDeclined: late?.declined ?? NONE }, currency),
      sealedAt: sealedAt ?? '',
    })),
    ...[...issuers.map((row) => ({ by: 'issuer', row })), ...brands.map((row) => ({ by: 'brand', row }))].map(
      ({ by, row: { name, ...rate } }) => ({ by, name, currency, ...columns(rate, currency) }),
    ),
    ...reasons.map(({ outcome, reason, count, minor }) => ({
      ...{ by: 'reason', name: `${outcome} ${reason}`.trim(), currency },
      ...columns({ approved: NONE, declined: NONE, technical: NONE, unlisted: NONE }, currency),
      ...columns({ [ofOutcome(outcome)]: { count, minor } }, currency),
    })),
  ]);
}

const NONE = { count: 0, minor: 0 };

function ofOutcome(outcome: string): string {
  return outcome === 'technical' || outcome === 'unlisted' ? outcome : 'declined';
}

function expectedLines({ horizons }: ExpectedIncome): Line[] {
  return horizons.flatMap(({ days, currencies }) =>
    currencies.map(({ currency, due, estimate, withoutHistory, history }) => ({
      ...{ days, currency, charges: due.count, due: money(due.minor, currency) },
      estimate: estimate ? money(estimate.minor, currency) : '',
      low: estimate ? money(estimate.lowMinor, currency) : '',
      high: estimate ? money(estimate.highMinor, currency) : '',
      withoutHistory: money(withoutHistory.minor, currency),
      ...{ periodsPaid: history.paid, periodsSettled: history.settled },
    })),
  );
}

function rowLine(row: RevenueSqlRow, currency: Currency, zone: string): Line {
  return {
    ...{ at: localInstant(row.at.toISOString(), zone), day: row.day, what: row.what, why: row.why ?? '' },
    ...{ reference: row.reference, plan: row.plan ?? '', payer: row.payer_name ?? '' },
    ...{ amount: money(row.minor, currency), currency, count: row.count },
    ...{ scheduleId: row.schedule_id ?? '', sessionId: row.session_id ?? '', id: row.id },
  };
}

function columns(sums: Record<string, { count: number; minor: number }>, currency: Currency): Line {
  const line: Line = {};
  for (const [name, { count, minor }] of Object.entries(sums)) {
    line[name] = money(minor, currency);
    line[`${name}Count`] = count;
  }
  return line;
}

function money(minor: number, currency: Currency): string {
  return minorToDecimal(minor, currency);
}
