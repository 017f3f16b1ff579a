import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { TerminusModule } from '@nestjs/terminus';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { AuditModule } from './audit/audit.module.js';
import { BatchesModule } from './batches/batches.module.js';
import { DeskModule } from './desk/desk.module.js';
import { HealthController } from './health.controller.js';
import { InboxModule } from './inbox/inbox.module.js';
import { MailModule } from './mail/mail.module.js';
import { SETTINGS, type Settings } from './platform/config.js';
import { requestContext } from './platform/context.js';
import { logging } from './platform/logging.js';
import { PlatformModule } from './platform/platform.module.js';
import { ProblemFilter, SchemaPipe } from './platform/problem.js';
import { PracticeModule } from './practice/practice.module.js';
import { PreauthorizationsModule } from './preauthorizations/preauthorizations.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { schemaOptions } from './schema.js';
import { SchedulesModule } from './schedules/schedules.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { SitesModule } from './sites/sites.module.js';
import { StaffModule } from './staff/staff.module.js';

/** Requests per address and minute, unless a route says less. */
const REQUESTS_PER_MINUTE = 6_000;

@Module({})
export class AppModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        {
          module: SettingsModule,
          global: true,
          providers: [{ provide: SETTINGS, useValue: settings }],
          exports: [SETTINGS],
        },
        logging(settings),
        TypeOrmModule.forRoot({ ...schemaOptions(settings.databaseUrl), retryAttempts: 30, retryDelay: 500 }),
        ScheduleModule.forRoot(),
        TerminusModule.forRoot({ logger: false }),
        ThrottlerModule.forRoot({
          throttlers: [{ name: 'default', limit: REQUESTS_PER_MINUTE, ttl: 60_000 }],
          // History is made faster than people pay. Production never reads the practice clock, so it never skips.
          skipIf: () => requestContext.getStore()?.practiceNow !== undefined,
        }),
        PlatformModule,
        AuditModule,
        StaffModule,
        ApprovalsModule,
        BatchesModule,
        MailModule,
        SitesModule,
        InboxModule,
        ReviewsModule,
        PreauthorizationsModule,
        SessionsModule,
        SchedulesModule,
        DeskModule,
        ReportsModule,
        PracticeModule,
      ],
      controllers: [HealthController],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_PIPE, useClass: SchemaPipe },
        { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
      ],
    };
  }
}

@Module({})
class SettingsModule {}
