import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../platform/jobs.js';
import { SendingService } from './sending.service.js';

/** Letters on their way at once in one process. As many are claimed: none waits while its lease runs. */
const AT_ONCE = 4;

/** Sends what waits in the outbox. */
@Injectable()
export class MailJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly sending: SendingService,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'mails',
      everyMs: 2_000,
      batch: AT_ONCE,
      concurrency: AT_ONCE,
      ...this.sending.due(),
      handle: (id) => this.sending.send(id),
    });
  }
}
