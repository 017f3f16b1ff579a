import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  instrumentCountsSchema,
  instrumentDetailSchema,
  instrumentFilterSchema,
  instrumentListQuerySchema,
  instrumentPageSchema,
  instrumentSchema,
  revokeSchema,
  suspendSchema,
  type InstrumentCounts,
  type InstrumentDetail,
  type InstrumentFilter,
  type InstrumentItem,
  type InstrumentListQuery,
  type InstrumentView,
  type Page,
  type Revoke,
  type Suspend,
} from '@recaudo/shared';
import { Answers } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { InstrumentListStore } from './instrument-list.store.js';
import { InstrumentReadingService } from './instrument-reading.service.js';
import { RevocationsService } from './revocations.service.js';
import { SuspensionsService } from './suspensions.service.js';

/** Stored means of payment. */
@ApiTags('instruments')
@Controller('instruments')
export class InstrumentsController {
  constructor(
    private readonly reading: InstrumentReadingService,
    private readonly lists: InstrumentListStore,
    private readonly suspensions: SuspensionsService,
    private readonly revocations: RevocationsService,
  ) {}

  @Get()
  @Allow('instruments:read', { keys: true })
  @Answers(instrumentPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: instrumentListQuerySchema }) query: InstrumentListQuery,
  ): Promise<Page<InstrumentItem>> {
    return this.reading.list(me, query);
  }

  @Get('counts')
  @Allow('instruments:read')
  @Answers(instrumentCountsSchema)
  counts(
    @Me() me: Principal,
    @Query({ schema: instrumentFilterSchema }) query: InstrumentFilter,
  ): Promise<InstrumentCounts> {
    return this.lists.counts(me.scope, query);
  }

  @Get(':id')
  @Allow('instruments:read', { keys: true })
  @Answers(instrumentDetailSchema)
  read(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<InstrumentDetail> {
    return this.reading.detail(me, id);
  }

  /** Nothing is charged to it until it is resumed; links and what was sent before are left alone. */
  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('instruments:suspend', { keys: true })
  @Answers(instrumentDetailSchema)
  async suspend(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: suspendSchema }) body: Suspend,
  ): Promise<InstrumentDetail> {
    await this.suspensions.suspend(me, id, body.reason);
    return this.reading.detail(me, id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('instruments:suspend', { keys: true })
  @Answers(instrumentDetailSchema)
  async resume(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<InstrumentDetail> {
    await this.suspensions.resume(me, id);
    return this.reading.detail(me, id);
  }

  /** Ends it: here at once, at the gateway as soon as that says so. */
  @Post(':id/revoke')
  @HttpCode(200)
  @Allow('instruments:revoke', { keys: true })
  @Answers(instrumentSchema)
  revoke(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: revokeSchema }) body: Revoke,
  ): Promise<InstrumentView> {
    return this.revocations.revoke(me, id, body.reason);
  }
}
