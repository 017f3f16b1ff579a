import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { ConnectionTest, CreateSite, SaveAccount, SiteView, UpdateSite } from '@recaudo/shared';
import { DataSource, In, IsNull, Not, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService, type Actor } from '../audit/audit.service.js';
import type { JsonValue } from '../audit/audit.entity.js';
import type { Credentials } from '../gateways/gateway.port.js';
import { GATEWAY_ADDRESSES, GatewaysService } from '../gateways/gateways.service.js';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { isUniqueViolation } from '../platform/database.js';
import { ProblemError, fieldProblem } from '../platform/problem.js';
import { Sealing } from '../platform/sealing.js';
import type { SiteScope } from '../staff/access.js';
import { GatewayAccountRow, SiteRow } from './site.entity.js';

/** An account with its open secrets: in memory for the length of a call, never in a log or an answer. */
export interface OpenAccount {
  row: GatewayAccountRow;
  site: SiteRow;
  credentials: Credentials;
  /** The current secret and, while a change settles in, the previous one. */
  secrets: string[];
}

@Injectable()
export class SitesService {
  private readonly recoveryListeners: ((accountId: string) => Promise<void>)[] = [];

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly gateways: GatewaysService,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Every site of the scope, by name; 500 at most. */
  async list(scope: SiteScope): Promise<SiteView[]> {
    const where = scope === null ? {} : { id: In([...scope]) };
    const sites = await this.database.manager.find(SiteRow, { where, order: { name: 'ASC' }, take: 500 });
    const accounts = await this.database.manager.find(GatewayAccountRow, {
      where: { siteId: In(sites.map((site) => site.id)), retiredAt: IsNull() },
    });
    return sites.map((site) =>
      this.view(site, accounts.find((account) => account.siteId === site.id) ?? null),
    );
  }

  async get(id: string): Promise<SiteView> {
    const site = await this.database.manager.findOneBy(SiteRow, { id });
    if (!site) throw new ProblemError('not_found');
    return this.view(
      site,
      await this.database.manager.findOneBy(GatewayAccountRow, { siteId: id, retiredAt: IsNull() }),
    );
  }

  /** Errors: code_taken; a practice site in production, or a live one in practice, by field. */
  async create(actor: Actor, input: CreateSite): Promise<SiteView> {
    if (this.settings.production && input.mode === 'practice')
      throw fieldProblem('mode', 'no_practice_in_production');
    if (!this.settings.production && input.mode === 'live') throw fieldProblem('mode', 'no_live_in_practice');
    const row: SiteRow = { id: uuidv7(), createdAt: this.clock.worker(), policyId: null, ...input };
    try {
      await this.database.transaction(async (manager) => {
        await manager.insert(SiteRow, row);
        await this.record(manager, 'site.created', actor, row.id, { code: row.code, mode: row.mode });
      });
    } catch (error) {
      if (isUniqueViolation(error, 'sites_code_key'))
        throw new ProblemError('code_taken', { errors: { code: ['code_taken'] } });
      throw error;
    }
    return this.view(row, null);
  }

  async update(actor: Actor, id: string, input: UpdateSite): Promise<SiteView> {
    await this.database.transaction(async (manager) => {
      const { name } = await this.lockSite(manager, id);
      if (Object.keys(input).length > 0) await manager.update(SiteRow, id, input);
      await this.record(manager, 'site.updated', actor, id, { name, changes: input });
    });
    return this.get(id);
  }

