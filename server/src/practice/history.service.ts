import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { SETTINGS, type Settings } from '../platform/config.js';
import { one } from '../platform/database.js';
import { SiteRow } from '../sites/site.entity.js';
import { episode, type Episode } from './history.rules.js';
import { PracticeRow } from './practice.entity.js';
import { StoryTeller } from './story-teller.js';

const AT_ONCE = 4;
/** Longer than a round takes; after a kill the next process waits for it to lapse. */
const LEASE_MS = 20_000;
const RESUME_EVERY_MS = 2_000;
const TRIES = 3;
const PAUSE_MS = 1_000;
/** These come one by one: two of them break the gateway on purpose. */
const ALONE = 3;

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
    return row && row.planned > 0 ? { made: Math.min(row.made, row.planned), planned: row.planned } : null;
  }

  private async run(): Promise<void> {
    const progress = await this.progress();
    if (!progress || progress.made >= progress.planned) {
      this.begun = false;
      return;
    }
    const sites = new Map((await this.database.manager.find(SiteRow)).map((site) => [site.code, site]));
    for (let row = await this.takeLease(); row && row.made < row.planned; row = await this.takeLease()) {
      const { seed, planned, made, anchorAt } = row;
      const count = made < ALONE ? 1 : Math.min(AT_ONCE, planned - made);
      const episodes = Array.from({ length: count }, (_, index) =>
        episode(seed, made + index, planned, anchorAt),
      );
      await Promise.all(episodes.map((each) => this.playUntilTold(each, sites.get(each.siteCode))));
      if (this.stopping) return;
      await this.database.manager.update(PracticeRow, 1, { made: made + count });
    }
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

  /** Tries again from the start: every step may be repeated. An episode that will not be told is left as it stands. */
  private async playUntilTold(story: Episode, site: SiteRow | undefined): Promise<void> {
    for (let attempt = 1; attempt <= TRIES && !this.stopping; attempt += 1) {
      try {
        if (site) await this.teller.play(story, site);
        return;
      } catch (error) {
        this.logger.warn(`demo payment ${story.reference} broke off: ${String(error)}`);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
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
