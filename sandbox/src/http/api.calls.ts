/** What each call of the protocol does once its caller is known, and the answer it gives. */
import { createHash } from 'node:crypto';
import type { Gateway } from '../app.js';
import { instrumentInformation, tokenData } from '../network/information.js';
import type { Moment } from '../platform/clock.js';
import { redirectInformation, transactionView } from '../sessions/session.view.js';
import type { Session } from '../sessions/session.store.js';
import { findLiveToken, invalidateToken } from '../sessions/token.store.js';
import { ACTIONS } from '../sessions/transactions.js';
import type { Acted, Action } from '../sessions/transactions.js';
import type { Site } from '../sites/sites.js';
import { invalidToken, readTokenNames } from '../wire/collect-request.js';
import { wireStatus } from '../wire/envelope.js';
import type { Answer, WireStatus } from '../wire/envelope.js';
import { isAbsent, readObject, readText } from '../wire/reading.js';
import type { Json } from '../wire/reading.js';
import { CallFailure, Refusal } from '../wire/refusal.js';
import { callText, languageOf } from '../wire/texts.js';
import { answerFor } from './answers.js';

/** A call whose caller is known. */
export interface Call {
  site: Site;
  body: Json;
  params: Record<string, string>;
  moment: Moment;
  /** The request's locale or else the site's. */
  locale: string;
}

export const isAction = (value: unknown): value is Action => ACTIONS.some((action) => action === value);

export class ApiCalls {
  constructor(private readonly gateway: Gateway) {}

  async createSession(call: Call): Promise<Answer> {
    const { site, body, moment } = call;
    try {
      const opened = await this.gateway.sessions.open(site, body, this.gateway.publicUrl(), moment);
      const message = callText('ok', languageOf(opened.locale));
      return {
        http: 200,
        body: {
          status: wireStatus('OK', 'PC', message, moment.now, site.zone),
          requestId: opened.requestId,
          processUrl: opened.processUrl,
        },
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // An open question of the protocol: the HTTP status of a request that is not valid.
      const answer = answerFor(error, { zone: site.zone, locale: call.locale }, moment.now);
      return { ...answer, http: site.validationStatus };
    }
  }

  async querySession({ site, params, moment }: Call): Promise<Answer> {
    const requestId = readRequestId(params.requestId);
    const session = requestId && (await this.gateway.sessions.query(site, requestId, moment));
    if (!session) throw sessionNotFound();
    return { http: 200, body: redirectInformation(session, site.zone, moment.now) };
  }

  async cancelSession(call: Call): Promise<Answer> {
    const { site, params, moment } = call;
    const requestId = readRequestId(params.requestId);
    const session = requestId && (await this.gateway.sessions.cancel(site, requestId, moment));
    if (!session) throw sessionNotFound();
    return done(call, { session: redirectInformation(session, site.zone, moment.now) });
  }

  async collect({ site, body, moment }: Call): Promise<Answer> {
    const collected = await this.gateway.collects.collect(site, body, this.gateway.publicUrl(), moment);
    const { http, session } = collected as { http: number; session: Session };
    return { http, body: redirectInformation(session, site.zone, moment.now) };
  }

  /** Both the current call and the older `reverse` (protocol 3.5, 3.6). */
  async transaction({ site, body, moment, locale }: Call, action: unknown): Promise<Answer> {
    if (isAbsent(action)) throw new Refusal('action', 'required');
    if (!isAction(action)) throw new Refusal('action', 'oneOf', ACTIONS.join(', '));
    const internalReference = readInternalReference(body.internalReference, action);
    if (isAbsent(body.amount) && (action === 'checkout' || action === 'reauthorization')) {
      throw new Refusal('amount', 'required');
    }
    const wanted = { action, amount: { raw: body.amount } };
    const acted = await this.gateway.transactions.act(site, internalReference, wanted, moment);
    return transactionAnswer(acted, locale, moment.now);
  }

  async invalidate(call: Call): Promise<Answer> {
    const names = readTokenNames(readInstrument(call.body));
    const isDone = await invalidateToken(this.gateway.pool, call.site.site, names, call.moment.now);
    if (!isDone) throw invalidToken();
    return done(call, {});
  }

  async information(call: Call): Promise<Answer> {
    const instrument = readInstrument(call.body);
    const card = readObject(instrument.card, 'instrument.card');
    if (card) {
      const number = (readText(card.number, 'instrument.card.number', 30) ?? '').replace(/[\s-]/g, '');
      if (!/^\d{12,19}$/.test(number)) throw invalidToken();
      return done(call, instrumentInformation(number, call.locale));
    }
    const token = await findLiveToken(this.gateway.pool, call.site.site, readTokenNames(instrument));
    if (!token) throw invalidToken();
    const number = this.gateway.vault.testCard(token.cardHash) ?? token.bin;
    return done(call, instrumentInformation(number, call.locale));
  }

  async token(call: Call): Promise<Answer> {
    const names = readTokenNames(readInstrument(call.body));
    const token = await findLiveToken(this.gateway.pool, call.site.site, names);
    if (!token) throw invalidToken();
    return done(call, { data: tokenData(token) });
  }

  /** Asks for a pending transaction to be looked at again. The signature's formula is ours: none is published. */
  async notify(call: Call): Promise<Answer> {
    const { site, body, moment } = call;
    const internalReference = readInternalReference(body.internalReference, 'reverse');
    const reference = readText(body.reference, 'reference', 32) ?? '';
    const wanted = createHash('sha256')
      .update(`${internalReference}${reference}${site.secretKey}`)
      .digest('hex');
    if (body.signature !== wanted) throw new CallFailure(400, '0', 'invalidSignature');
    await this.gateway.transactions.refresh(site, internalReference, moment);
    return done(call, {});
  }
}

function readInstrument(body: Json): Json {
  const instrument = readObject(body.instrument, 'instrument');
  if (!instrument) throw new Refusal('instrument', 'required');
  return instrument;
}

/** Clients send it as text or as a number. A refund without one has a refusal of its own (protocol 2.3). */
function readInternalReference(value: unknown, action: Action): number {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  if (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= 2_147_483_647) return Number(text);
  if (action === 'reverse') throw new CallFailure(400, '0', 'invalidReference');
  throw new Refusal('internalReference', isAbsent(value) ? 'required' : 'whole');
}

const sessionNotFound = (): CallFailure => new CallFailure(404, 'request_not_valid', 'sessionNotFound');

function done({ site, locale, moment }: Call, more: object): Answer {
  const message = callText('ok', languageOf(locale));
  return { http: 200, body: { status: wireStatus('OK', '00', message, moment.now, site.zone), ...more } };
}

/** The status of the whole mirrors the transaction's, but for a technical failure, which is a bad request here (3.5). */
function transactionAnswer(acted: Acted, locale: string, now: Date): Answer {
  const { session, site, transaction, internalReference } = acted;
  const language = languageOf(locale);
  const payment = transactionView(transaction, session.reference, site.zone, language, internalReference);
  const reason = transaction.status === 'FAILED' ? 'BR' : payment.status.reason;
  const status: WireStatus = wireStatus(
    payment.status.status,
    reason,
    payment.status.message,
    now,
    site.zone,
  );
  return { http: 200, body: { status, payment } };
}

/** A session's number, or null for what cannot be one: they are 32-bit integers. */
export function readRequestId(text: string | undefined): number | null {
  if (text === undefined || !/^[1-9]\d{0,9}$/.test(text)) return null;
  const requestId = Number(text);
  return requestId <= 2_147_483_647 ? requestId : null;
}
