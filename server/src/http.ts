import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import { NestFactory } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Logger as NestLogger } from '@nestjs/common';
import { Logger } from 'nestjs-pino';
import { v7 as uuidv7 } from 'uuid';
import { AppModule } from './app.module.js';
import type { Settings } from './platform/config.js';
import { logRequest } from './platform/logging.js';
import { PROBLEM_TYPE, problemBody, ProblemError } from './platform/problem.js';
import { PRACTICE_CLOCK_HEADER, requestContext, type RequestContext } from './platform/context.js';

const BODY_LIMIT = 256 * 1024;
/** Routes that take a file. */
const FILE_ROUTES: Record<string, number> = { '/api/schedules/import': 6 * 1024 * 1024 };
const REQUEST_TIMEOUT_MS = 30_000;
/** Deeper than this no body of ours is nested. */
const MAX_DEPTH = 32;
/** How far from today a practice request may play. */
const PRACTICE_REACH_MS = 400 * 86_400_000;
const WEB = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** The whole program, ready to listen: API under /api, payers' pages under /p, and the built web everywhere else. */
export async function createApp(settings: Settings): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => uuidv7(),
    trustProxy: settings.production ? 'loopback, linklocal, uniquelocal' : false,
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings), adapter, {
    bufferLogs: true,
  });
  app.useLogger(app.get(Logger));
  app.setGlobalPrefix('api', { exclude: ['p/:token', 'p/:token/return'] });
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', (route) => {
    const limit = FILE_ROUTES[route.url];
    if (limit !== undefined) route.bodyLimit = limit;
  });
  await app.register(cookie as never);
  await app.register(helmet, {
    contentSecurityPolicy: webPolicy(settings),
    crossOriginEmbedderPolicy: false,
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const context = requestContextOf(request, settings.production);
    void reply.header('x-request-id', context.requestId);
    if (!settings.runHttp && !request.url.startsWith('/api/health')) {
      return void reply
        .status(404)
        .header('content-type', PROBLEM_TYPE)
        .send(JSON.stringify(problemBody(new ProblemError('not_found'))));
    }
    requestContext.run(context, done);
  });
  const requests = new NestLogger('http');
  fastify.addHook('onResponse', (request, reply, done) => {
    logRequest(requests, request, reply);
    done();
  });
  fastify.addHook('preValidation', (request, reply, done) => {
    if (storable(request.body) && storable(request.query) && storable(request.params)) return done();
    const problem = problemBody(
      new ProblemError('malformed_body', { detail: 'text with NUL or half a character' }),
    );
    void reply.status(problem.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem));
  });
  documentApi(app);
  await app.init();
  fastify.removeContentTypeParser(['text/plain', 'application/x-www-form-urlencoded']);
  return app;
}

/** Serves the built web. Its files are named by their content and may be kept; its own addresses get the index page. */
export async function serveWeb(app: NestFastifyApplication): Promise<void> {
  if (!existsSync(WEB)) return;
  const files = readdirSync(WEB, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(WEB, join(parentPath, name)).replaceAll(sep, '/'));
  const served = new Set(files);
  await app.register(fastifyStatic, {
    root: WEB,
    // Without a route for each of hundreds of files: that would be a tenth of the start.
    serve: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply: FastifyReply, path: string) => {
      const hashed = path.includes('/assets/');
      void reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  fastify.get('/*', (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (served.has(path.slice(1))) return reply.sendFile(path.slice(1));
    const ours = /^\/(api|p|assets)(\/|$)/.test(path) || /\.\w+$/.test(path);
    if (!ours) return reply.sendFile('index.html');
    const problem = problemBody(new ProblemError('not_found'));
    return reply.status(problem.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem));
  });
}

/** PostgreSQL holds neither NUL nor lone surrogates; what carries them is no text of a person. */
function storable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  return Object.entries(value).every(([key, each]) => storable(key) && storable(each, depth + 1));
}

function requestContextOf(request: FastifyRequest, production: boolean): RequestContext {
  const context: RequestContext = { requestId: request.id };
  const practice = request.headers[PRACTICE_CLOCK_HEADER];
  if (production || typeof practice !== 'string') return context;
  const instant = Date.parse(practice);
  return Math.abs(instant - Date.now()) <= PRACTICE_REACH_MS ? { ...context, practiceNow: instant } : context;
}

function webPolicy(settings: Settings) {
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // MUI writes its styles at run time.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      ...(settings.publicUrl.startsWith('https://') ? { upgradeInsecureRequests: [] } : {}),
    },
  };
}

export function apiDocument(app: NestFastifyApplication) {
  const config = new DocumentBuilder()
    .setTitle('Recaudo')
    .setDescription(
      'Amounts are integers in minor units; instants are ISO 8601. Errors are application/problem+json.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', description: 'A shop’s API key' }, 'key')
    .addCookieAuth('recaudo_login')
    .build();
  return SwaggerModule.createDocument(app, config);
}

function documentApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => apiDocument(app), { jsonDocumentUrl: 'api/docs/json' });
}
