import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { InstrumentJobs } from './instruments.jobs.js';
import { InstrumentsController } from './instruments.controller.js';
import { InstrumentsService } from './instruments.service.js';
import { RevocationsService } from './revocations.service.js';

@Module({
  imports: [GatewaysModule, SitesModule, ReviewsModule],
  controllers: [InstrumentsController],
  providers: [InstrumentsService, RevocationsService, InstrumentJobs],
  exports: [InstrumentsService],
})
export class InstrumentsModule {}
