import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SYSTEM } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { dueRows } from '../platform/due-rows.js';
import { SitesService } from '../sites/sites.service.js';
import { TransactionsService } from '../transactions/transactions.service.js';
import { ApplyingService } from './applying.service.js';
import { SessionRow } from './session.entity.js';
import { SessionStore } from './session.store.js';
import { SessionsService, type Asked } from './sessions.service.js';
import { nextSweep, tellsNews } from './sweep.rules.js';

const LEASE_MS = 60_000;
/** At most one batch in this time, per process: looking back must not crowd out what is pending. */
const EVERY_MS = 5_000;

/** Paid sessions are read again: before money is acted on, and now and then for a month. Nothing new costs no write. */
@Injectable()
export class SweepService {
  private lastClaim = 0;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly store: SessionStore,
    private readonly sessions: SessionsService,
    private readonly applying: ApplyingService,
    private readonly transactions: TransactionsService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /** What the gateway shows now; applied only where it tells something that we do not know. */
  async look(sessionId: string, source: 'probe' | 'operation' | 'sweep'): Promise<Asked> {
    const session = await this.store.find(sessionId);
    if (!session?.gatewayNumber) return 'no_answer';
    const account = await this.sites.openAccount(session.gatewayAccountId);
    const asked = await this.sessions.query(session, account, source, SYSTEM);
    if (!asked) return 'no_answer';
    const transactions = await this.transactions.ofSession(this.database.manager, sessionId);
    // An operation that waits for its outcome is judged by what is seen, though nothing of it is new.
    const open = transactions.some(({ sends, nextAskAt }) => sends > 0 && nextAskAt !== null);
    if (open || tellsNews(asked.snapshot, { state: session.state, transactions }))
      await this.applying.apply(sessionId, asked.snapshot, source, SYSTEM, asked.at);
    return 'answered';
  }

  async claim(now: Date, limit: number): Promise<string[]> {
    if (Math.abs(now.getTime() - this.lastClaim) < EVERY_MS) return [];
    this.lastClaim = now.getTime();
    return this.due().claim(now, limit);
  }

  countDue(now: Date): Promise<number> {
    return this.due().countDue(now);
  }

  /** A gateway that does not answer is asked again when the lease is over. */
  async sweep(sessionId: string): Promise<void> {
    if ((await this.look(sessionId, 'sweep')) === 'no_answer') return;
    const session = await this.store.find(sessionId);
    if (!session?.endedAt) return;
    const planned = nextSweep(session.endedAt, this.clock.worker());
    await this.database.manager.update(SessionRow, sessionId, { nextSweepAt: planned });
  }

  private due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'sessions', column: 'next_sweep_at', leaseMs: LEASE_MS });
  }
}
