import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ApprovalsService } from '../approvals/approvals.service.js';
import { Jobs } from '../platform/jobs.js';
import { HoldStepsService } from './hold-steps.service.js';
import { PreauthorizationsService } from './preauthorizations.service.js';

/** Holds run out by themselves: somebody is warned in time, and what nobody took is presumed released. */
@Injectable()
export class PreauthorizationJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly holds: PreauthorizationsService,
    private readonly steps: HoldStepsService,
    private readonly approvals: ApprovalsService,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'preauthorizations',
      everyMs: 5_000,
      batch: 50,
      concurrency: 4,
      ...this.holds.due(),
      handle: (id) => this.holds.age(id),
    });
    for (const kind of ['checkout', 'reauthorization'] as const)
      this.approvals.carryOut(kind, (approval, maker) => this.steps.carryOutApproved(approval, maker));
  }
}
