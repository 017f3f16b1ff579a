import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../platform/jobs.js';
import { ApprovalStore } from './approval.store.js';
import { ApprovalsService } from './approvals.service.js';

/** Ends requests that nobody decided in time, and carries out what was approved by a process that died. */
@Injectable()
export class ApprovalJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly store: ApprovalStore,
    private readonly approvals: ApprovalsService,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'approvals',
      everyMs: 2_000,
      batch: 20,
      concurrency: 2,
      ...this.store.due(),
      handle: (id) => this.approvals.resume(id),
    });
  }
}
