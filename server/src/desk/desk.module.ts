import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { BatchesModule } from '../batches/batches.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { InstrumentsModule } from '../instruments/instruments.module.js';
import { MailModule } from '../mail/mail.module.js';
import { PayersModule } from '../payers/payers.module.js';
import { PreauthorizationsModule } from '../preauthorizations/preauthorizations.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { TransactionsModule } from '../transactions/transactions.module.js';
import { ActsController } from './acts.controller.js';
import { BatchHandlersService } from './batch-handlers.service.js';
import { ChargesService } from './charges.service.js';
import { ChargebacksService } from './chargebacks.service.js';
import { CollectsController } from './collects.controller.js';
import { DeskJobs } from './desk.jobs.js';
import { HoldSettlementsService } from './hold-settlements.service.js';
import { HoldsController } from './holds.controller.js';
import { LettersService } from './letters.service.js';
import { ReceiptsService } from './receipts.service.js';
import { RefundFactsService } from './refund-facts.service.js';
import { RefundLimitsService } from './refund-limits.service.js';
import { RefundsService } from './refunds.service.js';
import { ReplacementsController } from './replacements.controller.js';
import { ReplacementsService } from './replacements.service.js';
import { ResultsService } from './results.service.js';
import { SettlementsService } from './settlements.service.js';
import { TransactionExportService } from './transaction-export.service.js';
import { TransactionListStore } from './transaction-list.store.js';
import { TransactionReadingService } from './transaction-reading.service.js';
import { TransactionsController } from './transactions.controller.js';
import { WithdrawalService } from './withdrawal.service.js';

/** What people do to money from their desk: refunds, captures, releases, what they know, what they read. */
@Module({
  imports: [
    ApprovalsModule,
    BatchesModule,
    GatewaysModule,
    InstrumentsModule,
    MailModule,
    PayersModule,
    PreauthorizationsModule,
    ReviewsModule,
    SessionsModule,
    SitesModule,
    TransactionsModule,
  ],
  controllers: [
    TransactionsController,
    ActsController,
    HoldsController,
    CollectsController,
    ReplacementsController,
  ],
  providers: [
    TransactionListStore,
    TransactionReadingService,
    TransactionExportService,
    RefundsService,
    RefundFactsService,
    RefundLimitsService,
    WithdrawalService,
    SettlementsService,
    HoldSettlementsService,
    ChargebacksService,
    ChargesService,
    LettersService,
    ReceiptsService,
    ReplacementsService,
    ResultsService,
    BatchHandlersService,
    DeskJobs,
  ],
})
export class DeskModule {}
