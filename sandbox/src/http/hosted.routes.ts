/** The hosted page (see the form contract in the README): look, pay, give up. */
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Gateway } from '../app.js';
import { checkoutPage } from '../pages/checkout.page.js';
import { notFoundPage, outcomePage, waitingPage } from '../pages/outcome.page.js';
import type { Page } from '../pages/html.js';
import { bankPage } from '../pages/kind-fields.js';
import { isFinal, isWaiting, triesOf } from '../sessions/session.states.js';
import { isAtTheBank } from '../sessions/pay-form.js';
import type { FormData, FormErrors } from '../sessions/pay-form.js';
import type { SessionOfSite } from '../sessions/session.work.js';
import { readRequestId } from './api.calls.js';
import { FORM_LIMIT_BYTES, leave, readForm, sendPage } from './pages.js';

interface Address {
  requestId: number;
  hash: string;
}

export function hostedRoutes(gateway: Gateway): FastifyPluginAsync {
  return async (app) => {
    await app.register(formbody, { bodyLimit: FORM_LIMIT_BYTES });

    app.get('/:requestId/:hash', async (request, reply) => {
      const moment = gateway.moment(request);
      const found = await withAddress(request, ({ requestId, hash }) =>
        gateway.sessions.page(requestId, hash, moment),
      );
      if (!found) return sendNotFound(request, reply);
      if (isFinal(found.session) && found.session.request.skipResult) return leave(reply, wayOut(found));
      return sendPage(reply, 200, pageOf(found, moment.now));
    });

    // What an open page asks every few seconds, to know when to load itself again.
    app.get('/:requestId/:hash/state', async (request, reply) => {
      const moment = gateway.moment(request);
      const found = await withAddress(request, ({ requestId, hash }) =>
        gateway.sessions.page(requestId, hash, moment),
      );
      if (!found) return reply.code(404).send({ state: 'unknown' });
      return reply.header('cache-control', 'no-store').send({ state: stateOf(found) });
    });

    app.post('/:requestId/:hash/pay', async (request, reply) => {
      const moment = gateway.moment(request);
      const form = readForm(request.body);
      const paid = await withAddress(request, ({ requestId, hash }) =>
        gateway.sessions.pay(requestId, hash, form, moment),
      );
      if (!paid) return sendNotFound(request, reply);
      if (paid.errors && isAtTheBank(form, paid.errors)) return sendPage(reply, 200, bankPage(paid, form));
      if (paid.errors) return sendPage(reply, 422, pageOf(paid, moment.now, { form, errors: paid.errors }));
      // With skipResult one failed attempt already sends the payer back (protocol 8.8); a pending one is not over yet.
      const isOver = paid.session.request.skipResult && !isWaiting(paid.session);
      return leave(reply, isOver ? wayOut(paid) : paid.session.processUrl);
    });

    app.post('/:requestId/:hash/cancel', async (request, reply) => {
      const moment = gateway.moment(request);
      const found = await withAddress(request, ({ requestId, hash }) =>
        gateway.sessions.giveUp(requestId, hash, moment),
      );
      if (!found) return sendNotFound(request, reply);
      const { returnUrl, cancelUrl } = found.session.request;
      return leave(reply, found.gaveUp ? (cancelUrl ?? returnUrl) : found.session.processUrl);
    });
  };
}

async function withAddress<T>(
  request: FastifyRequest,
  look: (address: Address) => Promise<T | null>,
): Promise<T | null> {
  const params = request.params as { requestId: string; hash: string };
  const requestId = readRequestId(params.requestId);
  return requestId === null ? null : look({ requestId, hash: params.hash });
}

/** Where the payer goes from here: back to the shop, by its own way for those who gave up. */
function wayOut({ session }: SessionOfSite): string {
  const { returnUrl, cancelUrl } = session.request;
  return session.reason === '?C' ? (cancelUrl ?? returnUrl) : returnUrl;
}

/** Changes whenever an open page has become out of date. */
function stateOf({ session }: SessionOfSite): string {
  const last = session.attempts.at(-1);
  return [session.status, session.reason, triesOf(session), last?.status ?? ''].join('/');
}

function pageOf(found: SessionOfSite, now: Date, sent?: { form: FormData; errors: FormErrors }): Page {
  const state = stateOf(found);
  if (isFinal(found.session)) return outcomePage(found, wayOut(found));
  if (isWaiting(found.session)) return waitingPage(found, state, wayOut(found));
  return checkoutPage(found, state, now, sent ?? null);
}

function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const asked = request.headers['accept-language'] ?? '';
  return sendPage(reply, 404, notFoundPage(asked.startsWith('en') ? 'en' : 'es'));
}