  /** Creates the site's account, or changes it; a new secret keeps the one before it valid for notifications. */
  async saveAccount(actor: Actor, siteId: string, input: SaveAccount): Promise<SiteView> {
    await this.database.transaction(async (manager) => {
      const site = await this.lockSite(manager, siteId);
      this.requireAddressOfMode(site, input.baseUrl);
      const current = await manager.findOneBy(GatewayAccountRow, { siteId, retiredAt: IsNull() });
      // Another login is another contract: what was opened with the old one must still be asked with the old one.
      const account = current?.login === input.login ? current : null;
      if (!account && !input.secret) throw fieldProblem('secret', 'required');
      if (current && !account)
        await manager.update(GatewayAccountRow, current.id, { retiredAt: this.clock.worker() });
      const id = account?.id ?? uuidv7();
      const secret = input.secret
        ? {
            secretSealed: this.sealing.seal(input.secret, id),
            previousSecretSealed: account?.secretSealed ?? null,
            secretSetAt: this.clock.worker(),
          }
        : {};
      const { secret: _secret, baseUrl, ...rest } = input;
      const given = Object.entries(rest).filter(([, rule]) => rule !== undefined);
      const plain = {
        ...(Object.fromEntries(given) as typeof rest),
        baseUrl: baseUrl.replace(/\/+$/, ''),
      };
      // Whether we are believed again shows with the first call, and whoever waited for that is told then.
      const changes = { ...plain, ...secret, testedAt: null };
      if (account) await manager.update(GatewayAccountRow, id, changes);
      else {
        await manager.insert(GatewayAccountRow, {
          id,
          siteId,
          gateway: 'placetopay',
          createdAt: this.clock.worker(),
          ...changes,
        });
      }
      await this.record(manager, 'account.saved', actor, siteId, {
        ...plain,
        secretChanged: Boolean(input.secret),
      });
    });
    return this.get(siteId);
  }

  async testConnection(actor: Actor, siteId: string): Promise<ConnectionTest> {
    const account = await this.database.manager.findOneBy(GatewayAccountRow, { siteId, retiredAt: IsNull() });
    if (!account) throw new ProblemError('not_found', { detail: 'the site has no gateway account yet' });
    const { credentials } = await this.openAccount(account.id);
    const test = await this.gateways.port(account.gateway).testConnection(credentials);
    await this.database.transaction(async (manager) => {
      if (test.result === 'ok')
        await manager.update(GatewayAccountRow, account.id, { testedAt: this.clock.worker() });
      await this.record(manager, 'account.tested', actor, siteId, { result: test.result, code: test.code });
    });
    if (test.result === 'ok') await this.clearFlag(account);
    return test;
  }

  /** Inside a transaction with its manager: whoever holds one connection must not wait for a second. */
  async openAccount(accountId: string, manager: EntityManager = this.database.manager): Promise<OpenAccount> {
    // Every call of a gateway begins with it: one question, not two.
    const found = await manager
      .createQueryBuilder(GatewayAccountRow, 'a')
      .innerJoinAndMapOne('a.site', SiteRow, 's', 's.id = a.siteId')
      .where('a.id = :accountId', { accountId })
      .getOne();
    if (!found) throw new ProblemError('not_found');
    const { site, ...row } = found as GatewayAccountRow & { site: SiteRow };
    const sealed = [row.secretSealed, ...(row.previousSecretSealed ? [row.previousSecretSealed] : [])];
    const secrets = sealed.map((each) => this.sealing.open(each, row.id));
    const credentials = { baseUrl: row.baseUrl, login: row.login, secret: secrets[0] ?? '', hash: row.hash };
    return { row, site, credentials, secrets };
  }

  /** The account new sessions of the site are opened on. */
  async accountOf(siteId: string): Promise<OpenAccount> {
    const row = await this.database.manager.findOneBy(GatewayAccountRow, { siteId, retiredAt: IsNull() });
    if (!row)
      throw fieldProblem('siteId', (await this.exists(siteId)) ? 'site_without_account' : 'not_found');
    return this.openAccount(row.id);
  }

  /** After how many days a schedule's charge waits for a person. */
  async lateDays(siteId: string, manager: EntityManager): Promise<number> {
    const where = { id: siteId };
    return (await manager.findOneOrFail(SiteRow, { select: { id: true, lateDays: true }, where })).lateDays;
  }

