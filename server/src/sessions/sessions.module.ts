import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { InstrumentsModule } from '../instruments/instruments.module.js';
import { PayersModule } from '../payers/payers.module.js';
import { PreauthorizationsModule } from '../preauthorizations/preauthorizations.module.js';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { RecurrencesModule } from '../recurrences/recurrences.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { TransactionsModule } from '../transactions/transactions.module.js';
import { AdoptionService } from './adoption.service.js';
import { AdoptionsController } from './adoptions.controller.js';
import { CancellationService } from './cancellation.service.js';
import { ConfirmationService } from './confirmation.service.js';
import { ConfirmationsController } from './confirmations.controller.js';
import { CollectingService } from './collecting.service.js';
import { CreationService } from './creation.service.js';
import { FindingOutService } from './finding-out.service.js';
import { LinksController } from './links.controller.js';
import { LinksService } from './links.service.js';
import { NotesController } from './notes.controller.js';
import { NotesService } from './notes.service.js';
import { OpeningService } from './opening.service.js';
import { OrdersService } from './orders.service.js';
import { RemainderService } from './remainder.service.js';
import { SessionReadingService } from './session-reading.service.js';
import { SessionListStore } from './session-list.store.js';
import { SessionNews } from './session-news.service.js';
import { SessionStore } from './session.store.js';
import { SessionsController } from './sessions.controller.js';
import { ProbesService } from './probes.service.js';
import { SessionJobs } from './sessions.jobs.js';
import { ApplyingService } from './applying.service.js';
import { SessionsService } from './sessions.service.js';
import { SweepService } from './sweep.service.js';

@Module({
  imports: [
    GatewaysModule,
    SitesModule,
    InboxModule,
    ReviewsModule,
    PayersModule,
    InstrumentsModule,
    TransactionsModule,
    RecurrencesModule,
    PreauthorizationsModule,
  ],
  controllers: [
    SessionsController,
    ConfirmationsController,
    AdoptionsController,
    LinksController,
    NotesController,
  ],
  providers: [
    SessionStore,
    SessionListStore,
    ApplyingService,
    SessionsService,
    OrdersService,
    CreationService,
    CollectingService,
    FindingOutService,
    SessionNews,
    OpeningService,
    RemainderService,
    CancellationService,
    ProbesService,
    SweepService,
    ConfirmationService,
    AdoptionService,
    SessionReadingService,
    LinksService,
    NotesService,
    SessionJobs,
  ],
  exports: [
    SessionStore,
    SessionsService,
    SessionNews,
    OrdersService,
    OpeningService,
    CreationService,
    CancellationService,
    CollectingService,
    FindingOutService,
  ],
})
export class SessionsModule {}
