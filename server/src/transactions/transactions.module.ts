import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { ClaimsService } from './claims.service.js';
import { ObligationsService } from './obligations.service.js';
import { OperationsService } from './operations.service.js';
import { TransactionsService } from './transactions.service.js';

@Module({
  imports: [GatewaysModule, SitesModule, ReviewsModule],
  providers: [ObligationsService, TransactionsService, OperationsService, ClaimsService],
  exports: [ObligationsService, TransactionsService, OperationsService, ClaimsService],
})
export class TransactionsModule {}
