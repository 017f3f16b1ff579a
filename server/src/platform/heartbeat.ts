import { hostname } from 'node:os';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import { SETTINGS, type Settings } from './config.js';
import { one } from './database.js';

const BEAT_MS = 5_000;
/** A worker that has not been heard of for this long is not working. */
const STALE_MS = 30_000;

type ReturnListener = (lastSeen: Date) => Promise<void>;

/** Says that this worker lives, and tells the jobs how long nobody did. */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('heartbeat');
  private readonly listeners: ReturnListener[] = [];
  private readonly worker = `${hostname()}:${process.pid}`;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Called once when this worker starts, with the moment a worker was last heard of. */
  onReturn(listener: ReturnListener): void {
    this.listeners.push(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings.runWorker) return;
    const lastSeen = (await this.lastBeat()) ?? new Date(0);
    for (const listener of this.listeners) await listener(lastSeen);
    await this.beat();
    this.timer = setInterval(() => {
      this.beat().catch((error: unknown) => this.logger.warn(`no heartbeat: ${String(error)}`));
    }, BEAT_MS);
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  async lastBeat(): Promise<Date | null> {
    const row = await one<{ at: Date | null }>(
      this.database.manager,
      'SELECT max(at) AS at FROM heartbeats',
      [],
    );
    return row?.at ?? null;
  }

  async alive(): Promise<boolean> {
    const last = await this.lastBeat();
    return last !== null && this.clock.worker().getTime() - last.getTime() < STALE_MS;
  }

  /** Also forgets workers that have been gone for a day. */
  private async beat(): Promise<void> {
    const now = this.clock.worker();
    await this.database.query(
      'INSERT INTO heartbeats (worker, at) VALUES ($1, $2) ON CONFLICT (worker) DO UPDATE SET at = EXCLUDED.at',
      [this.worker, now],
    );
    await this.database.query('DELETE FROM heartbeats WHERE at < $1', [new Date(now.getTime() - 86_400_000)]);
  }
}
