import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { SYSTEM } from '../audit/audit.service.js';
import type { SessionSnapshot } from '../gateways/gateway.port.js';
import { Clock } from '../platform/clock.js';
import { dueRows } from '../platform/due-rows.js';
import { SitesService, type OpenAccount } from '../sites/sites.service.js';
import { ApplyingService } from './applying.service.js';
import { CancellationService } from './cancellation.service.js';
import { needsAttention, nextProbe } from './probe.rules.js';
import { SessionRow } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

/** Longer than a query's deadline: a probe that is still running is not handed to another replica. */
const LEASE_MS = 60_000;

/** A claimed session on its way through a batch. */
export interface Probe {
  session: SessionRow;
  /** The batch's accounts by id: each is opened once, and forgotten with the batch. */
  accounts: Map<string, Promise<OpenAccount>>;
  noNews: NoNews | null;
}

/** What is written of a session of which the gateway said nothing new. */
interface NoNews {
  id: string;
  /** The due time that the claim left behind. */
  leaseUntil: Date;
  askedAt: Date;
  nextProbeAt: Date | null;
  reason: string;
  message: string;
  evidence: object;
}

/**
 * Asks about pending sessions in batches. Almost all of them are as they were: those cost a question each and one
 * statement together; whatever moved goes through the same door as any other news.
 */
@Injectable()
export class ProbesService {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sessions: SessionsService,
    private readonly applying: ApplyingService,
    private readonly cancellation: CancellationService,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /** Claims sessions whose probe is due. One without a number is not asked about. */
  async claim(now: Date, limit: number): Promise<Probe[]> {
    const claimed = await this.due().claim(now, limit);
    if (claimed.length === 0) return [];
    const rows = await this.database.manager.findBy(SessionRow, {
      id: In(claimed),
      gatewayNumber: Not(IsNull()),
    });
    const accounts = new Map<string, Promise<OpenAccount>>();
    return rows.map((session) => ({ session, accounts, noNews: null }));
  }

  countDue(now: Date): Promise<number> {
    return this.due().countDue(now);
  }

  async ask(probe: Probe): Promise<void> {
    const { session } = probe;
    // It waited for its turn until the lease was over: the next claim takes it.
    if (session.nextProbeAt && session.nextProbeAt <= this.clock.worker()) return;
    const account = await this.accountOf(probe);
    const asked = await this.sessions.query(session, account, 'probe', SYSTEM);
    if (!asked) return;
    probe.noNews = this.noNews(session, asked.snapshot);
    if (!probe.noNews) await this.applying.apply(session.id, asked.snapshot, 'probe', SYSTEM, asked.at);
    if (session.cancelAskedAt) await this.cancellation.resume(session.id);
  }

  /** Writes down together what the batch found nothing new about; a session that somebody planned anew is left alone. */
  async conclude(batch: Probe[]): Promise<void> {
    const notes = batch.flatMap(({ noNews }) => noNews ?? []);
    if (notes.length === 0) return;
    const column = (name: keyof NoNews) => notes.map((note) => note[name]);
    await this.database.query(
      `UPDATE sessions s SET last_asked_at = n.asked_at, next_probe_at = n.next_probe_at, probes = s.probes + 1,
         reason = n.reason, message = n.message, evidence = n.evidence
       FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[],
         $7::jsonb[]) AS n (id, lease_until, asked_at, next_probe_at, reason, message, evidence)
       WHERE s.id = n.id AND s.next_probe_at = n.lease_until AND s.state = 'pending'`,
      [
        column('id'),
        column('leaseUntil'),
        column('askedAt'),
        column('nextProbeAt'),
        column('reason'),
        column('message'),
        notes.map(({ evidence }) => JSON.stringify(evidence)),
      ],
    );
  }

  private due(): ReturnType<typeof dueRows> {
    return dueRows(this.database, { table: 'sessions', column: 'next_probe_at', leaseMs: LEASE_MS });
  }

  private accountOf({ session: { gatewayAccountId: id }, accounts }: Probe): Promise<OpenAccount> {
    const opened = accounts.get(id) ?? this.sites.openAccount(id);
    accounts.set(id, opened);
    return opened;
  }

  /** Null where there is something to apply, or somebody should look at it. */
  private noNews(session: SessionRow, snapshot: SessionSnapshot): NoNews | null {
    const now = this.clock.now();
    const { id, createdAt, expiresAt, nextProbeAt: leaseUntil } = session;
    if (!leaseUntil || isNews(session, snapshot) || needsAttention(expiresAt, now)) return null;
    const planned = nextProbe(createdAt, expiresAt, now);
    return {
      id,
      leaseUntil,
      askedAt: now,
      nextProbeAt: planned && this.clock.due(planned),
      reason: snapshot.reason.slice(0, 40),
      message: snapshot.message.slice(0, 500),
      evidence: snapshot.evidence as object,
    };
  }
}

/** Everything but that it is open as before and that still nobody has tried to pay it. */
function isNews(session: SessionRow, { state, attempts, instrument, payer }: SessionSnapshot): boolean {
  const open = session.state === 'pending' && session.attempts === 0 && session.kind !== 'confirmation';
  return !open || state !== 'pending' || attempts.length > 0 || instrument !== null || payer !== null;
}
