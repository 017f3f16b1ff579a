// The product as a run meets it: PostgreSQL, two server processes and the practice gateway, each behind a link that can
// cut it off. The processes live on from run to run; the databases are new for each.
import pg from 'pg';
import { freePort } from '../../../scripts/lib/ports.js';
import { until } from '../../../scripts/lib/until.js';
import { call, Person } from './caller.js';
import { Cluster } from './cluster.js';
import { DatabaseLink } from './database-link.js';
import { GatewayLink } from './gateway-link.js';
import { Program } from './program.js';

const PASSWORD = 'demo-recaudo';
const SERVER_DATABASE = 'run_server';
const GATEWAY_DATABASE = 'run_gateway';
const ROLES = ['support', 'finance', 'manager', 'admin'];
const JOBS = [
  'inbox',
  'probe',
  'openings',
  'operations',
  'preauthorizations',
  'approvals',
  'batches',
  'sweep',
];

export class Stage {
  /** Whether there are databases of a run; before the first there are only templates. */
  #played = false;

  /**
   * `programs` is where the built programs lie. `furnish(stage)` makes what every run begins with and moves no clock;
   * `weaken(db)` may take something from it. `roles` is what each server does: `both`, or only `http`. `setUpPastLink`:
   * servers set their practice up, and tell the clock, while the shops' own gateway is away.
   */
  static async start({
    root,
    programs,
    furnish,
    weaken = null,
    roles = ['both', 'both'],
    setUpPastLink = false,
  }) {
    const stage = new Stage();
    stage.cluster = await Cluster.start(root);
    try {
      await stage.#build(programs, roles, setUpPastLink);
      await stage.#makeTemplates(furnish, weaken);
    } catch (error) {
      await stage.stop();
      throw error;
    }
    return stage;
  }

