// `npm start`: from a fresh clone to a running product, and back.
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';
import { claim } from './lib/claim.js';
import { databasesOf } from './lib/database.js';
import { makeDataDir, releaseServer } from './lib/embedded.js';
import { ensureInstalled } from './lib/install.js';
import { onNpmGone } from './lib/npm-parent.js';
import { Part } from './lib/parts.js';
import { whyNotListen } from './lib/ports.js';
import { demoPeople, practiceSecrets } from './lib/practice.js';
import { answers, forkProgram, sandboxEnvironment, serverEnvironment } from './lib/programs.js';
import { programLog, rotate } from './lib/screen.js';
import { command, Sentence } from './lib/sentence.js';
import { describeSettings, readSettings } from './lib/settings.js';
import { until } from './lib/until.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (text) => console.log(text);
const READY_WITHIN = 120_000;
/** The programs promise to end within 5 s of a SIGTERM. */
const PATIENCE = 7_000;

async function checkPort(name, port, host) {
  const code = await whyNotListen(port, host);
  if (!code) return;
  const sentences = {
    EADDRINUSE: `Port ${port} is taken by another program: stop it, or choose another port, for example ${name}=${port + 10} npm start.`,
    EACCES: `Port ${port} may only be opened by root: choose one over 1023 with ${name}.`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.`,
    ENOTFOUND: `HOST ${host} is not a name that this machine knows: set HOST to one of its addresses.`,
    EAI_AGAIN: `HOST ${host} could not be looked up: set HOST to an address of this machine.`,
  };
  throw new Sentence(
    sentences[code] ??
      `Port ${port} on ${host} cannot be opened (${code}): choose another with ${name}, or another HOST.`,
  );
}

async function checkPorts(settings) {
  await checkPort('PORT', settings.port, settings.host);
  if (!settings.production) await checkPort('SANDBOX_PORT', settings.sandboxPort, '127.0.0.1');
}

/** The parts of the running product, in the order of their start; they stop in the opposite one. */
class Product {
  constructor(settings, held) {
    Object.assign(this, {
      settings,
      held,
      cluster: null,
      database: null,
      programs: [],
      logs: [],
      stopped: null,
    });
  }

  /** Starts a part and writes down its process, so that the next launcher can find it. */
  part(name, launch, giveUp) {
    return new Part(name, {
      say,
      giveUp,
      launch: async () => {
        const child = await launch();
        this.held.note(name, child.pid);
        return child;
      },
    });
  }

  async start(databases, secrets) {
    const { settings } = this;
    this.cluster = databases.cluster;
    if (databases.cluster) {
      const launch = async () => (await databases.cluster.keep()).child;
      this.database = this.part('database', launch, (...why) => void this.giveUp(...why));
      await this.database.start();
    }
    await databases.ensure();
    const healthHost = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[settings.host] ?? settings.host;
    // Ready means that a worker works; with RUN=http that one is another's.
    const health = settings.run === 'http' ? '/api/health' : '/api/health/ready';
    this.healthUrl = `http://${healthHost}:${settings.port}${health}`;
    const waits = [
      this.program('server', serverEnvironment(settings, databases, secrets), () => answers(this.healthUrl)),
    ];
    if (secrets) {
      const isHealthy = () => answers(`http://127.0.0.1:${settings.sandboxPort}/health`);
      waits.push(this.program('sandbox', sandboxEnvironment(settings, databases), isHealthy));
    }
    await Promise.all(waits);
  }

  /** Starts a program and waits until it is healthy. */
  async program(name, env, isHealthy) {
    const log = programLog(name, join(this.settings.dataDir, `logs/${name}.log`), say);
    this.logs.push(log);
    const launch = async () => {
      // Without its database a program would only use up its restarts.
      if (this.database) await until(() => this.database.child, 30_000, 50);
      const child = forkProgram(root, `${name}/dist/main.js`, env);
      log.follow(child);
      return child;
    };
    const part = this.part(name, launch, (...why) => void this.giveUp(...why, log.tail()));
    this.programs.push(part);
    await part.start();
    if (await until(() => Boolean(this.stopped) || isHealthy(), READY_WITHIN, 50)) return;
    throw new Sentence(
      `The ${name} was not ready within ${READY_WITHIN / 1000} s. Its log ends with:\n${log.tail()}`,
    );
  }

  async giveUp(name, how, lastWords = '') {
    if (this.stopped) return;
    say(
      `${name} ${how} more than five times within a minute: Recaudo stops.${lastWords && `\n${lastWords}`}`,
    );
    await this.stop();
    process.exit(1);
  }

  /** The programs first, then the database, so that what they were writing is written. */
  stop() {
    this.stopped ??= (async () => {
      this.held.leaving();
      await Promise.all(this.programs.map((part) => part.stop(PATIENCE)));
      if (this.database) {
        this.database.stopping = true;
        if (this.database.child) await releaseServer(this.database.child);
      }
      this.held.release();
    })();
    return this.stopped;
  }

  /** "server 123, sandbox 124, database 125"; the last is PostgreSQL itself, if it is ours. */
  processes() {
    const all = this.programs.map(({ name, child }) => [name, child?.pid]);
    all.push(['database', this.cluster?.pid()]);
    return all
      .filter(([, pid]) => pid)
      .map((pair) => pair.join(' '))
      .join(', ');
  }

  kill() {
    for (const { child } of this.programs) child?.kill('SIGKILL');
  }
}

