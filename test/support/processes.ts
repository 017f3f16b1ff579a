import { afterAll } from '@jest/globals';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './databases.js';
import { eventually } from './eventually.js';

export interface Program {
  /** Below the root of the repository, built: `server/dist/main.js`. */
  script: string;
  /** Answers 200 when the program is well. */
  health: string;
  env: Record<string, string>;
}

export const server = (env: Record<string, string>): Program => ({
  script: 'server/dist/main.js',
  health: '/api/health/ready',
  env,
});

export const sandbox = (env: Record<string, string>): Program => ({
  script: 'sandbox/dist/main.js',
  health: '/health',
  env,
});

const running = new Set<RunningProgram>();

// Nothing outlives the file that started it: not after a failed test (afterAll), not after a crash of the runner
// (the programs leave when their channel closes).
afterAll(() => Promise.all([...running].map((program) => program.kill())));

export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  await once(listener, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export class RunningProgram {
  private child: ChildProcess | null = null;
  private said = '';

  constructor(
    private readonly program: Program,
    readonly port: number,
  ) {
    running.add(this);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    if (!this.child?.pid) throw new Error(`${this.program.script} is not running`);
    return this.child.pid;
  }

  /** The same program on another port, not started yet. */
  sibling(port: number, env: Record<string, string> = {}): RunningProgram {
    return new RunningProgram({ ...this.program, env: { ...this.program.env, ...env } }, port);
  }

  /** Starts it again on the same port with the same environment, after `kill` or `stop`. */
  async start({ seconds = 30 } = {}): Promise<this> {
    const child = fork(join(root, this.program.script), [], {
      env: { PATH: process.env.PATH, ...this.program.env, PORT: String(this.port), HOST: '127.0.0.1' },
      // Without source maps: reading them is a tenth of the start, and the tests start programs by the hundred.
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    const keep = (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-200_000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    await eventually(
      async () => {
        if (child.exitCode !== null) return true;
        const answer = await fetch(this.url + this.program.health, { signal: AbortSignal.timeout(2_000) });
        return answer.ok;
      },
      { seconds, what: `${this.program.script} being healthy` },
    ).catch((error: unknown) => {
      throw new Error(`${this.program.script} did not become healthy:\n${this.said.slice(-4_000)}`, {
        cause: error,
      });
    });
    if (child.exitCode !== null) {
      throw new Error(`${this.program.script} left with ${child.exitCode}:\n${this.said.slice(-4_000)}`);
    }
    return this;
  }

  /** SIGKILL, as a power cut would; resolves when the process is gone. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** SIGTERM: the graceful end. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  async restart(): Promise<this> {
    await this.kill();
    return this.start();
  }

  /** Nobody reads what it writes for now, as when its terminal or its supervisor stands still: the pipe fills. */
  pauseReading(): void {
    this.child?.stdout?.pause();
  }

  /** Nobody will read it any more: they are gone. */
  stopReading(): void {
    this.child?.stdout?.destroy();
    this.child?.stderr?.destroy();
  }

  /** What it wrote since its first start, the last 200,000 characters. */
  output(): string {
    return this.said;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

/** Starts a built program on a free port (or the given one) and waits until it is healthy. */
export async function startProgram(program: Program, port?: number): Promise<RunningProgram> {
  return new RunningProgram(program, port ?? (await freePort())).start();
}
