import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { request } from 'undici';
import { DataSource } from 'typeorm';
import { PlacetoPayGateway } from '../gateways/placetopay/placetopay.gateway.js';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { PRACTICE_CLOCK_HEADER, requestContext } from '../platform/context.js';
import { one } from '../platform/database.js';
import { SitesService } from '../sites/sites.service.js';
import { SiteRow } from '../sites/site.entity.js';
import { episode, type Episode } from './history.rules.js';
import { PracticeRow } from './practice.entity.js';

const AT_ONCE = 4;
const LEASE_MS = 60_000;
const STEP_DEADLINE_MS = 20_000;
const MINUTE = 60_000;
/** These come one by one: the first of them breaks the gateway on purpose. */
const ALONE = 2;

/** After so many declined cards the gateway ends a session. */
const ATTEMPTS_ALLOWED = 10;

const CARDS = { approved: '4110760000000081', declined: '4110760000000016', slow: '4110760000000073' };

/**
 * Makes the demo history as people would: a shop opens each session through the API, a payer follows the link,
 * pays on the hosted page and comes back. Only the clock is special. A kill resumes at the first unfinished one:
 * keys and references are the same, so nothing is made twice.
 */
@Injectable()
export class HistoryService implements OnApplicationShutdown {
  private readonly logger = new Logger('history');
  private stopping = false;
  private running: Promise<void> | null = null;
  private leaseUntil: Date | null = null;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly gateway: PlacetoPayGateway,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  /** In the background; one process at a time holds the lease. */
  start(): void {
    this.running = this.run().catch((error: unknown) =>
      this.logger.warn(`history stopped: ${String(error)}`),
    );
  }

  async progress(): Promise<{ made: number; planned: number } | null> {
    const row = await this.database.manager.findOneBy(PracticeRow, { id: 1 });
    return row && row.planned > 0 ? { made: Math.min(row.made, row.planned), planned: row.planned } : null;
  }

  private async run(): Promise<void> {
    const sites = new Map((await this.database.manager.find(SiteRow)).map((site) => [site.code, site]));
    for (
      let row = await this.takeLease();
      row && row.made < row.planned && !this.stopping;
      row = await this.takeLease()
    ) {
      const { seed, planned, made, anchorAt } = row;
      const count = made < ALONE ? 1 : Math.min(AT_ONCE, planned - made);
      const episodes = Array.from({ length: count }, (_, index) =>
        episode(seed, made + index, planned, anchorAt),
      );
      const results = await Promise.allSettled(
        episodes.map((each) => this.play(each, sites.get(each.siteCode))),
      );
      for (const result of results) {
        if (result.status === 'rejected') this.logger.warn(`an episode broke off: ${String(result.reason)}`);
      }
      await this.database.manager.update(PracticeRow, 1, { made: made + count });
    }
    if (!this.stopping) await this.database.manager.update(PracticeRow, 1, { leaseUntil: null });
  }

  /** Null when another process is at it. The lease is our own process's: it is renewed with every round. */
  private async takeLease(): Promise<PracticeRow | null> {
    const now = this.clock.worker();
    const until = new Date(now.getTime() + LEASE_MS);
    const mine = this.leaseUntil;
    const [rows] = await this.database.query<[unknown[], number]>(
      `UPDATE practice SET lease_until = $1 WHERE id = 1 AND (lease_until IS NULL OR lease_until <= $2 OR lease_until = $3) RETURNING id`,
      [until, now, mine],
    );
    if (rows.length === 0) return null;
    this.leaseUntil = until;
    return this.database.manager.findOneBy(PracticeRow, { id: 1 });
  }

  private async play(story: Episode, site: SiteRow | undefined): Promise<void> {
    if (!site) return;
    const at = (minutes: number): Date => new Date(story.at.getTime() + minutes * MINUTE);
    if (story.plot === 'elsewhere') return this.payElsewhere(story, site, at);
    if (story.plot === 'gatewayDown') await this.breakGateway();
    const opened = await this.openSession(story, site, at(0));
    if (!opened) return;
    const processUrl = story.plot === 'neverCame' ? null : await this.visit(opened, at(1));
    if (processUrl) await this.act(story, processUrl, at);
    if (story.plot === 'neverCame') await this.visit(opened, at(story.lifeMinutes + 1));
    else if (story.plot !== 'stillOpen') await this.get(`${opened}/return`, at(4));
    if (story.plot === 'paysSlowly') await this.get(`${opened}/return`, at(8));
  }

