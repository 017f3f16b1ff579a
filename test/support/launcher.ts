import { afterAll } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from './databases.js';
import { eventually } from './eventually.js';
import { freePort } from './processes.js';

const places: Place[] = [];
afterAll(() => Promise.all(places.map((place) => place.remove())));

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A data folder and two ports of its own: what a person has who types `npm start`. */
export class Place {
  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly sandboxPort: number,
  ) {}

  launches: Launch[] = [];

  static async make(): Promise<Place> {
    const folder = mkdtempSync(join(tmpdir(), 'recaudo-place-'));
    // As root the database belongs to another user, who must be able to pass through.
    chmodSync(folder, 0o711);
    const place = new Place(folder, await freePort(), await freePort());
    places.push(place);
    return place;
  }

  get dataDir(): string {
    return join(this.folder, 'data');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Types `npm start` here. */
  launch(env: Record<string, string> = {}): Launch {
    const launch = new Launch({
      PATH: process.env.PATH ?? '',
      PORT: String(this.port),
      SANDBOX_PORT: String(this.sandboxPort),
      DATA_DIR: this.dataDir,
      DEMO_HISTORY: '0',
      ...env,
    });
    this.launches.push(launch);
    return launch;
  }

  /** The process of a part, as the launcher wrote it down; `database` is PostgreSQL itself. */
  pidOf(part: 'server' | 'sandbox' | 'database' | 'keeper'): number {
    if (part === 'database') {
      const { folder } = JSON.parse(readFileSync(join(this.dataDir, 'database.json'), 'utf8')) as {
        folder: string;
      };
      return Number(
        readFileSync(join(resolve(this.dataDir, folder), 'postmaster.pid'), 'utf8').split('\n')[0],
      );
    }
    const { parts } = JSON.parse(readFileSync(join(this.dataDir, 'running.json'), 'utf8')) as {
      parts: Record<string, number>;
    };
    return parts[part === 'keeper' ? 'database' : part] ?? 0;
  }

  /** 0 for a part that is not written down (any more). */
  private pidOfAny(part: Parameters<Place['pidOf']>[0]): number {
    try {
      return this.pidOf(part);
    } catch {
      return 0;
    }
  }

  async healthy(): Promise<void> {
    for (const health of [`${this.url}/api/health/ready`, `http://127.0.0.1:${this.sandboxPort}/health`]) {
      await eventually(async () => (await fetch(health)).ok, {
        seconds: 20,
        what: `${health} answering 200`,
      });
    }
  }

  async remove(): Promise<void> {
    const pids = (['server', 'sandbox', 'keeper', 'database'] as const).map((part) => this.pidOfAny(part));
    await Promise.all(this.launches.map((launch) => launch.kill()));
    await eventually(() => pids.every((pid) => !pid || !alive(pid)), {
      seconds: 20,
      what: 'the end of every part',
    });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One `npm start`. */
export class Launch {
  private readonly child: ChildProcess;
  private said = '';

  constructor(env: Record<string, string>) {
    this.child = spawn(process.execPath, [join(root, 'scripts/start.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => (this.said += chunk.toString());
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
  }

  output(): string {
    return this.said;
  }

  /** Resolves at the line that starts with "Ready:"; fails with the screen if the launcher leaves before. */
  async ready(): Promise<void> {
    await eventually(() => /^Ready: /m.test(this.said) || this.child.exitCode !== null, {
      seconds: 60,
      what: 'Ready',
    }).catch(() => undefined);
    if (!/^Ready: /m.test(this.said)) throw new Error(`The launcher was not ready:\n${this.said}`);
  }

  /** Its exit code, when it has left by itself. */
  async left(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await this.left();
  }
}
