import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { HomeService } from './home.service.js';
import { OperationsService } from './operations.service.js';
import { AuditController, HomeController, JobsController } from './reports.controller.js';
import { CollectResultsService } from './revenue/collect-results.service.js';
import { ExpectedService } from './revenue/expected.service.js';
import { RevenueController } from './revenue/revenue.controller.js';
import { RevenueCsvService } from './revenue/revenue-csv.service.js';
import { RevenueReadingService } from './revenue/revenue-reading.service.js';
import { RevenueRowsStore } from './revenue/revenue-rows.store.js';
import { RevenueStore } from './revenue/revenue.store.js';
import { RollupsService } from './revenue/rollups.service.js';

@Module({
  imports: [SessionsModule, SitesModule],
  controllers: [HomeController, AuditController, JobsController, RevenueController],
  providers: [
    HomeService,
    OperationsService,
    CollectResultsService,
    RollupsService,
    RevenueStore,
    RevenueRowsStore,
    RevenueReadingService,
    ExpectedService,
    RevenueCsvService,
  ],
})
export class ReportsModule {}
