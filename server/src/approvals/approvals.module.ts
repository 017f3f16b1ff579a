import { Module } from '@nestjs/common';
import { ApprovalStore } from './approval.store.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalReadingService } from './approval-reading.service.js';
import { ApprovalJobs } from './approvals.jobs.js';
import { ApprovalsService } from './approvals.service.js';

@Module({
  controllers: [ApprovalsController],
  providers: [ApprovalStore, ApprovalsService, ApprovalReadingService, ApprovalJobs],
  exports: [ApprovalsService, ApprovalReadingService],
})
export class ApprovalsModule {}
