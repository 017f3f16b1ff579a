// One process of the product, which may be killed and frozen at any moment.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { answers } from '../../../scripts/lib/programs.js';
import { until } from '../../../scripts/lib/until.js';

const START_DEADLINE_MS = 60_000;
const KEPT_OUTPUT = 100_000;

export class Program {
  #starting = null;

  /** `script` is a built program; `health` answers 200 when it is well. */
  constructor(name, { root, script, health, port, env }) {
    Object.assign(this, { name, root, script, health, port, env, child: null, frozen: false, kills: 0 });
    this.said = '';
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get isUp() {
    return this.child !== null && !this.frozen && this.#starting === null;
  }

  /** Resolves when it is well; a start under way is joined. */
  start() {
    this.#starting ??= this.#launch().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async #launch() {
    if (this.child) return;
    const child = fork(join(this.root, this.script), [], {
      env: { PATH: process.env.PATH, ...this.env, PORT: String(this.port), HOST: '127.0.0.1' },
      // Without source maps: reading them is a tenth of the start, and the tests start programs by the hundred.
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.frozen = false;
    const keep = (chunk) => (this.said = (this.said + chunk).slice(-KEPT_OUTPUT));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('exit', () => {
      if (this.child === child) this.child = null;
    });
    const settled = () => this.child !== child || answers(this.url + this.health);
    if (!(await until(settled, START_DEADLINE_MS, 25)))
      throw new Error(
        `${this.name} is not ready after ${START_DEADLINE_MS / 1_000} s:\n${this.said.slice(-4_000)}`,
      );
    // Whoever kills a program that is starting starts it again.
    if (child.exitCode !== null && child.signalCode === null)
      throw new Error(`${this.name} left with code ${child.exitCode}:\n${this.said.slice(-4_000)}`);
  }

  /** SIGKILL, at this very moment. */
  kill() {
    if (!this.child) return;
    this.kills += 1;
    this.child.kill('SIGKILL');
    this.child = null;
    this.frozen = false;
  }

  /** It stands still, as a virtual machine that is moved does: its time goes on, its code does not. */
  freeze() {
    if (!this.child || this.frozen) return;
    this.child.kill('SIGSTOP');
    this.frozen = true;
  }

  thaw() {
    if (!this.frozen) return;
    this.child?.kill('SIGCONT');
    this.frozen = false;
  }
}
