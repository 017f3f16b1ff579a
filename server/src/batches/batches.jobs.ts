import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../platform/jobs.js';
import { BatchStore } from './batch.store.js';
import { SendingService } from './sending.service.js';

/** A claim is two rounds of the concurrency: a row must not wait in it for longer than its lease. */
const CONCURRENCY = 4;

@Injectable()
export class BatchJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly store: BatchStore,
    private readonly sending: SendingService,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'batches',
      everyMs: 1_000,
      batch: 2 * CONCURRENCY,
      concurrency: CONCURRENCY,
      ...this.store.due(),
      handle: (id) => this.sending.handle(id),
    });
  }
}
