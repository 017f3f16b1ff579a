import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { InstrumentListStore } from './instrument-list.store.js';
import { InstrumentReadingService } from './instrument-reading.service.js';
import { InstrumentJobs } from './instruments.jobs.js';
import { InstrumentsController } from './instruments.controller.js';
import { InstrumentsService } from './instruments.service.js';
import { RevocationsService } from './revocations.service.js';
import { SuspensionsService } from './suspensions.service.js';

@Module({
  imports: [GatewaysModule, SitesModule, ReviewsModule],
  controllers: [InstrumentsController],
  providers: [
    InstrumentsService,
    InstrumentListStore,
    InstrumentReadingService,
    SuspensionsService,
    RevocationsService,
    InstrumentJobs,
  ],
  exports: [InstrumentsService],
})
export class InstrumentsModule {}