  private exists(id: string): Promise<boolean> {
    return this.database.manager.existsBy(SiteRow, { id });
  }

  /** The gateway refused our credentials: administrators see it until a call succeeds. */
  async flag(accountId: string, text: string): Promise<void> {
    await this.database.manager.query(
      'UPDATE gateway_accounts SET flagged_at = COALESCE(flagged_at, $2), flag = $3 WHERE id = $1',
      [accountId, this.clock.worker(), text.slice(0, 200)],
    );
  }

  /** The gateway believes us again: whoever waited for that is told. */
  async clearFlag(account: GatewayAccountRow): Promise<void> {
    if (!account.flaggedAt) return;
    const flagged = { id: account.id, flaggedAt: Not(IsNull()) };
    const { affected } = await this.database.manager.update(GatewayAccountRow, flagged, {
      flaggedAt: null,
      flag: null,
    });
    // Of several calls that were believed at once, one tells.
    if (!affected) return;
    for (const listener of this.recoveryListeners) await listener(account.id);
  }

  onRecovery(listener: (accountId: string) => Promise<void>): void {
    this.recoveryListeners.push(listener);
  }

  /** The address where the account's gateway tells us its news. */
  notificationUrl(accountId: string): string {
    return `${this.settings.publicUrl}/api/notifications/${accountId}`;
  }

  async setUp(): Promise<{ site: boolean; account: boolean; tested: boolean }> {
    const sites = await this.database.manager.count(SiteRow);
    const accounts = await this.database.manager.find(GatewayAccountRow, {
      select: { id: true, testedAt: true },
      take: 500,
    });
    return {
      site: sites > 0,
      account: accounts.length > 0,
      tested: accounts.some((account) => account.testedAt !== null),
    };
  }

  /** Test addresses take no live sites and the other way round; addresses of no list (a proxy, practice) pass. */
  private requireAddressOfMode(site: SiteRow, baseUrl: string): void {
    if (this.settings.production && !baseUrl.startsWith('https://'))
      throw fieldProblem('baseUrl', 'https_required');
    const { host } = new URL(baseUrl);
    const documented = GATEWAY_ADDRESSES.find((address) => new URL(address.baseUrl).host === host);
    if (documented && documented.mode !== site.mode) throw fieldProblem('baseUrl', 'address_of_other_mode');
  }

  private async lockSite(manager: EntityManager, id: string): Promise<SiteRow> {
    const site = await manager.findOne(SiteRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!site) throw new ProblemError('not_found');
    return site;
  }

  private async record(
    manager: EntityManager,
    kind: string,
    actor: Actor,
    siteId: string,
    data: Record<string, JsonValue>,
  ): Promise<void> {
    await this.audit.record(manager, { kind, actor, siteId, subject: { type: 'site', id: siteId }, data });
  }

  private view(site: SiteRow, account: GatewayAccountRow | null): SiteView {
    return {
      id: site.id,
      code: site.code,
      name: site.name,
      country: site.country as SiteView['country'],
      currency: site.currency,
      zone: site.zone,
      cutOff: site.cutOff,
      mode: site.mode,
      returnUrl: site.returnUrl,
      refundLimits: site.refundLimits,
      collectLimits: site.collectLimits,
      undoMinutes: site.undoMinutes,
      lateDays: site.lateDays,
      createdAt: site.createdAt.toISOString(),
      account: account && {
        id: account.id,
        gateway: account.gateway,
        baseUrl: account.baseUrl,
        login: account.login,
        hash: account.hash,
        holdDays: account.holdDays,
        confirmationMinutes: account.confirmationMinutes,
        maxDispersions: account.maxDispersions,
        overCapture: account.overCapture,
        increaseOnly: account.increaseOnly,
        notificationUrl: this.notificationUrl(account.id),
        secretSetAt: account.secretSetAt.toISOString(),
        flaggedAt: account.flaggedAt?.toISOString() ?? null,
        flag: account.flag,
      },
    };
  }
}
