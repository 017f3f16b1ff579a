import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { PayersModule } from '../payers/payers.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { TransactionsModule } from '../transactions/transactions.module.js';
import { LinksController } from './links.controller.js';
import { LinksService } from './links.service.js';
import { OpeningService } from './opening.service.js';
import { SessionReadingService } from './session-reading.service.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { SessionJobs } from './sessions.jobs.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [GatewaysModule, SitesModule, InboxModule, ReviewsModule, PayersModule, TransactionsModule],
  controllers: [SessionsController, LinksController],
  providers: [
    SessionStore,
    SessionsService,
    OpeningService,
    SessionReadingService,
    LinksService,
    SessionJobs,
  ],
  exports: [SessionStore],
})
export class SessionsModule {}