  /** What the payer does on the hosted page; the same form a browser would send. */
  private async act(story: Episode, processUrl: string, at: (minutes: number) => Date): Promise<void> {
    if (story.plot === 'gaveUp') return void (await this.postForm(`${processUrl}/cancel`, {}, at(3)));
    const declines = { declined: ATTEMPTS_ALLOWED, paysAfterDecline: 1 }[story.plot as string] ?? 0;
    for (let decline = 0; decline < declines; decline += 1) {
      await this.pay(story, processUrl, CARDS.declined, at(2 + decline / ATTEMPTS_ALLOWED));
    }
    if (story.plot === 'pays' || story.plot === 'paysAfterDecline')
      await this.pay(story, processUrl, CARDS.approved, at(3));
    if (story.plot === 'paysSlowly') await this.pay(story, processUrl, CARDS.slow, at(3));
  }

  private async pay(story: Episode, processUrl: string, number: string, at: Date): Promise<void> {
    const { name = '', surname = '', email = '', documentType = '', document = '' } = story.payer;
    const holder = `${name} ${surname}`;
    const form = {
      number,
      holder,
      expiry: '12/30',
      cvv: '123',
      installments: '1',
      name,
      surname,
      email,
      documentType,
      document,
      mobile: '',
    };
    await this.postForm(`${processUrl}/pay`, form, at);
  }

  /** The order's link as a path of ours, or null when the gateway did not open it. */
  private async openSession(story: Episode, site: SiteRow, at: Date): Promise<string | null> {
    const response = await request(`${this.home()}/api/sessions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.settings.demo?.shopKey}`,
        'idempotency-key': `demo-history-${story.number}`,
        [PRACTICE_CLOCK_HEADER]: at.toISOString(),
      },
      body: JSON.stringify({
        siteId: site.id,
        reference: story.reference,
        description: story.description,
        amountMinor: story.amountMinor,
        currency: story.currency,
        payer: story.payer,
        expiresAt: new Date(at.getTime() + story.lifeMinutes * MINUTE).toISOString(),
        ipAddress: '127.0.0.1',
        userAgent: 'demo shop',
      }),
      signal: AbortSignal.timeout(STEP_DEADLINE_MS),
    });
    const body = (await response.body.json()) as { order?: { linkUrl: string } };
    return body.order ? new URL(body.order.linkUrl).pathname : null;
  }

  private async visit(path: string, at: Date): Promise<string | null> {
    const response = await this.get(path, at);
    return response.statusCode === 303 ? String(response.headers.location) : null;
  }

  private async get(path: string, at: Date) {
    const response = await request(`${this.home()}${path}`, {
      headers: { [PRACTICE_CLOCK_HEADER]: at.toISOString(), 'user-agent': 'demo payer' },
      signal: AbortSignal.timeout(STEP_DEADLINE_MS),
    });
    await response.body.dump();
    return response;
  }

  private async postForm(url: string, form: Record<string, string>, at: Date): Promise<void> {
    const response = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        [PRACTICE_CLOCK_HEADER]: at.toISOString(),
      },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(STEP_DEADLINE_MS),
    });
    await response.body.dump();
  }

  /** One creation without an answer, so that the list shows a failed one. */
  private async breakGateway(): Promise<void> {
    const response = await request(`${this.settings.sandboxUrl}/control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ operation: 'session.create', kind: 'error_500', count: 1 }),
      signal: AbortSignal.timeout(STEP_DEADLINE_MS),
    });
    await response.body.dump();
  }

  /** A session the shop's own plugin opened on the same account: we hear of it only by its notification. */
  private async payElsewhere(story: Episode, site: SiteRow, at: (minutes: number) => Date): Promise<void> {
    const account = await this.sites.accountOf(site.id);
    const practiceNow = at(0).getTime();
    const answer = await requestContext.run({ requestId: 'history', practiceNow }, () =>
      this.gateway.createSession(account.credentials, {
        reference: `WOO-${story.number + 7_000}`,
        description: story.description,
        amountMinor: story.amountMinor,
        currency: story.currency,
        payer: story.payer,
        locale: `es_${site.country}`,
        expiresAt: at(30),
        returnUrl: 'https://tienda.example/gracias',
        ipAddress: '127.0.0.1',
        userAgent: 'demo plugin',
      }),
    );
    if (answer.kind === 'opened') await this.pay(story, answer.processUrl, CARDS.approved, at(2));
  }

  private home(): string {
    return `http://127.0.0.1:${this.settings.port}`;
  }

  /** True once the row exists, so that a later start continues instead of planning again. */
  async plan(seed: string): Promise<void> {
    const existing = await one(this.database.manager, 'SELECT 1 FROM practice WHERE id = 1', []);
    if (existing) return;
    await this.database.query(
      `INSERT INTO practice (id, clock_offset_ms, seed, planned, made, anchor_at, lease_until)
       VALUES (1, 0, $1, $2, 0, $3, NULL) ON CONFLICT (id) DO NOTHING`,
      [seed, this.settings.demo?.history ?? 0, this.clock.worker()],
    );
  }
}
