import type { Readable } from 'node:stream';
import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  approvalRatesSchema,
  cohortsSchema,
  expectedSchema,
  movementsSchema,
  recoverySchema,
  revenueDefinitionsSchema,
  revenueQuerySchema,
  revenueRowsFilterSchema,
  revenueRowsPageSchema,
  revenueRowsQuerySchema,
  revenueTableQuerySchema,
  type ApprovalRates,
  type Cohorts,
  type ExpectedIncome,
  type MrrMovements,
  type Recovery,
  type RevenueDefinitions,
  type RevenueQuery,
  type RevenueRowsFilter,
  type RevenueRowsPage,
  type RevenueRowsQuery,
  type RevenueRowView,
  type RevenueTableQuery,
} from '@recaudo/shared';
import { Answers } from '../../platform/http.js';
import { keysetPage, readCursor } from '../../platform/keyset.js';
import { Allow, Me, type Principal } from '../../staff/access.js';
import { PeopleService } from '../../staff/people.service.js';
import { DEFINITIONS } from './definitions.js';
import { ExpectedService } from './expected.service.js';
import { RevenueCsvService } from './revenue-csv.service.js';
import { RevenueReadingService } from './revenue-reading.service.js';
import { RevenueRowsStore, type RevenueSqlRow } from './revenue-rows.store.js';

/** What subscriptions earn: each number with its definition, its rows and its CSV. */
@ApiTags('revenue')
@Controller('revenue')
export class RevenueController {
  constructor(
    private readonly reading: RevenueReadingService,
    private readonly expecting: ExpectedService,
    private readonly rowsStore: RevenueRowsStore,
    private readonly csv: RevenueCsvService,
    private readonly people: PeopleService,
  ) {}

  @Get('movements')
  @Allow('revenue:read')
  @Answers(movementsSchema)
  movements(
    @Me() me: Principal,
    @Query({ schema: revenueQuerySchema }) query: RevenueQuery,
  ): Promise<MrrMovements> {
    return this.reading.movements(me.scope, query);
  }

  @Get('cohorts')
  @Allow('revenue:read')
  @Answers(cohortsSchema)
  cohorts(@Me() me: Principal, @Query({ schema: revenueQuerySchema }) query: RevenueQuery): Promise<Cohorts> {
    return this.reading.cohorts(me.scope, query);
  }

  @Get('recovery')
  @Allow('revenue:read')
  @Answers(recoverySchema)
  recovery(
    @Me() me: Principal,
    @Query({ schema: revenueQuerySchema }) query: RevenueQuery,
  ): Promise<Recovery> {
    return this.reading.recovery(me.scope, query);
  }

  @Get('approval')
  @Allow('revenue:read')
  @Answers(approvalRatesSchema)
  approval(
    @Me() me: Principal,
    @Query({ schema: revenueQuerySchema }) query: RevenueQuery,
  ): Promise<ApprovalRates> {
    return this.reading.approval(me.scope, query);
  }

  @Get('expected')
  @Allow('revenue:read')
  @Answers(expectedSchema)
  expected(
    @Me() me: Principal,
    @Query({ schema: revenueQuerySchema }) query: RevenueQuery,
  ): Promise<ExpectedIncome> {
    return this.expecting.read(me.scope, query.siteId ?? null);
  }

  /** What is behind a number: schedules, periods or charges. */
  @Get('rows')
  @Allow('revenue:read')
  @Answers(revenueRowsPageSchema)
  async rows(
    @Me() me: Principal,
    @Query({ schema: revenueRowsQuerySchema }) query: RevenueRowsQuery,
  ): Promise<RevenueRowsPage> {
    const { cursor, limit, ...filter } = query;
    const place = readCursor(cursor);
    const rows = await this.rowsStore.page(me.scope, filter, { place, limit: limit + 1 });
    const page = keysetPage(rows, limit, place, ({ at, id }) => ({ at, id }));
    return { ...page, items: page.items.map(rowView) };
  }

  @Get('rows/export')
  @Allow('revenue:read')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="ingresos-detalle.csv"')
  async rowsCsv(
    @Me() me: Principal,
    @Query({ schema: revenueRowsFilterSchema }) filter: RevenueRowsFilter,
  ): Promise<Readable> {
    const { zone } = await this.people.get(me.id);
    return this.csv.rowsCsv(me.scope, filter, zone);
  }

  @Get('export')
  @Allow('revenue:read')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="ingresos.csv"')
  table(
    @Me() me: Principal,
    @Query({ schema: revenueTableQuerySchema }) query: RevenueTableQuery,
  ): Promise<string> {
    return this.csv.table(me.scope, query);
  }

  @Get('definitions')
  @Allow('revenue:read')
  @Answers(revenueDefinitionsSchema)
  definitions(): RevenueDefinitions {
    return DEFINITIONS;
  }
}

function rowView(row: RevenueSqlRow): RevenueRowView {
  const { id, day, what, why, reference, plan, minor, count } = row;
  return {
    ...{ id, at: row.at.toISOString(), day, siteId: row.site_id, what, why, reference, plan },
    ...{ payerName: row.payer_name, minor, count, scheduleId: row.schedule_id, sessionId: row.session_id },
  };
}