function stopOnSignals(product) {
  let signals = 0;
  const stop = async () => {
    signals += 1;
    if (signals > 1) return product.kill();
    say('\nStopping …');
    await product.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
  onNpmGone(() => void stop());
}

function sayWelcome(product, secrets) {
  const { settings } = product;
  const hasScreen = settings.run !== 'worker';
  const row = (name, text) => say(`  ${name.padEnd(13)}${text}`);
  say(
    `\nReady: ${hasScreen ? settings.publicUrl : `a worker without a screen; its health: ${product.healthUrl}`}\n`,
  );
  if (settings.run === 'http') {
    say(
      'RUN is http: payments are settled, and practice is set up, only while a worker runs elsewhere on the same\n' +
        'database (RUN=worker).\n',
    );
  }
  if (secrets && hasScreen) {
    demoPeople.forEach(([email, purpose], n) => row(n ? '' : 'Sign in as', `${email.padEnd(27)}${purpose}`));
    row('Password', `${secrets.password}  (for each of them)`);
    row('Shop key', secrets.shopKey);
  }
  if (secrets) {
    row(
      'Gateway',
      `http://127.0.0.1:${settings.sandboxPort}  (practice: test cards and switches, no real money)`,
    );
  }
  const place = relative(root, settings.dataDir);
  row('Data', place.startsWith('..') ? settings.dataDir : `./${place}`);
  row('Processes', product.processes());
  row('Stop', 'Ctrl-C\n');
  if (secrets && hasScreen && !['127.0.0.1', 'localhost', '::1'].includes(settings.host)) {
    say(`HOST is ${settings.host}: whoever reaches this machine can sign in with the password above.\n`);
  }
}

async function main() {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== '--help');
  if (unknown !== undefined) {
    throw new Sentence(
      `npm start does not know "${unknown}": it takes settings from the environment; npm start -- --help lists them.`,
    );
  }
  if (args.length > 0) {
    say(
      `npm start: installs, builds and runs Recaudo. Settings, from the environment:\n\n${describeSettings()}`,
    );
    return;
  }
  const settings = readSettings(process.env, root);
  makeDataDir(settings.dataDir);
  const held = await claim(settings.dataDir, settings.publicUrl);
  const product = new Product(settings, held);
  stopOnSignals(product);
  try {
    await checkPorts(settings);
    await ensureInstalled(root, { say });
    const building = build().then((built) => built.length > 0 && say(`Built ${built.join(', ')}.`));
    rotate(join(settings.dataDir, 'logs/postgres.log'));
    const [databases] = await Promise.all([databasesOf(settings, root), building]);
    const secrets = settings.production ? null : practiceSecrets(settings.dataDir);
    await product.start(databases, secrets);
    if (!product.stopped) sayWelcome(product, secrets);
  } catch (error) {
    if (product.stopped) return;
    await product.stop();
    throw error;
  }
}

// A closed window or pipe takes the screen away, not the product.
process.stdout.on('error', () => {});
await command(main);
