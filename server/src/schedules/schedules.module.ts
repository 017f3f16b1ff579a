import { Module } from '@nestjs/common';
import { InstrumentsModule } from '../instruments/instruments.module.js';
import { MailModule } from '../mail/mail.module.js';
import { PayersModule } from '../payers/payers.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { TransactionsModule } from '../transactions/transactions.module.js';
import { AsideService } from './aside.service.js';
import { BrakeService } from './brake.service.js';
import { ChargingService } from './charging.service.js';
import { ImportsService } from './imports.service.js';
import { MrrService } from './mrr.service.js';
import { PeriodsController } from './periods.controller.js';
import { PeriodsService } from './periods.service.js';
import { MethodChoiceService } from './method-choice.service.js';
import { PeriodOrdersService } from './period-orders.service.js';
import { PlanningService } from './planning.service.js';
import { PoliciesController } from './policies.controller.js';
import { PoliciesService } from './policies.service.js';
import { RetellingService } from './retelling.service.js';
import { ScheduleListStore } from './schedule-list.store.js';
import { ScheduleReadingService } from './schedule-reading.service.js';
import { ScheduleStore } from './schedule.store.js';
import { SchedulesController } from './schedules.controller.js';
import { ScheduleJobs } from './schedules.jobs.js';
import { SchedulesService } from './schedules.service.js';
import { SettlingService } from './settling.service.js';

/** Subscriptions and recurrences run by us: plans, periods, their charges, and what follows one that fails. */
@Module({
  imports: [InstrumentsModule, MailModule, PayersModule, SessionsModule, SitesModule, TransactionsModule],
  controllers: [SchedulesController, PeriodsController, PoliciesController],
  providers: [
    ScheduleStore,
    ScheduleListStore,
    MrrService,
    PeriodOrdersService,
    PlanningService,
    MethodChoiceService,
    SchedulesService,
    ImportsService,
    ScheduleReadingService,
    AsideService,
    ChargingService,
    SettlingService,
    BrakeService,
    PeriodsService,
    PoliciesService,
    RetellingService,
    ScheduleJobs,
  ],
  exports: [SchedulesService, RetellingService],
})
export class SchedulesModule {}
