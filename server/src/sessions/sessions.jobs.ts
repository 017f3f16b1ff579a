import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Heartbeat } from '../platform/heartbeat.js';
import { Jobs } from '../platform/jobs.js';
import { InboxService, type InboxVerdict } from '../inbox/inbox.service.js';
import { SitesService } from '../sites/sites.service.js';
import { RecurrencesService } from '../recurrences/recurrences.service.js';
import { OperationsService } from '../transactions/operations.service.js';
import { ResolvingService } from '../transactions/resolving.service.js';
import type { RecurringCharge } from '../gateways/gateway.port.js';
import type { NotificationRow } from '../inbox/notification.entity.js';
import { AdoptionService } from './adoption.service.js';
import { FindingOutService } from './finding-out.service.js';
import { CreationService } from './creation.service.js';
import { ProbesService, type Probe } from './probes.service.js';
import { SessionStore } from './session.store.js';
import { SessionsService } from './sessions.service.js';
import { SweepService } from './sweep.service.js';

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
    private readonly creation: CreationService,
    private readonly findingOut: FindingOutService,
    private readonly adoption: AdoptionService,
    private readonly probes: ProbesService,
    private readonly sweeps: SweepService,
    private readonly operations: OperationsService,
    private readonly resolving: ResolvingService,
    private readonly recurrences: RecurrencesService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register<Probe>({
      name: 'probe',
      everyMs: 1_000,
      batch: 200,
      concurrency: 8,
      claim: (now, limit) => this.probes.claim(now, limit),
      handle: (probe) => this.probes.ask(probe),
      conclude: (batch) => this.probes.conclude(batch),
      countDue: (now) => this.probes.countDue(now),
    });
    this.jobs.register<string>({
      name: 'openings',
      everyMs: 5_000,
      batch: 50,
      concurrency: 4,
      ...this.store.lostOpenings(OPENING_LEASE_MS),
      handle: (id) => this.creation.abandon(id),
    });
    this.jobs.register<string>({
      name: 'collects',
      everyMs: 2_000,
      batch: 50,
      concurrency: 8,
      ...this.findingOut.due(),
      handle: (id) => this.findingOut.resolve(id),
    });
    this.jobs.register<string>({
      name: 'operations',
      everyMs: 2_000,
      batch: 50,
      concurrency: 4,
      ...this.operations.due(),
      handle: (id) => this.resolving.resolve(id),
    });
    this.jobs.register<string>({
      name: 'sweep',
      everyMs: 5_000,
      batch: 50,
      concurrency: 4,
      claim: (now, limit) => this.sweeps.claim(now, limit),
      countDue: (now) => this.sweeps.countDue(now),
      handle: (id) => this.sweeps.sweep(id),
    });
    this.resolving.askBy((sessionId, source) => this.sweeps.look(sessionId, source));
    this.inbox.handle('session', (notification) => this.hear(notification));
    this.inbox.handle('recurring', (notification) => this.hearCharge(notification));
    this.sites.onRecovery((accountId) => this.store.wake(accountId, this.clock.worker(), CATCH_UP_SPREAD_MS));
    this.heartbeat.onReturn(async (lastSeen) => {
      await this.store.catchUp(lastSeen, this.clock.worker(), CATCH_UP_SPREAD_MS);
    });
  }

  private async hear(told: NotificationRow): Promise<InboxVerdict> {
    const { gatewayAccountId, gatewayNumber, reference, claim } = told;
    const session = await this.store.byNumber(gatewayAccountId, gatewayNumber);
    const end = claim as { state: string; at: string } | null;
    // The end that an answer of the gateway has told us already, by the same word and of the same instant.
    if (session?.endedAt && end?.state === session.state && Date.parse(end.at) === session.endedAt.getTime())
      return 'handled';
    if (session)
      return (await this.sessions.ask(session.id, 'notification')) === 'answered' ? 'handled' : 'retry';
    const { result } = await this.adoption.hear(gatewayAccountId, gatewayNumber, reference);
    if (result === 'adopted' || result === 'known') return 'handled';
    return result === 'no_answer' ? 'retry_unmatched' : 'unmatched';
  }

  /** Its session may not be known to be paid yet: the charge's message can overtake the first payment's. */
  private async hearCharge({ gatewayAccountId, claim }: NotificationRow): Promise<InboxVerdict> {
    const said = claim as (Omit<RecurringCharge, 'at'> & { at: string }) | null;
    if (!said) return 'unmatched';
    const charge = { ...said, at: new Date(said.at) };
    if ((await this.recurrences.report(gatewayAccountId, charge)) === 'handled') return 'handled';
    const waiting = await this.store.awaitsRecurrence(gatewayAccountId, charge.reference);
    return waiting ? 'retry' : 'unmatched';
  }
}
