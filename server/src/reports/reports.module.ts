import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.js';
import { HomeService } from './home.service.js';
import { OperationsService } from './operations.service.js';
import { AuditController, HomeController, JobsController } from './reports.controller.js';

@Module({
  imports: [SitesModule],
  controllers: [HomeController, AuditController, JobsController],
  providers: [HomeService, OperationsService],
})
export class ReportsModule {}
