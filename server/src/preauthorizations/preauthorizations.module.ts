import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { TransactionsModule } from '../transactions/transactions.module.js';
import { HoldStepsService } from './hold-steps.service.js';
import { PreauthorizationListStore } from './preauthorization-list.store.js';
import { PreauthorizationsController } from './preauthorizations.controller.js';
import { PreauthorizationJobs } from './preauthorizations.jobs.js';
import { PreauthorizationsService } from './preauthorizations.service.js';

@Module({
  imports: [TransactionsModule, SitesModule, ReviewsModule, ApprovalsModule, MailModule],
  controllers: [PreauthorizationsController],
  providers: [PreauthorizationsService, HoldStepsService, PreauthorizationListStore, PreauthorizationJobs],
  exports: [PreauthorizationsService, HoldStepsService],
})
export class PreauthorizationsModule {}
