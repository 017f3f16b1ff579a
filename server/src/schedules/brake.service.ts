import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull, Not, type EntityManager, type FindOptionsWhere } from 'typeorm';
import { AuditService, SYSTEM, type Actor } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problem.js';
import { GatewayAccountRow } from '../sites/site.entity.js';
import { SitesService } from '../sites/sites.service.js';
import { reasonClass } from './dunning.rules.js';

/** House rule: of so many of an account's last charges more than half may not end without anybody's judgement. */
const LAST = 50;

/**
 * Stops an account's schedules when something is wrong that more charges would only make worse: the gateway refuses our
 * credentials, or most charges end technical, with unlisted codes or unknown.
 */
@Injectable()
export class BrakeService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The gateway believes us again: what was stopped for that goes on by itself. */
  onModuleInit(): void {
    this.sites.onRecovery(async (accountId) => {
      const stopped = { id: accountId, collectsStoppedWhy: 'credentials' };
      await this.database.transaction((manager) => this.letGo(manager, SYSTEM, stopped));
    });
  }

  /** After a charge that nobody judged: over half of the last fifty stop the account. */
  async judge(manager: EntityManager, accountId: string): Promise<void> {
    const account = await manager.findOneByOrFail(GatewayAccountRow, { id: accountId });
    if (account.collectsStoppedAt !== null) return;
    if (account.flaggedAt !== null) return this.stop(manager, account, 'credentials');
    const rows = await manager.query<{ state: string; reason: string | null }[]>(
      `SELECT s.state, coalesce(c.reason, s.reason) AS reason FROM collects c JOIN sessions s ON s.id = c.id
       WHERE c.gateway_account_id = $1 AND c.first_sent_at > $2 ORDER BY c.first_sent_at DESC LIMIT ${LAST}`,
      [accountId, account.collectsReleasedAt ?? new Date(0)],
    );
    const bad = rows.filter(({ state, reason }) => state === 'unknown' || unjudged(state, reason));
    if (bad.length * 2 > LAST) await this.stop(manager, account, 'unjudged');
  }

  /**
   * A person lets the schedules of a site go on, those of an account it had before included; what was before is not judged
   * again. Errors: conflict when nothing was stopped.
   */
  async release(actor: Actor, siteId: string): Promise<void> {
    const released = await this.database.transaction((manager) =>
      this.letGo(manager, actor, { siteId, collectsStoppedAt: Not(IsNull()) }),
    );
    if (released === 0) throw new ProblemError('conflict', { detail: 'not_stopped' });
  }

  private async letGo(
    manager: EntityManager,
    actor: Actor,
    which: FindOptionsWhere<GatewayAccountRow>,
  ): Promise<number> {
    const lock = { mode: 'pessimistic_write' } as const;
    const accounts = await manager.find(GatewayAccountRow, {
      where: which,
      order: { id: 'ASC' },
      take: 50,
      lock,
    });
    for (const account of accounts) {
      await manager.update(GatewayAccountRow, account.id, {
        ...{ collectsStoppedAt: null, collectsStoppedWhy: null, collectsReleasedAt: this.clock.now() },
      });
      await this.record(manager, 'account.charges_released', actor, account);
    }
    return accounts.length;
  }

  private async stop(
    manager: EntityManager,
    account: GatewayAccountRow,
    why: 'credentials' | 'unjudged',
  ): Promise<void> {
    await manager.update(GatewayAccountRow, account.id, {
      ...{ collectsStoppedAt: this.clock.now(), collectsStoppedWhy: why },
    });
    await this.record(manager, 'account.charges_stopped', SYSTEM, account, { why });
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    { siteId }: GatewayAccountRow,
    data: Record<string, string> = {},
  ): Promise<void> {
    await this.audit.record(manager, { kind, actor, siteId, subject: { type: 'site', id: siteId }, data });
  }
}

function unjudged(state: string, reason: string | null): boolean {
  if (state !== 'rejected' && state !== 'failed') return false;
  const found = reasonClass(reason ?? '');
  return found === 'technical' || found === 'unlisted';
}
