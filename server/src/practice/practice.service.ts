import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  COUNTRIES,
  isCurrency,
  ROLES,
  type CollectLimits,
  type PracticeView,
  type RefundLimits,
  type Role,
} from '@recaudo/shared';
import { request } from 'undici';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SYSTEM } from '../audit/audit.service.js';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { alone, one } from '../platform/database.js';
import { ProblemError } from '../platform/problem.js';
import { fingerprint } from '../platform/sealing.js';
import { KeysService } from '../staff/keys.service.js';
import { hashPassword, LoginsService } from '../staff/logins.service.js';
import { ApiKeyRow, PersonRow } from '../staff/person.entity.js';
import { SiteRow } from '../sites/site.entity.js';
import { SitesService } from '../sites/sites.service.js';
import { HistoryService } from './history.service.js';

const DEMO_PEOPLE: readonly { role: Role; name: string }[] = [
  { role: 'support', name: 'Sofía Cárdenas' },
  { role: 'finance', name: 'Federico Peña' },
  { role: 'manager', name: 'Mariana Londoño' },
  { role: 'auditor', name: 'Álvaro Benítez' },
  { role: 'admin', name: 'Adriana Suárez' },
];

/** What one person may give back alone, in minor units: enough for an ordinary day. */
const DEMO_LIMITS: Record<string, RefundLimits> = {
  COP: { operationMinor: 50_000_000, paymentMinor: 80_000_000, dayMinor: 500_000_000 },
  USD: { operationMinor: 15_000, paymentMinor: 25_000, dayMinor: 200_000 },
  CLP: { operationMinor: 120_000, paymentMinor: 200_000, dayMinor: 1_500_000 },
};
const DEMO_COLLECT_LIMITS: Record<string, CollectLimits> = {
  COP: { operationMinor: 100_000_000, dayMinor: 1_000_000_000 },
  USD: { operationMinor: 30_000, dayMinor: 300_000 },
  CLP: { operationMinor: 250_000, dayMinor: 2_500_000 },
};

const SANDBOX_DEADLINE_MS = 2_000;
const SANDBOX_TRIES = 120;
const SET_UP_AGAIN_MS = 1_000;
const SET_UP_TRIES = 600;

const sandboxSitesSchema = z.array(
  z.object({
    site: z.string(),
    name: z.string(),
    country: z.enum(COUNTRIES),
    currency: z.string(),
    zone: z.string(),
    login: z.string(),
    secretKey: z.string(),
    algorithm: z.enum(['sha256', 'sha1']).catch('sha256'),
  }),
);
type SandboxSite = z.infer<typeof sandboxSitesSchema>[number];

