import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  approvalListQuerySchema,
  approvalPageSchema,
  approvalSchema,
  approveSchema,
  cappedCountSchema,
  idSchema,
  rejectApprovalSchema,
  type ApprovalListQuery,
  type ApprovalView,
  type Approve,
  type CappedCount,
  type Page,
  type RejectApproval,
} from '@recaudo/shared';
import { Answers } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ApprovalReadingService } from './approval-reading.service.js';
import { ApprovalsService } from './approvals.service.js';

@ApiTags('approvals')
@Controller('approvals')
export class ApprovalsController {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly reading: ApprovalReadingService,
  ) {}

  @Get()
  @Allow('approvals:read')
  @Answers(approvalPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: approvalListQuerySchema }) query: ApprovalListQuery,
  ): Promise<Page<ApprovalView>> {
    return this.reading.list(me, query);
  }

  /** How many wait that the reader may decide. */
  @Get('count')
  @Allow('approvals:read')
  @Answers(cappedCountSchema)
  count(@Me() me: Principal): Promise<CappedCount> {
    return this.reading.countDecidable(me);
  }

  @Get(':id')
  @Allow('approvals:read')
  @Answers(approvalSchema)
  read(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<ApprovalView> {
    return this.reading.view(me, id);
  }

  /** Approves, and carries out at once. */
  @Post(':id/approve')
  @HttpCode(200)
  @Allow('approvals:decide', { money: true })
  @Answers(approvalSchema)
  async approve(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: approveSchema }) body: Approve,
  ): Promise<ApprovalView> {
    await this.approvals.approve(me, id, body.note ?? null);
    return this.reading.view(me, id);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Allow('approvals:decide')
  @Answers(approvalSchema)
  async reject(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: rejectApprovalSchema }) body: RejectApproval,
  ): Promise<ApprovalView> {
    await this.approvals.reject(me, id, body.note);
    return this.reading.view(me, id);
  }

  /** Whoever asked takes it back. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('approvals:read')
  @Answers(approvalSchema)
  async withdraw(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<ApprovalView> {
    await this.approvals.withdraw(me, id);
    return this.reading.view(me, id);
  }
}
