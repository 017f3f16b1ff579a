import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../platform/jobs.js';
import { ChargingService } from './charging.service.js';
import { ScheduleStore } from './schedule.store.js';

/** Charges what is due, at the pace of each account. */
@Injectable()
export class ScheduleJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly store: ScheduleStore,
    private readonly charging: ChargingService,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'periods',
      everyMs: 1_000,
      // No more than can be sent within the lease, however slow the gateway is.
      batch: 64,
      concurrency: 16,
      claim: (now, limit) => this.store.claim(now, limit),
      countDue: (now) => this.store.countDue(now),
      handle: (id) => this.charging.take(id),
    });
  }
}