/** A practising installation sets itself up against the practice gateway; in production all of this is inert. */
@Injectable()
export class PracticeService implements OnApplicationBootstrap {
  private readonly logger = new Logger('practice');
  private readonly active: boolean;
  /** True once demo people, sites and key are there. */
  ready: boolean;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly keys: KeysService,
    private readonly logins: LoginsService,
    private readonly history: HistoryService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.active = !settings.production && settings.demo !== null && settings.sandboxUrl !== null;
    this.ready = !this.active;
  }

  onApplicationBootstrap(): void {
    if (this.active) void this.setUpInTheEnd();
  }

  /** The database may be away for a moment just then; until it is done, nobody can sign in. */
  private async setUpInTheEnd(): Promise<void> {
    for (let tries = 1; tries <= SET_UP_TRIES; tries += 1) {
      try {
        return await this.setUp();
      } catch (error) {
        this.logger.error(`practice was not set up: ${String(error)}`);
      }
      await pause(SET_UP_AGAIN_MS, undefined, { ref: false });
    }
  }

  async view(): Promise<PracticeView> {
    const { production, demo, sandboxUrl } = this.settings;
    if (production)
      return {
        practice: false,
        people: [],
        password: null,
        sandboxUrl: null,
        clockOffsetMs: 0,
        history: null,
      };
    const people = demo ? DEMO_PEOPLE.map(({ role, name }) => ({ email: demoEmail(role), name, role })) : [];
    return {
      practice: true,
      people,
      password: demo?.password ?? null,
      sandboxUrl,
      clockOffsetMs: this.clock.offset,
      history: await this.history.progress(),
    };
  }

  /** Moves both clocks, ours and the practice gateway's. */
  async advanceClock(advanceMs: number): Promise<PracticeView> {
    if (this.settings.production) throw new ProblemError('not_in_production');
    const row = await one<{ clock_offset_ms: string }>(
      this.database.manager,
      `INSERT INTO practice (id, clock_offset_ms, seed, planned, made, anchor_at) VALUES (1, $1, '', 0, 0, $2)
       ON CONFLICT (id) DO UPDATE SET clock_offset_ms = practice.clock_offset_ms + $1 RETURNING clock_offset_ms`,
      [advanceMs, new Date()],
    );
    this.clock.setOffset(Number(row?.clock_offset_ms ?? 0));
    if (this.settings.sandboxUrl) {
      await this.sandbox('POST', '/control/clock', { offsetMs: this.clock.offset });
    }
    return this.view();
  }

  /** Every process of ours follows the offset within a second. */
  @Interval(1_000)
  async followClock(): Promise<void> {
    if (this.settings.production) return;
    const row = await one<{ clock_offset_ms: string }>(
      this.database.manager,
      'SELECT clock_offset_ms FROM practice WHERE id = 1',
      [],
    );
    if (row) this.clock.setOffset(Number(row.clock_offset_ms));
  }

  private async setUp(): Promise<void> {
    // A process that answered before would do so at another time than all the others.
    await this.followClock();
    if (!this.settings.runWorker) {
      this.ready = true;
      return;
    }
    // Replicas that start together would each make the same people and sites.
    await alone(this.settings.databaseUrl, 'practice', async () => {
      await this.makePeople();
      const offered = await this.sandboxSites();
      const siteIds: string[] = [];
      for (const each of offered) siteIds.push(await this.adoptSite(each));
      await this.makeKey(siteIds);
      await this.history.plan('recaudo');
    });
    this.ready = true;
    this.history.start();
  }

  private async makePeople(): Promise<void> {
    const { manager } = this.database;
    const missing: (typeof DEMO_PEOPLE)[number][] = [];
    for (const each of DEMO_PEOPLE) {
      if (!(await manager.existsBy(PersonRow, { email: demoEmail(each.role) }))) missing.push(each);
    }
    await Promise.all(
      missing.map(async ({ role, name }) => {
        const passwordHash = await hashPassword(this.settings.demo?.password ?? '');
        await manager
          .createQueryBuilder()
          .insert()
          .into(PersonRow)
          .values({
            id: uuidv7(),
            email: demoEmail(role),
            name,
            role,
            allSites: true,
            siteIds: [],
            state: 'active',
            language: 'es',
            zone: 'America/Bogota',
            passwordHash,
            createdAt: this.clock.worker(),
          })
          .orIgnore()
          .execute();
      }),
    );
  }

  private async sandboxSites(): Promise<SandboxSite[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return sandboxSitesSchema.parse(await this.sandbox('GET', '/control/sites'));
      } catch (error) {
        if (attempt >= SANDBOX_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  /** Makes our side of a practice site, and tells the gateway where to notify us; addresses may change between starts. */
  private async adoptSite(offered: SandboxSite): Promise<string> {
    const code = offered.site.toLowerCase();
    const existing = await this.database.manager.findOneBy(SiteRow, { code });
    const site = existing
      ? await this.sites.get(existing.id)
      : await this.sites.create(SYSTEM, {
          code,
          name: offered.name,
          country: offered.country,
          currency: isCurrency(offered.currency) ? offered.currency : 'USD',
          zone: offered.zone,
          cutOff: '22:00',
          mode: 'practice',
          returnUrl: null,
          refundLimits: DEMO_LIMITS[offered.currency] ?? null,
          collectLimits: DEMO_COLLECT_LIMITS[offered.currency] ?? null,
          undoMinutes: 5,
          lateDays: 3,
        });
    const baseUrl = this.settings.sandboxUrl ?? '';
    // An administrator may have given the site another login: that is theirs to keep.
    const ours = !site.account || site.account.login === offered.login;
    const current = !ours || site.account?.baseUrl === baseUrl;
    const { login, secretKey: secret, algorithm: hash } = offered;
    const saved = current
      ? site
      : await this.sites.saveAccount(SYSTEM, site.id, { baseUrl, login, secret, hash });
    await this.sandbox('PATCH', `/control/sites/${offered.site}`, {
      notificationUrl: saved.account?.notificationUrl,
      confirmation: true,
    });
    if (!current) await this.sites.testConnection(SYSTEM, site.id);
    return site.id;
  }

  private async makeKey(siteIds: string[]): Promise<void> {
    const secret = this.settings.demo?.shopKey ?? '';
    if (await this.database.manager.existsBy(ApiKeyRow, { fingerprint: fingerprint(secret) })) return;
    const { manager } = this.database;
    const { id } = await manager.findOneByOrFail(PersonRow, { email: demoEmail('admin') });
    const admin = await this.logins.principalOf(id);
    if (admin) await this.keys.create(admin, { name: 'Tienda demo', siteIds }, secret);
  }

  private async sandbox(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<unknown> {
    const response = await request(`${this.settings.sandboxUrl}${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(SANDBOX_DEADLINE_MS),
    });
    if (response.statusCode >= 300)
      throw new Error(`practice gateway: HTTP ${response.statusCode} on ${path}`);
    return response.body.json();
  }
}

function demoEmail(role: (typeof ROLES)[number]): string {
  return `${role}@demo.recaudo.test`;
}
