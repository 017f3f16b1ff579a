import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { JobName } from '@recaudo/shared';
import { v7 as uuidv7 } from 'uuid';
import { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import { SETTINGS, type Settings } from './config.js';
import { requestContext } from './context.js';

/** A job over due rows. Each claim pushes the row's due time forward: that is its lease. */
export interface Job<Row> {
  name: JobName;
  everyMs: number;
  /** Rows claimed at once, and handled at once. */
  batch: number;
  concurrency: number;
  claim(now: Date, limit: number): Promise<Row[]>;
  /** Must leave the row's next due time behind; an error leaves it to the lease. */
  handle(row: Row): Promise<void>;
  /** After each batch: writes what its rows left to be written together. */
  conclude?(rows: Row[]): Promise<void>;
  countDue(now: Date): Promise<number>;
}

export interface JobRun {
  claimed: number;
  done: number;
  failed: number;
}

const MAX_BATCHES_PER_TICK = 50;

interface Batch {
  rows: unknown[];
  unfinished: number;
}

interface Taken {
  row: unknown;
  batch: Batch;
}

/** The rows of one run: claimed anew whenever none is left, so that nobody waits for the slowest of a batch. */
class Source {
  private readonly waiting: Taken[] = [];
  private readonly open = new Set<Batch>();
  private claiming: Promise<void> | null = null;
  private batches = 0;
  private dry = false;
  claimed = 0;

  constructor(
    private readonly job: Job<unknown>,
    private readonly claimRows: () => Promise<unknown[]>,
  ) {}

  async next(): Promise<Taken | null> {
    while (this.waiting.length === 0 && !this.dry) {
      this.claiming ??= this.claim().finally(() => (this.claiming = null));
      await this.claiming;
    }
    return this.waiting.shift() ?? null;
  }

  /** One row of it is handled; with the last one the batch is concluded. */
  async finish(batch: Batch): Promise<void> {
    batch.unfinished -= 1;
    if (batch.unfinished > 0 || !this.open.delete(batch)) return;
    await this.job.conclude?.(batch.rows);
  }

  /** What was begun and not handled to its end, because the process stops. */
  async conclude(): Promise<void> {
    for (const { rows } of this.open) await this.job.conclude?.(rows);
  }

  private async claim(): Promise<void> {
    this.batches += 1;
    // Where not even claiming works, the next tick tries again.
    const failed = (error: unknown): never => {
      this.dry = true;
      throw error;
    };
    const rows = await this.claimRows().catch(failed);
    this.dry = rows.length < this.job.batch || this.batches === MAX_BATCHES_PER_TICK;
    this.claimed += rows.length;
    const batch: Batch = { rows, unfinished: rows.length };
    if (rows.length > 0) this.open.add(batch);
    this.waiting.push(...rows.map((row) => ({ row, batch })));
  }
}

/** Runs every registered job by @nestjs/schedule ticks, never twice at once in one process. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private readonly jobs = new Map<JobName, Job<unknown>>();
  private readonly running = new Map<JobName, Promise<JobRun>>();
  private readonly again = new Set<JobName>();
  private stopping = false;

  constructor(
    private readonly scheduler: SchedulerRegistry,
    private readonly database: DataSource,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  register<Row>(job: Job<Row>): void {
    if (this.jobs.has(job.name)) throw new Error(`job "${job.name}" is registered twice`);
    this.jobs.set(job.name, job);
  }

  onApplicationBootstrap(): void {
    if (!this.settings.runWorker) return;
    for (const job of this.jobs.values()) {
      const timer = setInterval(() => this.nudge(job.name), job.everyMs);
      this.scheduler.addInterval(`job:${job.name}`, timer);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const name of this.scheduler.getIntervals()) this.scheduler.deleteInterval(name);
    await Promise.allSettled(this.running.values());
  }

  /** Something became due just now: no need to wait for the tick. Does nothing in a process without the worker. */
  nudge(name: JobName): void {
    if (!this.settings.runWorker || this.stopping) return;
    if (this.running.has(name)) {
      this.again.add(name);
      return;
    }
    this.run(name).catch((error: unknown) =>
      this.logger.error({ job: name, error: String(error) }, 'job failed'),
    );
  }

  names(): JobName[] {
    return [...this.jobs.keys()];
  }

  async countDue(name: JobName): Promise<number> {
    return this.job(name).countDue(this.clock.worker());
  }

  /** Runs the job until nothing is due; a run under way is joined, not doubled. */
  async run(name: JobName): Promise<JobRun> {
    const job = this.job(name);
    const current = this.running.get(name);
    if (current) return current;
    const run = requestContext.run({ requestId: `job-${name}-${uuidv7()}` }, () => this.drain(job));
    this.running.set(name, run);
    try {
      return await run;
    } finally {
      this.running.delete(name);
      if (this.again.delete(name)) this.nudge(name);
    }
  }

  private job(name: JobName): Job<unknown> {
    const job = this.jobs.get(name);
    if (!job) throw new Error(`no job "${name}"`);
    return job;
  }

  private async drain(job: Job<unknown>): Promise<JobRun> {
    const startedAt = this.clock.worker();
    // Measured by the machine's own clock: the practice clock may be moved meanwhile.
    const began = performance.now();
    const total: JobRun = { claimed: 0, done: 0, failed: 0 };
    const source = new Source(job, () => job.claim(this.clock.worker(), job.batch));
    const worker = async (): Promise<void> => {
      for (let taken = await this.next(source); taken; taken = await this.next(source)) {
        await this.handle(job, taken.row, total);
        await source.finish(taken.batch);
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: job.concurrency }, worker));
    await source.conclude();
    total.claimed = source.claimed;
    if (total.claimed > 0) await this.remember(job.name, startedAt, performance.now() - began, total);
    for (const each of workers) if (each.status === 'rejected') throw each.reason;
    return total;
  }

  private next(source: Source): Promise<Taken | null> {
    return this.stopping ? Promise.resolve(null) : source.next();
  }

  private async handle(job: Job<unknown>, row: unknown, total: JobRun): Promise<void> {
    try {
      await job.handle(row);
      total.done += 1;
    } catch (error) {
      total.failed += 1;
      this.logger.warn(
        { job: job.name, error: error instanceof Error ? error.stack : String(error) },
        'row failed',
      );
    }
  }

  private async remember(name: JobName, startedAt: Date, tookMs: number, run: JobRun): Promise<void> {
    await this.database.query(
      'INSERT INTO job_runs (id, job, started_at, claimed, done, failed, took_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [uuidv7(), name, startedAt, run.claimed, run.done, run.failed, Math.round(tookMs)],
    );
  }
}
