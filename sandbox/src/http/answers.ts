/** Answers that do not depend on what was asked: errors and unknown routes, always JSON with the envelope. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BadClockHeader, CLOCK_HEADER } from '../platform/clock.js';
import { isObject } from '../wire/reading.js';
import { AuthFailure } from '../wire/auth.js';
import { HOUSE_LOCALE, HOUSE_ZONE, wireStatus } from '../wire/envelope.js';
import type { Answer } from '../wire/envelope.js';
import { CallFailure, Refusal } from '../wire/refusal.js';
import { callText, languageOf, readLocale, refusalText } from '../wire/texts.js';

/** In whose name an answer is written: the site's zone, and the locale of the request or else of the site. */
export interface Voice {
  zone: string;
  locale: string;
}

export function houseVoice(body: unknown): Voice {
  const locale = isObject(body) ? readLocale(body.locale) : null;
  return { zone: HOUSE_ZONE, locale: locale ?? HOUSE_LOCALE };
}

/** Turns what a handler threw into its answer. */
export function answerFor(error: unknown, voice: Voice, now: Date): Answer {
  const language = languageOf(voice.locale);
  const failed = (http: number, reason: string | number, message: string): Answer => ({
    http,
    body: { status: wireStatus('FAILED', reason, message, now, voice.zone) },
  });
  if (error instanceof AuthFailure) {
    return failed(401, 401, `${callText('authentication', language)} ${error.code}`);
  }
  if (error instanceof Refusal) {
    return failed(400, error.reason, refusalText(error.rule, error.field, error.limit, language));
  }
  if (error instanceof CallFailure) {
    return failed(error.http, error.reason, callText(error.text, language, error.detail));
  }
  if (error instanceof BadClockHeader) {
    return failed(400, 'request_not_valid', refusalText('instant', CLOCK_HEADER, '', language));
  }
  const http = (error as { statusCode?: number }).statusCode ?? 500;
  if (http === 413) return failed(413, 'request_not_valid', refusalText('tooBig', 'body', '', language));
  if (http < 500) return failed(http, 'request_not_valid', (error as Error).message);
  return failed(500, 'XH', callText('internal', language));
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = answerFor(error, houseVoice(request.body), new Date());
  if (answer.http >= 500) request.log.error(error);
  return reply.code(answer.http).send(answer.body);
}

/** The documents know this text in English only, so another language is used only when it was asked for. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = isObject(request.body) ? readLocale(request.body.locale) : null;
  const message = callText('pageNotFound', languageOf(locale ?? 'en_US'));
  return reply.code(404).send({ status: wireStatus('FAILED', 'NA', message, new Date(), HOUSE_ZONE) });
}
