import type { DynamicModule } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import type { Settings } from './config.js';
import { requestContext } from './context.js';

/** Structured logs by allow-list: nothing of a request but its method, its path without secrets, and how it ended. */
export function logging(settings: Settings): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level: settings.logLevel,
      genReqId: () => requestContext.getStore()?.requestId ?? '',
      quietReqLogger: true,
      autoLogging: { ignore: (request) => (request.url ?? '').startsWith('/api/health') },
      // A refusal is the caller's affair and a silent gateway the gateway's: an error is what went wrong here.
      customLogLevel: (_request, response) => (response.statusCode === 500 ? 'error' : 'info'),
      serializers: {
        req: (request: IncomingMessage & { raw?: IncomingMessage }) => ({
          method: request.method,
          path: loggedPath(request.url ?? ''),
        }),
        res: (response: ServerResponse) => ({ status: response.statusCode }),
        err: (error: { type?: string; message?: string; stack?: string }) => ({
          type: error.type,
          message: error.message,
          stack: error.stack,
        }),
      },
    },
  });
}

/** No query strings, and no link tokens: whoever reads logs must not be able to open a payment. */
export function loggedPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\/p\/[^/]+/, '/p/…').slice(0, 200);
}
