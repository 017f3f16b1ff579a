/**
 * What staff do in the gateway's own console: look at a session, end a recurrence, let a hold go, give money back. No
 * merchant is notified of it: shops learn of it by asking (protocol 11.23).
 */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Gateway } from '../app.js';
import { listHolds } from '../sessions/hold.store.js';
import { cancelRecurrence, listRecurrences, setNextOutcomes } from '../sessions/recurrence.store.js';
import { redirectInformation } from '../sessions/session.view.js';
import { loadSession } from '../sessions/session.store.js';
import { findTransaction } from '../sessions/transaction.store.js';
import type { Acted, Wanted } from '../sessions/transactions.js';
import { findSite } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import { MAX_MINOR } from '../wire/money.js';
import { readRequestId } from './api.calls.js';
import {
  ControlError,
  fieldsOf,
  integer,
  queryNumber,
  readOutcomes,
  refuseOthers,
} from './control.fields.js';

const MAX_ID = 2 ** 31 - 1;

export function consoleRoutes(gateway: Gateway): FastifyPluginAsync {
  const { pool } = gateway;
  return async (app) => {
    app.get('/sessions/:requestId', async (request) => {
      const requestId = numberIn(request, 'requestId');
      const moment = gateway.moment(request);
      const found = await loadSession(pool, requestId, 'none');
      const site = found && (await findSite(pool, found.site));
      const session = site && (await gateway.sessions.query(site, requestId, moment));
      if (!session) throw new ControlError('no such session', 404);
      return { site: site.site, ...redirectInformation(session, site.zone, moment.now) };
    });

    app.get('/recurrences', async (request) => {
      const query = request.query as Record<string, string | undefined>;
      const requestId =
        query.requestId === undefined ? null : queryNumber(query.requestId, 'requestId', 0, MAX_ID);
      const limit = queryNumber(query.limit, 'limit', 100, 1_000);
      return listRecurrences(pool, { id: null, site: query.site ?? null, requestId, limit });
    });

    app.post('/recurrences/:id/cancel', async (request) => {
      const id = numberIn(request, 'id');
      if (!(await cancelRecurrence(pool, id))) throw new ControlError('no such recurrence is alive', 409);
      return oneRecurrence(id);
    });

    app.post('/recurrences/:id/next-outcomes', async (request) => {
      const id = numberIn(request, 'id');
      const { outcomes, ...others } = fieldsOf(request);
      refuseOthers(others);
      if (!(await setNextOutcomes(pool, id, readOutcomes(outcomes)))) {
        throw new ControlError('no such recurrence', 404);
      }
      return oneRecurrence(id);
    });

    app.get('/holds', async (request) => {
      const query = request.query as Record<string, string | undefined>;
      return listHolds(pool, {
        site: query.site ?? null,
        limit: queryNumber(query.limit, 'limit', 100, 1_000),
      });
    });

    app.post('/transactions/:internalReference/release', async (request) =>
      act(request, { action: 'checkout', amount: { minor: 0 } }),
    );

    app.post('/transactions/:internalReference/refund', async (request) => {
      const { amountMinor, ...others } = request.body === undefined ? {} : fieldsOf(request);
      refuseOthers(others);
      const minor = amountMinor === undefined ? null : integer(amountMinor, 'amountMinor', 1, MAX_MINOR);
      return act(request, { action: 'reverse', amount: { minor } });
    });

    // What waits for its confirmation is cancelled, what was taken is given back whole.
    app.post('/transactions/:internalReference/cancel', async (request) => {
      const found = await findTransaction(pool, numberIn(request, 'internalReference'));
      const isCaptured = found?.status === 'PENDING_CONFIRMATION';
      return act(request, { action: isCaptured ? 'cancel' : 'reverse', amount: { minor: null } });
    });
  };

  async function oneRecurrence(id: number): Promise<unknown> {
    const [recurrence] = await listRecurrences(pool, { id, site: null, requestId: null, limit: 1 });
    return recurrence;
  }

  async function act(request: FastifyRequest, wanted: Wanted): Promise<object> {
    const internalReference = numberIn(request, 'internalReference');
    return shown(await gateway.transactions.act(null, internalReference, wanted, gateway.moment(request)));
  }
}

function shown({ transaction, internalReference, session, site }: Acted): object {
  const { status, reason, currency, amountMinor, parent } = transaction;
  const of: Pick<Site, 'site'> = site;
  return {
    site: of.site,
    requestId: session.requestId,
    internalReference,
    parent,
    status,
    reason,
    currency,
    amountMinor,
  };
}

function numberIn(request: FastifyRequest, name: string): number {
  const number = readRequestId((request.params as Record<string, string>)[name]);
  if (number === null) throw new ControlError(`${name}: must be a number`, 404);
  return number;
}
