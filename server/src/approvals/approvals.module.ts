import { Module } from '@nestjs/common';
import { ApprovalStore } from './approval.store.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalJobs } from './approvals.jobs.js';
import { ApprovalsService } from './approvals.service.js';

@Module({
  controllers: [ApprovalsController],
  providers: [ApprovalStore, ApprovalsService, ApprovalJobs],
  exports: [ApprovalsService],
})
export class ApprovalsModule {}
