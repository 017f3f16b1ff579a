/** Lets time pass in what nobody asks about: each second, what is due, in bounded batches. */
import type { Notifier } from '../notifications/notifier.js';
import type { Moment, PracticeClock } from '../platform/clock.js';

const EVERY_MS = 1_000;
const BATCH = 100;
/** More than this many batches wait for the next tick, so that one tick never holds the process for long. */
const MAX_BATCHES = 20;

/** What time passes in: sessions, holds, recurrences. */
interface Sweepable {
  /** Does what is due, at most `limit` times; answers how much it found. */
  sweep(moment: Moment, limit: number, onError: (error: unknown) => void): Promise<number>;
}

export class Ticker {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly clock: PracticeClock,
    private readonly swept: Sweepable[],
    private readonly notifier: Notifier,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.tick(), EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.running;
  }

  /** One tick; joins the one that is running. */
  tick(): Promise<void> {
    this.running ??= this.run()
      .catch(this.onError)
      .finally(() => (this.running = null));
    return this.running;
  }

  private async run(): Promise<void> {
    for (const one of this.swept) {
      for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
        const found = await one.sweep(this.clock.moment(), BATCH, this.onError);
        if (found < BATCH) break;
      }
    }
    await this.notifier.recover(false);
    this.notifier.kick();
  }
}
