// Keeps one part of the product alive.
import { setTimeout as pause } from 'node:timers/promises';

const RESTARTS = 5;
const WITHIN = 60_000;

const ending = ({ exitCode, signalCode }) =>
  signalCode ? `was ended by ${signalCode}` : `left with code ${exitCode}`;

/**
 * Runs `launch` (which answers a child process once it runs, or throws) and again each time the process goes, at most
 * five times a minute; then `giveUp(name, how it ended)` is called, once. A launch that throws counts as a death, but
 * for the first one: that error is the caller's.
 */
export class Part {
  constructor(name, { launch, say, giveUp }) {
    Object.assign(this, { name, launch, say, giveUp, child: null, deaths: [], stopping: false });
  }

  async start() {
    this.watch(await this.launch());
  }

  watch(child) {
    this.child = child;
    if (child.exitCode !== null || child.signalCode !== null) void this.died(ending(child));
    else child.once('exit', () => void this.died(ending(child)));
  }

  async died(how) {
    this.child = null;
    if (this.stopping) return;
    const now = performance.now();
    this.deaths = [...this.deaths.filter((at) => at > now - WITHIN), now];
    if (this.deaths.length > RESTARTS) return this.giveUp(this.name, how);
    this.say(`${this.name} ${how}; starting it again`);
    await pause((this.deaths.length - 1) * 300);
    if (this.stopping) return;
    try {
      this.watch(await this.launch());
    } catch (error) {
      this.say(error.message);
      await this.died('did not start');
    }
  }

  /** Ends it with SIGTERM, after `patience` ms with SIGKILL; resolves when it is gone. No restart after this. */
  async stop(patience) {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    await gone;
    clearTimeout(timer);
  }
}
