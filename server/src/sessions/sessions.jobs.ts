import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Heartbeat } from '../platform/heartbeat.js';
import { Jobs } from '../platform/jobs.js';
import { InboxService, type InboxVerdict } from '../inbox/inbox.service.js';
import { SitesService } from '../sites/sites.service.js';
import { OpeningService } from './opening.service.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';

/** Longer than a query's deadline: a probe that is still running is not handed to another replica. */
const PROBE_LEASE_MS = 60_000;
const OPENING_LEASE_MS = 60_000;
/** After a pause, everything that may have changed is asked within this time. */
const CATCH_UP_SPREAD_MS = 30_000;

/** The main road to the truth: a gateway's notification is sent once and may be lost, so pending sessions are asked about. */
@Injectable()
export class SessionJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly heartbeat: Heartbeat,
    private readonly inbox: InboxService,
    private readonly sites: SitesService,
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly opening: OpeningService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register<string>({
      name: 'probe',
      everyMs: 1_000,
      batch: 50,
      concurrency: 8,
      claim: (now, limit) => this.store.claimProbes(now, later(now, PROBE_LEASE_MS), limit),
      handle: async (id) => void (await this.sessions.ask(id, 'probe')),
      countDue: (now) => this.store.countDue('probe', now),
    });
    this.jobs.register<string>({
      name: 'openings',
      everyMs: 5_000,
      batch: 50,
      concurrency: 4,
      claim: (now, limit) => this.store.claimOpenings(now, later(now, OPENING_LEASE_MS), limit),
      handle: (id) => this.opening.abandon(id),
      countDue: (now) => this.store.countDue('opening', now),
    });
    this.inbox.handle('session', (notification) => this.hear(notification));
    this.sites.onRecovery((accountId) => this.store.wake(accountId, this.clock.worker(), CATCH_UP_SPREAD_MS));
    this.heartbeat.onReturn(async (lastSeen) => {
      await this.store.catchUp(lastSeen, this.clock.worker(), CATCH_UP_SPREAD_MS);
    });
  }

  private async hear(notification: {
    gatewayAccountId: string;
    gatewayNumber: string;
    reference: string;
  }): Promise<InboxVerdict> {
    const { gatewayAccountId, gatewayNumber, reference } = notification;
    const session = await this.store.byNumber(gatewayAccountId, gatewayNumber);
    if (session)
      return (await this.sessions.ask(session.id, 'notification')) === 'answered' ? 'handled' : 'retry';
    const orphan = await this.sessions.adoptOrphan(gatewayAccountId, gatewayNumber, reference);
    return orphan === 'adopted' ? 'handled' : orphan === 'no_answer' ? 'retry' : 'unmatched';
  }
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
