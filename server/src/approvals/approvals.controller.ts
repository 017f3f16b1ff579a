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
import { ApprovalsService } from './approvals.service.js';

@ApiTags('approvals')
@Controller('approvals')
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Get()
  @Allow('approvals:read')
  @Answers(approvalPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: approvalListQuerySchema }) query: ApprovalListQuery,
  ): Promise<Page<ApprovalView>> {
    return this.approvals.list(me, query);
  }

  /** How many wait that the reader may decide. */
  @Get('count')
  @Allow('approvals:read')
  @Answers(cappedCountSchema)
  count(@Me() me: Principal): Promise<CappedCount> {
    return this.approvals.countDecidable(me);
  }

  @Get(':id')
  @Allow('approvals:read')
  @Answers(approvalSchema)
  read(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<ApprovalView> {
    return this.approvals.view(me, id);
  }

  /** Approves, and carries out at once. */
  @Post(':id/approve')
  @HttpCode(200)
  @Allow('approvals:decide', { money: true })
  @Answers(approvalSchema)
  approve(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: approveSchema }) body: Approve,
  ): Promise<ApprovalView> {
    return this.approvals.approve(me, id, body.note ?? null);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Allow('approvals:decide')
  @Answers(approvalSchema)
  reject(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: rejectApprovalSchema }) body: RejectApproval,
  ): Promise<ApprovalView> {
    return this.approvals.reject(me, id, body.note);
  }

  /** Whoever asked takes it back. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('approvals:read')
  @Answers(approvalSchema)
  withdraw(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<ApprovalView> {
    return this.approvals.withdraw(me, id);
  }
}
