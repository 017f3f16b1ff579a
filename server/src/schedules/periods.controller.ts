import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  collectResultSchema,
  idSchema,
  periodChargePreviewSchema,
  periodCountsSchema,
  periodListQuerySchema,
  periodPageSchema,
  releaseChargesSchema,
  schedulePeriodSchema,
  waiveSchema,
  type CollectResult,
  type Page,
  type PeriodChargePreview,
  type PeriodCounts,
  type PeriodListItem,
  type PeriodListQuery,
  type PeriodView,
  type ReleaseCharges,
  type Waive,
} from '@recaudo/shared';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { collectResult } from '../sessions/collect.rules.js';
import { ProblemError } from '../platform/problem.js';
import { Allow, maySee, Me, type Principal } from '../staff/access.js';
import { BrakeService } from './brake.service.js';
import { PeriodsService } from './periods.service.js';
import { ScheduleReadingService } from './schedule-reading.service.js';

/** Periods that ask for somebody: refused, too late, blocked, unknown. */
@ApiTags('periods')
@Controller('periods')
export class PeriodsController {
  constructor(
    private readonly periods: PeriodsService,
    private readonly reading: ScheduleReadingService,
    private readonly brake: BrakeService,
  ) {}

  @Get()
  @Allow('sessions:read')
  @Answers(periodPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: periodListQuerySchema }) query: PeriodListQuery,
  ): Promise<Page<PeriodListItem>> {
    return this.reading.periods(me, query);
  }

  @Get('counts')
  @Allow('sessions:read')
  @Answers(periodCountsSchema)
  counts(
    @Me() me: Principal,
    @Query({ schema: periodListQuerySchema }) query: PeriodListQuery,
  ): Promise<PeriodCounts> {
    return this.reading.periodCounts(me, query);
  }

  /** After the brake: the account's schedules go on. */
  @Post('release')
  @HttpCode(204)
  @Allow('schedules:release')
  async release(
    @Me() me: Principal,
    @Body({ schema: releaseChargesSchema }) body: ReleaseCharges,
  ): Promise<void> {
    if (!maySee(me.scope, body.siteId)) throw new ProblemError('not_found');
    await this.brake.release(me, body.siteId);
  }

  /** What charging it now would meet. */
  @Get(':id/charge')
  @Allow('instruments:charge', { keys: true })
  @Answers(periodChargePreviewSchema)
  async previewCharge(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<PeriodChargePreview> {
    await this.reading.requirePeriod(me, id);
    return this.periods.preview(me, id);
  }

  @Post(':id/charge')
  @HttpCode(200)
  @Allow('instruments:charge', { keys: true, money: true })
  @KeyHeader()
  @Answers(collectResultSchema)
  async charge(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<CollectResult> {
    await this.reading.requirePeriod(me, id);
    return collectResult(await this.periods.charge(me, id, idempotencyKey(key)));
  }

  @Post(':id/waive')
  @HttpCode(200)
  @Allow('schedules:manage', { keys: true })
  @Answers(schedulePeriodSchema)
  async waive(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: waiveSchema }) body: Waive,
  ): Promise<PeriodView> {
    await this.reading.requirePeriod(me, id);
    await this.periods.waive(me, id, body.reason);
    return this.reading.period(me, id);
  }
}
