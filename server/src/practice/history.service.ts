import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { one } from '../platform/database.js';
import { Jobs } from '../platform/jobs.js';
import { SiteRow } from '../sites/site.entity.js';
import { episode } from './history.rules.js';
import { PracticeRow } from './practice.entity.js';
import { LifeTeller } from './life-teller.js';
import { lifeOf, livesOf } from './lives.rules.js';
import { StoryTeller } from './story-teller.js';

const AT_ONCE = 4;
/** Longer than a story takes, and renewed while one waits; after a kill the next process waits for it to lapse. */
const LEASE_MS = 20_000;
const RESUME_EVERY_MS = 2_000;
/** What a killed process had just begun is not known for up to a minute: until then nothing of it can be repeated. */
const PATIENCE_MS = 120_000;
const PAUSE_MS = 2_000;
/** These come one by one: two of them break the gateway on purpose. */
const ALONE = 3;
/** Then the schedules are told, so that managers see them soon; payments go on afterwards. */
const BEFORE_SCHEDULES = 36;

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
  private begun = false;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly teller: StoryTeller,
    private readonly lives: LifeTeller,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  /** In the background; one process at a time holds the lease. */
  start(): void {
    this.begun = true;
    this.resume();
  }

  /** Whoever is not at it looks again: the process that was may have died. */
  @Interval(RESUME_EVERY_MS)
  resume(): void {
    if (!this.begun || this.running || this.stopping) return;
    this.running = this.run()
      .catch((error: unknown) => this.logger.warn(`history stopped: ${String(error)}`))
      .finally(() => {
        this.running = null;
      });
  }

  async progress(): Promise<{ made: number; planned: number } | null> {
    const row = await this.database.manager.findOneBy(PracticeRow, { id: 1 });
    if (!row || row.planned === 0) return null;
    const planned = row.planned + row.schedulesPlanned;
    return { made: Math.min(row.made + row.schedulesMade, planned), planned };
  }

  private async run(): Promise<void> {
    const progress = await this.progress();
    if (!progress || progress.made >= progress.planned) {
      this.begun = false;
      return;
    }
    const sites = new Map((await this.database.manager.find(SiteRow)).map((site) => [site.code, site]));
    for (let row = await this.takeLease(); row && isUnfinished(row); row = await this.takeLease()) {
      const paying = row.made < Math.min(row.planned, BEFORE_SCHEDULES);
      const done =
        paying || row.schedulesMade >= row.schedulesPlanned
          ? await this.tellPayments(row, sites)
          : await this.tellSchedules(row, sites);
      if (this.stopping) return;
      await this.database.manager.update(PracticeRow, 1, done);
      // What they earn is added up at once: nobody waits a minute for it.
      if (done.schedulesMade !== undefined && done.schedulesMade >= row.schedulesPlanned)
        this.jobs.nudge('revenue');
    }
  }

  private async tellPayments(
    { seed, planned, made, anchorAt }: PracticeRow,
    sites: Map<string, SiteRow>,
  ): Promise<Partial<PracticeRow>> {
    const count = made < ALONE ? 1 : Math.min(AT_ONCE, planned - made);
    const episodes = Array.from({ length: count }, (_, index) =>
      episode(seed, made + index, planned, anchorAt),
    );
    await Promise.all(
      episodes.map((each) =>
        this.untilTold(each.reference, sites.get(each.siteCode), (site) => this.teller.play(each, site)),
      ),
    );
    return { made: made + count };
  }

  /** Of each site one at a time: what the gateway is told to refuse next must be this one's. */
  private async tellSchedules(
    { seed, schedulesPlanned, schedulesMade, anchorAt }: PracticeRow,
    sites: Map<string, SiteRow>,
  ): Promise<Partial<PracticeRow>> {
    const count = Math.min(AT_ONCE, schedulesPlanned - schedulesMade);
    const zoneOf = (code: string) => sites.get(code)?.zone ?? 'America/Bogota';
    const lives = Array.from({ length: count }, (_, index) =>
      lifeOf(seed, schedulesMade + index, anchorAt, zoneOf),
    );
    await Promise.all(
      lives.map((each) =>
        this.untilTold(each.reference, sites.get(each.siteCode), (site) =>
          this.lives.play(each, site, anchorAt, () => this.stopping),
        ),
      ),
    );
    return { schedulesMade: schedulesMade + count };
  }

  /** Null when another process is at it. The lease is our own process's: it is renewed with every round and pause. */
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

  /** Tries again from the start: every step may be repeated. A story that will not be told is left as it stands. */
  private async untilTold(
    reference: string,
    site: SiteRow | undefined,
    tell: (site: SiteRow) => Promise<void>,
  ): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!this.stopping) {
      try {
        if (site) await tell(site);
        return;
      } catch (error) {
        this.logger.warn(`demo story ${reference} broke off: ${String(error)}`);
        if (performance.now() > end) return;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        await this.takeLease();
      }
    }
  }

  /** True once the row exists, so that a later start continues instead of planning again. */
  async plan(seed: string): Promise<void> {
    const existing = await one(this.database.manager, 'SELECT 1 FROM practice WHERE id = 1', []);
    if (existing) return;
    const payments = this.settings.demo?.history ?? 0;
    await this.database.query(
      `INSERT INTO practice (id, clock_offset_ms, seed, planned, made, schedules_planned, anchor_at, lease_until)
       VALUES (1, 0, $1, $2, 0, $3, $4, NULL) ON CONFLICT (id) DO NOTHING`,
      [seed, payments, livesOf(payments), this.clock.worker()],
    );
  }
}

function isUnfinished({ made, planned, schedulesMade, schedulesPlanned }: PracticeRow): boolean {
  return made < planned || schedulesMade < schedulesPlanned;
}
