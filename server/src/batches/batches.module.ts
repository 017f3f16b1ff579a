import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { BatchReadingService } from './batch-reading.service.js';
import { BatchStore } from './batch.store.js';
import { BatchesController } from './batches.controller.js';
import { BatchJobs } from './batches.jobs.js';
import { BatchesService } from './batches.service.js';
import { SendingService } from './sending.service.js';

@Module({
  imports: [ApprovalsModule],
  controllers: [BatchesController],
  providers: [BatchStore, BatchesService, BatchReadingService, SendingService, BatchJobs],
  exports: [BatchesService],
})
export class BatchesModule {}
