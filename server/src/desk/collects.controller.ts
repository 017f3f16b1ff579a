import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  actResultSchema,
  collectPreviewQuerySchema,
  collectPreviewSchema,
  collectResultSchema,
  createCollectSchema,
  idSchema,
  unchargedSchema,
  type ActResult,
  type CollectPreview,
  type CollectResult,
  type CreateCollect,
  type Uncharged,
} from '@recaudo/shared';
import { z } from 'zod';
import { ApprovalReadingService } from '../approvals/approval-reading.service.js';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { collectResult } from '../sessions/collect.rules.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ChargesService } from './charges.service.js';
import { ResultsService } from './results.service.js';
import { UnchargedService } from './uncharged.service.js';

/** Charges of stored means of payment, by hand and by shops. */
@ApiTags('collects')
@Controller('collects')
export class CollectsController {
  constructor(
    private readonly charges: ChargesService,
    private readonly approvals: ApprovalReadingService,
    private readonly uncharged: UnchargedService,
    private readonly results: ResultsService,
  ) {}

  @Get('preview')
  @Allow('instruments:charge', { keys: true })
  @Answers(collectPreviewSchema)
  preview(
    @Me() me: Principal,
    @Query({ schema: collectPreviewQuerySchema }) query: z.infer<typeof collectPreviewQuerySchema>,
  ): Promise<CollectPreview> {
    return this.charges.preview(me, query);
  }

  /** It was not charged: what nobody could find out, by two people. */
  @Post(':id/uncharged')
  @HttpCode(200)
  @Allow('transactions:settle', { keys: false, money: true })
  @Answers(actResultSchema)
  async stateUncharged(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: unchargedSchema }) body: Uncharged,
  ): Promise<ActResult> {
    return this.results.of(me, { operation: null, approval: await this.uncharged.request(me, id, body) });
  }

  @Post()
  @HttpCode(200)
  @Allow('instruments:charge', { keys: true, money: true })
  @KeyHeader()
  @Answers(collectResultSchema)
  async charge(
    @Me() me: Principal,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: createCollectSchema }) body: CreateCollect,
  ): Promise<CollectResult> {
    const { session, approval } = await this.charges.charge(me, body, idempotencyKey(key));
    if (approval)
      return { result: 'approval', session: null, approval: await this.approvals.view(me, approval.id) };
    return collectResult(session);
  }
}
