import { Body, Controller, Get, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  collectPreviewQuerySchema,
  collectPreviewSchema,
  collectResultSchema,
  createCollectSchema,
  type CollectPreview,
  type CollectResult,
  type CreateCollect,
} from '@recaudo/shared';
import { z } from 'zod';
import { ApprovalReadingService } from '../approvals/approval-reading.service.js';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { collectResult } from '../sessions/collect.rules.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ChargesService } from './charges.service.js';

/** Charges of stored means of payment, by hand and by shops. */
@ApiTags('collects')
@Controller('collects')
export class CollectsController {
  constructor(
    private readonly charges: ChargesService,
    private readonly approvals: ApprovalReadingService,
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
