/**
 * The control API: what a tester turns, and what the gateway really did. No authentication, so it answers only to this
 * machine and only to JSON, which a web page elsewhere cannot send without asking first.
 */
import type { FastifyPluginAsync } from 'fastify';
import type { Gateway } from '../app.js';
import { listNotifications } from '../notifications/notification.store.js';
import { addFault, clearFaults, listFaults } from '../platform/faults.js';
import { readBook } from '../sessions/book.store.js';
import { listSessions } from '../sessions/session.list.js';
import { addSite, findSite, listSites, saveSite } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import { CallFailure } from '../wire/refusal.js';
import { callText } from '../wire/texts.js';
import { consoleRoutes } from './console.routes.js';
import { readFault, readOperation } from './control.faults.js';
import { ControlError, fieldsOf, integer, queryNumber, refuseOthers } from './control.fields.js';
import { MAX_OFFSET_MS, setClock } from './control.clock.js';
import { applySwitches, newSite } from './control.sites.js';
import { fromThisMachine } from './local.js';

export function controlRoutes(gateway: Gateway): FastifyPluginAsync {
  const { pool, clock } = gateway;
  return async (app) => {
    app.removeContentTypeParser('text/plain');
    app.addHook('onRequest', fromThisMachine);
    app.setErrorHandler((error, request, reply) => {
      if (error instanceof CallFailure) {
        return reply.code(409).send({ error: callText(error.text, 'en', error.detail) });
      }
      const http = (error as { statusCode?: number }).statusCode ?? 500;
      if (http >= 500) request.log.error(error);
      return reply.code(http).send({ error: http < 500 ? (error as Error).message : 'internal error' });
    });

    await app.register(consoleRoutes(gateway));

    app.get('/sites', async () => (await listSites(pool)).map((site) => shown(site, gateway)));

    app.post('/sites', async (request, reply) => {
      const added = await addSite(pool, newSite(fieldsOf(request)));
      if (!added) throw new ControlError('a site with this code or login exists', 409);
      return reply.code(201).send(shown(added, gateway));
    });

    app.patch('/sites/:site', async (request) => {
      const site = await findSite(pool, (request.params as { site: string }).site);
      if (!site) throw new ControlError('no such site', 404);
      const changed = applySwitches(site, fieldsOf(request));
      await saveSite(pool, changed);
      return shown(changed, gateway);
    });

    app.get('/clock', async () => ({ offsetMs: clock.offsetMs, now: clock.base().toISOString() }));

    app.post('/clock', async (request) => {
      const { offsetMs, advanceMs, ...others } = fieldsOf(request);
      refuseOthers(others);
      if ((offsetMs === undefined) === (advanceMs === undefined)) {
        throw new ControlError('send either offsetMs or advanceMs');
      }
      const target =
        offsetMs !== undefined
          ? integer(offsetMs, 'offsetMs', -MAX_OFFSET_MS, MAX_OFFSET_MS)
          : integer(
              clock.offsetMs + integer(advanceMs, 'advanceMs', -MAX_OFFSET_MS, MAX_OFFSET_MS),
              'advanceMs',
              -MAX_OFFSET_MS,
              MAX_OFFSET_MS,
            );
      await setClock(gateway, target);
      return { offsetMs: clock.offsetMs, now: clock.base().toISOString() };
    });

    app.get('/book', async (request, reply) => {
      const query = request.query as Record<string, string | undefined>;
      const limit = queryNumber(query.limit, 'limit', 10_000, 100_000);
      const after = queryNumber(query.after, 'after', 0, Number.MAX_SAFE_INTEGER);
      const { lines, last } = await readBook(pool, { site: query.site ?? null, after, limit });
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('x-last-line', String(last))
        .send(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    });

    app.get('/sessions', async (request) => {
      const query = request.query as Record<string, string | undefined>;
      return listSessions(pool, {
        site: query.site ?? null,
        reference: query.reference ?? null,
        limit: queryNumber(query.limit, 'limit', 100, 1_000),
      });
    });

    app.get('/deliveries', async (request) => {
      const query = request.query as Record<string, string | undefined>;
      return listNotifications(pool, {
        site: query.site ?? null,
        requestId:
          query.requestId === undefined ? null : queryNumber(query.requestId, 'requestId', 0, 2 ** 31 - 1),
        limit: queryNumber(query.limit, 'limit', 100, 1_000),
      });
    });

    app.get('/faults', async () => listFaults(pool));

    app.post('/faults', async (request, reply) => {
      const fault = readFault(fieldsOf(request));
      if (fault.site !== null && !(await findSite(pool, fault.site)))
        throw new ControlError('site: no such site', 400, 'site');
      return reply.code(201).send(await addFault(pool, fault));
    });

    app.delete('/faults', async (request, reply) => {
      const { operation, site } = request.query as Record<string, string | undefined>;
      await clearFaults(pool, {
        operation: operation === undefined ? null : readOperation(operation),
        site: site ?? null,
      });
      return reply.code(204).send();
    });
  };
}

function shown(site: Site, gateway: Gateway): object {
  return { ...site, baseUrl: gateway.publicUrl() };
}
