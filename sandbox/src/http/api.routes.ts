/** The API of the protocol: every call is a POST with JSON that names its caller in `auth`. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Gateway } from '../app.js';
import type { Moment } from '../platform/clock.js';
import { drawFault } from '../platform/faults.js';
import type { Fault, Operation } from '../platform/faults.js';
import { redirectInformation } from '../sessions/session.view.js';
import { findSiteByLogin } from '../sites/sites.js';
import type { Site } from '../sites/sites.js';
import { checkCredentials, readCredentials } from '../wire/auth.js';
import { wireStatus } from '../wire/envelope.js';
import type { Answer } from '../wire/envelope.js';
import { isObject } from '../wire/reading.js';
import type { Json } from '../wire/reading.js';
import { Refusal, refuseUnstorable } from '../wire/refusal.js';
import { callText, languageOf, readLocale } from '../wire/texts.js';
import { answerFor, houseVoice } from './answers.js';

/** A call whose caller is known. */
interface Call {
  site: Site;
  body: Json;
  params: Record<string, string>;
  moment: Moment;
  /** The request's locale or else the site's. */
  locale: string;
}

export function apiRoutes(gateway: Gateway): FastifyPluginAsync {
  return async (app) => {
    readBodiesAsJson(app);
    const route = (path: string, operation: Operation, handle: (call: Call) => Promise<Answer>): void => {
      app.post(path, (request, reply) => serve(gateway, request, reply, operation, handle));
    };
    route('/session', 'session.create', (call) => createSession(gateway, call));
    route('/session/:requestId', 'session.query', (call) => querySession(gateway, call));
  };
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

/** Asked for by a tester, so nothing to log. */
class PlannedFault extends Error {}

async function serve(
  gateway: Gateway,
  request: FastifyRequest,
  reply: FastifyReply,
  operation: Operation,
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
    fault = await drawFault(gateway.pool, operation, call.site.site);
    if (fault && (await failBefore(fault, reply))) return reply;
    answer = await handle({ ...call, locale: voice.locale });
  } catch (error) {
    answer = answerFor(error, voice, now);
    if (answer.http >= 500 && !(error instanceof PlannedFault)) request.log.error(error);
  }
  if (fault && failAfter(fault, reply, answer)) return reply;
  return reply.code(answer.http).send(answer.body);
}

const localeOf = (body: unknown): string | null => (isObject(body) ? readLocale(body.locale) : null);

/** True when the fault has taken the call's place. */
async function failBefore(fault: Fault, reply: FastifyReply): Promise<boolean> {
  if (fault.kind === 'slow') await wait(fault.delayMs);
  if (fault.kind === 'error_500') throw new PlannedFault('a fault of the fault menu');
  if (fault.kind === 'drop_before') drop(reply);
  return fault.kind === 'drop_before';
}

/** True when the fault has taken the answer's place; what was done is done. */
function failAfter(fault: Fault, reply: FastifyReply, answer: Answer): boolean {
  if (fault.kind === 'drop_after') drop(reply);
  if (fault.kind === 'malformed') {
    const text = JSON.stringify(answer.body);
    void reply
      .code(answer.http)
      .type('application/json; charset=utf-8')
      .send(text.slice(0, Math.floor(text.length / 2)));
  }
  return fault.kind === 'drop_after' || fault.kind === 'malformed';
}

function drop(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.destroy();
}

async function createSession(gateway: Gateway, { site, body, moment }: Call): Promise<Answer> {
  const opened = await gateway.sessions.open(site, body, gateway.publicUrl(), moment);
  const message = callText('ok', languageOf(opened.locale));
  return {
    http: 200,
    body: {
      status: wireStatus('OK', 'PC', message, moment.now, site.zone),
      requestId: opened.requestId,
      processUrl: opened.processUrl,
    },
  };
}

async function querySession(gateway: Gateway, { site, params, moment, locale }: Call): Promise<Answer> {
  const requestId = readRequestId(params.requestId);
  const session = requestId === null ? null : await gateway.sessions.query(site, requestId, moment);
  if (!session) {
    const message = callText('sessionNotFound', languageOf(locale));
    return {
      http: 404,
      body: { status: wireStatus('FAILED', 'request_not_valid', message, moment.now, site.zone) },
    };
  }
  return { http: 200, body: redirectInformation(session, site.zone, moment.now) };
}

/** A session's number, or null for what cannot be one: they are 32-bit integers. */
export function readRequestId(text: string | undefined): number | null {
  if (text === undefined || !/^[1-9]\d{0,9}$/.test(text)) return null;
  const requestId = Number(text);
  return requestId <= 2_147_483_647 ? requestId : null;
}
