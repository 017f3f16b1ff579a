/** The API of the protocol: every call is a POST with JSON that names its caller in `auth`. */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Gateway } from '../app.js';
import { drawFault } from '../platform/faults.js';
import type { CallOperation, Fault } from '../platform/faults.js';
import { findSiteByLogin } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import { checkCredentials, readCredentials } from '../wire/auth.js';
import type { Answer } from '../wire/envelope.js';
import { isObject } from '../wire/reading.js';
import type { Json } from '../wire/reading.js';
import { Refusal, refuseUnstorable } from '../wire/refusal.js';
import { readLocale } from '../wire/texts.js';
import { answerFor, houseVoice } from './answers.js';
import { failAfter, failBefore, isPlanned } from './api.faults.js';
import { ApiCalls, isAction } from './api.calls.js';
import type { Call } from './api.calls.js';

export function apiRoutes(gateway: Gateway): FastifyPluginAsync {
  return async (app) => {
    readBodiesAsJson(app);
    const calls = new ApiCalls(gateway);
    const route = (path: string, operation: OperationOf, handle: (call: Call) => Promise<Answer>): void => {
      app.post(path, (request, reply) => serve(gateway, request, reply, operation, handle));
    };
    route('/session', 'session.create', (call) => calls.createSession(call));
    route('/session/:requestId', 'session.query', (call) => calls.querySession(call));
    route('/session/:requestId/cancel', 'session.cancel', (call) => calls.cancelSession(call));
    route('/collect', 'collect', (call) => calls.collect(call));
    route('/transaction', actionOf, (call) => calls.transaction(call, call.body.action));
    route('/reverse', 'transaction.reverse', (call) => calls.transaction(call, 'reverse'));
    route('/instrument/invalidate', 'instrument.invalidate', (call) => calls.invalidate(call));
    route('/gateway/information', 'gateway.information', (call) => calls.information(call));
    route('/gateway/token', 'gateway.token', (call) => calls.token(call));
    route(
      '/notify',
      () => null,
      (call) => calls.notify(call),
    );
  };
}

/** The name under which the fault menu knows a call; null for one that it does not know. */
type OperationOf = CallOperation | ((body: Json) => CallOperation | null);

function actionOf({ action }: Json): CallOperation | null {
  return isAction(action) ? `transaction.${action}` : null;
}

/** A body that is not sent as JSON is no body: its caller is unknown (code 100), not its syntax wrong. */
function readBodiesAsJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      const body: unknown = text === '' ? undefined : JSON.parse(text as string);
      refuseUnstorable(body);
      done(null, body);
    } catch (error) {
      done(error instanceof Refusal ? error : new Refusal('body', 'json'));
    }
  });
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _text, done) => done(null, undefined));
}

async function serve(
  gateway: Gateway,
  request: FastifyRequest,
  reply: FastifyReply,
  operationOf: OperationOf,
  handle: (call: Call) => Promise<Answer>,
): Promise<FastifyReply> {
  const { body } = request;
  let voice = houseVoice(body);
  let now = gateway.clock.base();
  let fault: Fault | null = null;
  let answer: Answer;
  try {
    const moment = gateway.moment(request);
    now = moment.now;
    const credentials = readCredentials(body);
    const site = await findSiteByLogin(gateway.pool, credentials.login);
    if (site) voice = { zone: site.zone, locale: localeOf(body) ?? site.locale };
    checkCredentials(credentials, site, now);
    const call = { site: site as Site, body: body as Json, params: request.params as Call['params'], moment };
    const operation = typeof operationOf === 'string' ? operationOf : operationOf(call.body);
    fault = operation && (await drawFault(gateway.pool, operation, call.site.site));
    if (fault && (await failBefore(fault, reply))) return reply;
    answer = await handle({ ...call, locale: voice.locale });
  } catch (error) {
    answer = answerFor(error, voice, now);
    if (answer.http >= 500 && !isPlanned(error)) request.log.error(error);
  }
  if (fault && failAfter(fault, reply, answer, { voice, now })) return reply;
  return reply.code(answer.http).send(answer.body);
}

const localeOf = (body: unknown): string | null => (isObject(body) ? readLocale(body.locale) : null);
