import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../platform/jobs.js';
import { RevocationsService } from './revocations.service.js';

/** The gateway is asked until it says that what was revoked is dead there too. */
@Injectable()
export class InstrumentJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly revocations: RevocationsService,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'instruments',
      everyMs: 5_000,
      batch: 20,
      concurrency: 4,
      ...this.revocations.due(),
      handle: (id) => this.revocations.askAgain(id),
    });
  }
}
