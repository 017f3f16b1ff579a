import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  createScheduleSchema,
  idSchema,
  importResultSchema,
  importSchedulesSchema,
  outlookSchema,
  scheduleActSchema,
  scheduleCountsSchema,
  scheduleListQuerySchema,
  schedulePageSchema,
  scheduleSchema,
  type CreateSchedule,
  type ImportResult,
  type ImportSchedules,
  type Outlook,
  type Page,
  type ScheduleAct,
  type ScheduleCounts,
  type ScheduleListItem,
  type ScheduleListQuery,
  type ScheduleView,
} from '@recaudo/shared';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ImportsService } from './imports.service.js';
import { ScheduleReadingService } from './schedule-reading.service.js';
import { SchedulesService } from './schedules.service.js';

/** Subscriptions that we charge by plan. */
@ApiTags('schedules')
@Controller('schedules')
export class SchedulesController {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly reading: ScheduleReadingService,
    private readonly imports: ImportsService,
  ) {}

  @Get()
  @Allow('sessions:read')
  @Answers(schedulePageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: scheduleListQuerySchema }) query: ScheduleListQuery,
  ): Promise<Page<ScheduleListItem>> {
    return this.reading.list(me, query);
  }

  @Get('counts')
  @Allow('sessions:read')
  @Answers(scheduleCountsSchema)
  counts(
    @Me() me: Principal,
    @Query({ schema: scheduleListQuerySchema }) query: ScheduleListQuery,
  ): Promise<ScheduleCounts> {
    return this.reading.counts(me, query);
  }

  @Post()
  @Allow('schedules:manage', { keys: true })
  @KeyHeader()
  @Answers(scheduleSchema, 201)
  async create(
    @Me() me: Principal,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: createScheduleSchema }) body: CreateSchedule,
  ): Promise<ScheduleView> {
    return this.reading.view(me, await this.schedules.create(me, body, idempotencyKey(key)));
  }

  /** What a new one would charge; nothing is written. */
  @Post('preview')
  @HttpCode(200)
  @Allow('schedules:manage', { keys: true })
  @Answers(outlookSchema)
  previewNew(
    @Me() me: Principal,
    @Body({ schema: createScheduleSchema }) body: CreateSchedule,
  ): Promise<Outlook> {
    return this.schedules.previewNew(me, body);
  }

  /** Many from a CSV file; what is wrong is told by line and field, and nothing is made then. */
  @Post('import')
  @HttpCode(200)
  @Allow('schedules:manage', { keys: true })
  @KeyHeader()
  @Answers(importResultSchema)
  import(
    @Me() me: Principal,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: importSchedulesSchema }) body: ImportSchedules,
  ): Promise<ImportResult> {
    return this.imports.run(me, body, idempotencyKey(key));
  }

  @Get(':id')
  @Allow('sessions:read', { keys: true })
  @Answers(scheduleSchema)
  read(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<ScheduleView> {
    return this.reading.view(me, id);
  }

  /** What will still be charged if it is done; nothing is written. */
  @Post(':id/preview')
  @HttpCode(200)
  @Allow('schedules:manage', { keys: true })
  @Answers(outlookSchema)
  preview(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: scheduleActSchema }) body: ScheduleAct,
  ): Promise<Outlook> {
    return this.schedules.preview(me, id, body);
  }

  @Post(':id/acts')
  @HttpCode(200)
  @Allow('schedules:manage', { keys: true })
  @KeyHeader()
  @Answers(scheduleSchema)
  async act(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: scheduleActSchema }) body: ScheduleAct,
  ): Promise<ScheduleView> {
    await this.schedules.act(me, id, body, idempotencyKey(key));
    return this.reading.view(me, id);
  }
}
