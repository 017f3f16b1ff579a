import type { DynamicModule, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoggerModule } from 'nestjs-pino';
import type { Settings } from './config.js';

const MOST_UNREAD_BYTES = 8_000_000;

/**
 * Whoever reads the logs may stand still, or be gone: the work goes on, and what is not read in time is dropped. Pino's
 * own stream would wait, and the whole process with it.
 */
const out = {
  write(line: string): void {
    if (process.stdout.writableLength < MOST_UNREAD_BYTES) process.stdout.write(line);
  },
};
process.stdout.on('error', () => undefined);

/** Structured logs. Requests are logged by `logRequest` alone, so nothing of one is written by accident. */
export function logging(settings: Settings): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level: settings.logLevel,
      stream: out,
      autoLogging: false,
      quietReqLogger: true,
      serializers: { req: () => undefined, res: () => undefined },
    },
  });
}

/**
 * One line per request, by allow-list: its id (people quote it), method, path without secrets, status and duration.
 * A refusal is the caller's affair and a silent gateway the gateway's: an error is what went wrong here.
 */
export function logRequest(logger: Logger, request: FastifyRequest, reply: FastifyReply): void {
  if (request.url.startsWith('/api/health')) return;
  const line = {
    requestId: request.id,
    method: request.method,
    path: loggedPath(request.url),
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  };
  if (reply.statusCode === 500) logger.error(line);
  else logger.log(line);
}

/** No query strings, and no link tokens: whoever reads logs must not be able to open a payment. */
export function loggedPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\/p\/[^/]+/, '/p/…').slice(0, 200);
}
