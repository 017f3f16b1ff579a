/** Puts the practice gateway together: settings and clock from its database, routes, the ticker. */
import Fastify, { LogController } from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.js';
import { apiRoutes } from './http/api.routes.js';
import { answerError, answerNotFound } from './http/answers.js';
import { controlRoutes } from './http/control.routes.js';
import { homeRoutes } from './http/home.routes.js';
import { hostedRoutes } from './http/hosted.routes.js';
import { staffRoutes } from './http/staff.routes.js';
import { Notifier } from './notifications/notifier.js';
import { CLOCK_HEADER, PracticeClock } from './platform/clock.js';
import type { Moment } from './platform/clock.js';
import { openPool, waitForDatabase } from './platform/database.js';
import type { Pool } from './platform/database.js';
import { migrate } from './platform/migrations.js';
import { readSetting } from './platform/settings.js';
import { Vault } from './network/vault.js';
import { Collects } from './sessions/collects.js';
import { Recurrences } from './sessions/recurrences.js';
import { SessionWork } from './sessions/session.work.js';
import { Sessions } from './sessions/sessions.js';
import { Ticker } from './sessions/ticker.js';
import { Transactions } from './sessions/transactions.js';

/** What every route works with. */
export interface Gateway {
  pool: Pool;
  clock: PracticeClock;
  sessions: Sessions;
  collects: Collects;
  transactions: Transactions;
  vault: Vault;
  ticker: Ticker;
  /** Address that payers' browsers see, without a trailing slash. */
  publicUrl: () => string;
  /** "Now" as this request sees it. Throws BadClockHeader. */
  moment: (request: FastifyRequest) => Moment;
}

const BODY_LIMIT = 1024 * 1024;
const MOST_UNREAD_BYTES = 8_000_000;

/**
 * Whoever reads the logs may stand still, or be gone: the work goes on, and what is not read in time is dropped. Pino's
 * own stream would wait, and the whole process with it.
 */
const logStream = {
  write(line: string): void {
    if (process.stdout.writableLength < MOST_UNREAD_BYTES) process.stdout.write(line);
  },
};
process.stdout.on('error', () => undefined);

/** Migrates the database and builds the program; it listens, and the ticker runs, once `listen` is called. */
export async function buildApp(config: Config): Promise<FastifyInstance> {
  const pool = openPool(config.databaseUrl);
  try {
    await waitForDatabase(pool);
    await migrate(pool);
    return await assemble(config, pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function assemble(config: Config, pool: Pool): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: config.logLevel, stream: logStream },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 100 },
  });
  const clock = new PracticeClock();
  clock.offsetMs = Number(await readSetting(pool, 'clock_offset_ms'));
  const logError = (error: unknown): void => app.log.error(error);
  const notifier = new Notifier(pool, logError);
  const vault = new Vault(await readSetting(pool, 'card_hash_key'));
  const work = new SessionWork(pool, () => notifier.kick());
  const sessions = new Sessions(work, vault);
  const transactions = new Transactions(work, vault);
  const ticker = new Ticker(clock, [sessions, new Recurrences(work), transactions], notifier, logError);
  const gateway: Gateway = {
    pool,
    clock,
    sessions,
    collects: new Collects(work, vault),
    transactions,
    vault,
    ticker,
    publicUrl: () => config.publicUrl ?? listeningAt(app, config),
    moment: (request) => clock.moment(request.headers[CLOCK_HEADER]),
  };
  await notifier.recover(true);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  app.get('/health', async (_request, reply) => {
    const alive = await pool.query('SELECT 1').catch(() => null);
    return reply.code(alive ? 200 : 503).send({ status: alive ? 'ok' : 'down' });
  });
  await app.register(apiRoutes(gateway), { prefix: '/api' });
  // Base URLs of older clients end in this (protocol 2.1).
  await app.register(apiRoutes(gateway), { prefix: '/redirection/api' });
  await app.register(hostedRoutes(gateway), { prefix: '/session' });
  await app.register(controlRoutes(gateway), { prefix: '/control' });
  await app.register(staffRoutes(gateway), { prefix: '/console' });
  await app.register(homeRoutes(gateway));
  app.addHook('onListen', () => ticker.start());
  app.addHook('onClose', async () => {
    await ticker.stop();
    await notifier.stop();
    await pool.end();
  });
  return app;
}

function listeningAt(app: FastifyInstance, config: Config): string {
  const address = app.server.address() as AddressInfo | null;
  return `http://${config.host}:${address?.port ?? config.port}`;
}