  async #build(programs, roles, setUpPastLink) {
    const { cluster } = this;
    const gatewayPort = await freePort();
    this.gatewayLink = await new GatewayLink(gatewayPort).start();
    const ports = [await freePort(), await freePort()];
    this.links = await Promise.all(ports.map(() => new DatabaseLink(cluster.port).start()));
    this.gateway = new Program('gateway', {
      ...{ root: programs, script: 'sandbox/dist/main.js', health: '/health', port: gatewayPort },
      env: { DATABASE_URL: cluster.url(GATEWAY_DATABASE), LOG_LEVEL: 'error' },
    });
    this.servers = ports.map((port, index) => {
      const env = {
        DATABASE_URL: cluster.url(SERVER_DATABASE, this.links[index].port),
        PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
        SANDBOX_URL: `http://127.0.0.1:${setUpPastLink ? gatewayPort : this.gatewayLink.port}`,
        RECAUDO_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
        DEMO_PASSWORD: PASSWORD,
        DEMO_SHOP_KEY: 'rk_faults_0123456789abcdefghijklmnop',
        LOG_LEVEL: 'warn',
        RUN: roles[index],
      };
      const program = {
        root: programs,
        script: 'server/dist/main.js',
        health: '/api/health/ready',
        port,
        env,
      };
      return Object.assign(new Program('AB'[index], program), { link: this.links[index] });
    });
    /** The server's database, past every link. */
    this.database = new pg.Pool({ connectionString: cluster.url(SERVER_DATABASE), max: 2 });
    this.database.on('error', () => {});
    this.people = Object.fromEntries(
      ROLES.map((role) => {
        const credentials = { email: `${role}@demo.recaudo.test`, password: PASSWORD };
        return [role, new Person(role, credentials)];
      }),
    );
  }

  /** The databases as a first start leaves them, furnished, with everybody signed in; the processes live on. */
  async #makeTemplates(furnish, weaken) {
    const { cluster, gateway, servers } = this;
    for (const name of [SERVER_DATABASE, GATEWAY_DATABASE]) await cluster.renew(name, 'template1');
    await gateway.start();
    await Promise.all(servers.map((server) => server.start()));
    for (const person of Object.values(this.people)) await person.signIn(servers[0].url);
    await this.moveClock(0);
    this.shops = await furnish(this);
    await this.database.query(`UPDATE logins SET expires_at = now() + interval '50 years'`);
    await weaken?.(this.database);
    for (const link of this.links) link.cut({ refuse: true });
    await cluster.asAdmin(async (client) => {
      for (const name of [SERVER_DATABASE, GATEWAY_DATABASE]) {
        await client.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
        await client.query(
          `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
        );
        await client.query(`ALTER DATABASE "${name}" RENAME TO "template_${name}"`);
      }
    });
  }

  /** New databases, every process up, every link open, both clocks at the present. */
  async renew() {
    for (const program of [...this.servers, this.gateway]) program.thaw();
    for (const link of this.links) {
      link.disarm();
      link.allow();
    }
    this.gatewayLink.disarm();
    if (this.#played) await this.#returnToPresent();
    this.#played = true;
    for (const link of this.links) link.cut({ refuse: true });
    // The gateway's first: nothing that it still knows of the run before may reach the new databases of the servers.
    for (const name of [GATEWAY_DATABASE, SERVER_DATABASE])
      await this.cluster.renew(name, `template_${name}`);
    for (const link of this.links) link.allow();
    await Promise.all([...this.servers, this.gateway].map((program) => program.start()));
    this.offsetMs = 0;
    for (const server of this.servers) await this.#tellClock(server, 0);
  }

  /**
   * Before the databases are new: a process that still believed in the month that a run ends in would let every hold and
   * session of the next one run out at its first tick. One that does not listen begins anew.
   */
  async #returnToPresent() {
    await this.database.query('UPDATE practice SET clock_offset_ms = 0').catch(() => {});
    await this.control('POST', '/clock', { offsetMs: 0 }).catch(() => this.gateway.kill());
    for (const server of this.servers) if (server.isUp && !(await this.#tellClock(server, 0))) server.kill();
  }

  /** The servers that answer now; waits for one if none does. */
  async up() {
    const ready = () => this.servers.filter((server) => server.isUp);
    if (ready().length === 0) await Promise.race(this.servers.map((server) => server.start()));
    return ready();
  }

  /** Whatever was killed or frozen goes on; resolves when everything is well. */
  async restore() {
    for (const program of [...this.servers, this.gateway]) program.thaw();
    await Promise.all([...this.servers, this.gateway].map((program) => program.start()));
  }

  /** Practice time, in milliseconds since the epoch. */
  now() {
    return Date.now() + this.offsetMs;
  }

  /** Moves both clocks, and makes sure that every process up has heard of it. */
  async moveClock(advanceMs) {
    this.offsetMs = (this.offsetMs ?? 0) + advanceMs;
    const [first, ...others] = await this.up();
    if (!(await this.#tellClock(first, advanceMs))) throw new Error('the clock did not move');
    await Promise.all(others.map((server) => this.#tellClock(server, 0)));
    // Nobody leaves the desk: the password of an idle login is rationed, and runs are many.
    await this.database.query('UPDATE logins SET last_seen_at = $1, idle = false', [new Date(this.now())]);
  }

  async #tellClock(server, advanceMs) {
    const heard = async () =>
      (await this.people.admin.post(server.url, '/api/practice/clock', { advanceMs })).status === 200;
    return until(heard, advanceMs === 0 ? 5_000 : 0, 50);
  }

  /**
   * What became due is done, by each of these servers at once, as their own tickers would within seconds. Answers what
   * each server said to each job.
   */
  async runJobs(servers) {
    const { admin } = this.people;
    const { body } = await admin.get(servers[0].url, '/api/jobs');
    const due = (body?.items ?? []).filter((job) => job.due > 0 && JOBS.includes(job.name));
    return Promise.all(
      servers.flatMap(({ url }) =>
        due.map(async ({ name }) => {
          const { status, text } = await admin.post(url, `/api/jobs/${name}/run`);
          return `${name}: ${status} ${text}`;
        }),
      ),
    );
  }

  /** The practice gateway's control API. Fails when it refuses. */
  async control(method, path, body) {
    const answer = await call(method, `${this.gateway.url}/control${path}`, { body });
    if (answer.status === 0 || answer.status >= 300)
      throw new Error(`practice gateway, ${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  async stop() {
    for (const program of [...(this.servers ?? []), ...(this.gateway ? [this.gateway] : [])]) program.kill();
    await Promise.all((this.links ?? []).map((link) => link.stop()));
    await this.gatewayLink?.stop();
    await this.database?.end().catch(() => {});
    await this.cluster.stop();
  }
}
