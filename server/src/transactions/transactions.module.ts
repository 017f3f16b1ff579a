import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { ClaimsService } from './claims.service.js';
import { ExternalsService } from './externals.service.js';
import { LedgerService } from './ledger.service.js';
import { MoneyObjectsService } from './money-objects.service.js';
import { ObligationsService } from './obligations.service.js';
import { OperationsService } from './operations.service.js';
import { ResolvingService } from './resolving.service.js';
import { SendingService } from './sending.service.js';
import { TransactionsService } from './transactions.service.js';

const services = [
  ObligationsService,
  LedgerService,
  ExternalsService,
  TransactionsService,
  MoneyObjectsService,
  SendingService,
  OperationsService,
  ResolvingService,
  ClaimsService,
];

@Module({
  imports: [ApprovalsModule, GatewaysModule, SitesModule, ReviewsModule],
  providers: services,
  exports: services,
})
export class TransactionsModule {}
