/** How pairs are told: each builder makes one sort of exchange, so that a pair reads as a sentence. */
import type {
  GoldenAnswer,
  GoldenPair,
  GoldenRequest,
  GoldenSite,
  GoldenStep,
  Json,
  SessionWord,
  UnderstoodInstrument,
} from './golden-pair.js';
import { BUYER, echo, ORDER, processUrl, PROCESS_URL, sessionStatus, SHOP, WORDED } from './samples.js';
import {
  freeInQuery,
  freeOfTransaction,
  type GoldenAttempt,
  optionalOfTransaction,
  transaction,
  understood,
} from './transactions.js';
import { opens, OPENED_AT } from './steps.js';

export interface Opening {
  name: string;
  section: string;
  requestId: number;
  request: Partial<GoldenRequest>;
  site?: GoldenSite;
  message?: string;
  date?: string;
  given?: GoldenStep[];
}

/** Every opened session is answered alike: OK, its number, its page. */
export function opened(opening: Opening): GoldenPair {
  const { name, section, requestId, request } = opening;
  const message = opening.message ?? 'La petición se ha procesado correctamente';
  return {
    name,
    section,
    site: opening.site ?? SHOP,
    given: opening.given ?? [],
    request: { at: OPENED_AT, path: '/api/session', body: ORDER, ...request },
    answer: {
      http: 200,
      body: {
        status: { status: 'OK', reason: 'PC', message, date: opening.date ?? OPENED_AT },
        requestId,
        processUrl: processUrl(requestId),
      },
    },
    free: { processUrl: PROCESS_URL },
    expect: { kind: 'opened', requestId, processUrl: processUrl(requestId) },
  };
}

export interface Question {
  name: string;
  section: string;
  requestId: number;
  /** What was opened; the order of section 10 without it. */
  order?: Json;
  /** What of the request is echoed otherwise than it was sent. */
  echoed?: Json;
  site?: GoldenSite;
  /** Between the opening and the question. */
  steps: GoldenStep[];
  at: string;
  state: SessionWord | 'CANCELED';
  reason: string;
  /** When the state was reached; an open session is dated by the question. */
  date?: string;
  /** English words the document gives. */
  message?: string;
  /** Newest first. */
  attempts: GoldenAttempt[];
  /** Somebody typed who pays although no attempt is shown. */
  payer?: boolean;
  subscription?: Stored;
  first?: number;
}

export interface Stored {
  body: Json;
  instrument: UnderstoodInstrument;
  free: Record<string, RegExp>;
}

/** RedirectInformation, section 3.2. */
export function information(question: Question): Json {
  const { requestId, state, reason, attempts, at } = question;
  const status = sessionStatus(state, reason, question.date ?? at);
  const payer = attempts.length > 0 || question.payer || question.subscription;
  return {
    requestId,
    status: question.message ? { ...status, message: question.message } : status,
    request: { ...echo(requestId, payer ? BUYER : undefined, question.order), ...question.echoed },
    payment: attempts.length > 0 ? attempts.map(transaction) : null,
    subscription: question.subscription?.body ?? null,
  };
}

/** What a client must understand of it. */
function session(question: Question) {
  const { requestId, state, reason, attempts, at, order = ORDER } = question;
  const purpose = (order.payment ?? order.subscription) as Json;
  return {
    requestId,
    state: state === 'CANCELED' ? ('REJECTED' as const) : state,
    reason,
    at: question.date ?? at,
    reference: purpose.reference as string,
    attempts: attempts.map(understood),
    ...(question.subscription && { instrument: question.subscription.instrument }),
  };
}

const freedom = (question: Question): Pick<GoldenPair, 'free' | 'optional'> => ({
  free: {
    ...freeInQuery(question.attempts),
    ...(WORDED.includes(question.reason) || question.message ? {} : { 'status.message': /./ }),
    ...question.subscription?.free,
  },
  optional: question.attempts.flatMap((_attempt, index) => optionalOfTransaction(`payment.${index}`)),
});

const numbersOf = ({ requestId, attempts, first }: Question): NonNullable<GoldenPair['numbers']> => {
  const oldest = first ?? attempts.at(-1)?.internalReference;
  return { requestId, ...(oldest !== undefined && { internalReference: oldest }) };
};

/** A session is opened, something happens, the merchant asks how it stands. */
export function asked(question: Question): GoldenPair {
  const { name, section, requestId, at, order = ORDER } = question;
  return {
    name,
    section,
    site: question.site ?? SHOP,
    numbers: numbersOf(question),
    given: [opens(order), ...question.steps],
    request: { at, path: `/api/session/${requestId}`, body: {} },
    answer: { http: 200, body: information(question) },
    ...freedom(question),
    expect: { kind: 'session', ...session(question) },
  };
}

/** Section 3.3: the merchant cancels, and is told the session as it ended. */
export function cancelled(question: Omit<Question, 'state' | 'reason'> & { said?: string }): GoldenPair {
  const { name, section, requestId, at, order = ORDER, said } = question;
  const ended: Question = { ...question, state: 'REJECTED', reason: 'MC' };
  const message = said ?? 'La petición se ha procesado correctamente';
  const { free, optional = [] } = freedom(ended);
  return {
    name,
    section,
    site: SHOP,
    numbers: numbersOf(ended),
    given: [opens(order), ...question.steps],
    request: { at, path: `/api/session/${requestId}/cancel`, body: {} },
    answer: {
      http: 200,
      body: { status: { status: 'OK', reason: '00', message, date: at }, session: information(ended) },
    },
    free: Object.fromEntries(Object.entries(free).map(([path, look]) => [`session.${path}`, look])),
    optional: optional.map((path) => `session.${path}`),
    expect: { kind: 'cancelled', ...session(ended) },
  };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

export interface RefusalAnswer {
  http: number;
  reason: string | number;
  message: string;
  /** How the message must look where its words are the gateway's. */
  free?: RegExp;
  /** Of an authentication that failed. */
  code?: number;
}

/** A call that fails. */
export function refused(
  { name, section, numbers, site }: Pick<GoldenPair, 'name' | 'section' | 'numbers'> & { site?: GoldenSite },
  request: Partial<GoldenRequest>,
  answer: RefusalAnswer,
  given: GoldenStep[] = [],
): GoldenPair {
  const { http, reason, message, code } = answer;
  const date = request.at ?? OPENED_AT;
  // A refusal before any site is known has no clock of its own to go by.
  const free: Record<string, RegExp> = { 'status.date': INSTANT };
  if (answer.free) free['status.message'] = answer.free;
  return {
    name,
    section,
    site: site ?? SHOP,
    ...(numbers && { numbers }),
    given,
    request: { at: OPENED_AT, path: '/api/session', body: ORDER, ...request },
    answer: { http, body: { status: { status: 'FAILED', reason, message, date } } },
    free,
    expect: { kind: 'refused', http, reason: String(reason), ...(code && { authentication: code }) },
  };
}

/** A body with something wrong in it; the message names the field. */
export function invalid(
  name: string,
  section: string,
  field: string,
  body: Json,
  reason = 'request_not_valid',
  more: { given?: GoldenStep[]; path?: string; site?: GoldenSite } = {},
): GoldenPair {
  const named = new RegExp(field.replace(/[.[\]]/g, '\\$&'));
  const { given = [], path = '/api/session', site } = more;
  return refused(
    { name, section, ...(site && { site }) },
    { path, body: { ...ORDER, ...body } },
    { http: 400, reason, message: `${field}: no es válido`, free: named },
    given,
  );
}

/** The order of the samples with other words about its payment. */
export const paying = (more: Json, order: Json = ORDER): Json => ({
  ...order,
  payment: { ...(order.payment as Json), ...more },
});

export interface Action {
  name: string;
  section: string;
  /** What is there before, with the numbers that it is given. */
  numbers: { requestId: number; internalReference: number };
  given: GoldenStep[];
  site?: GoldenSite;
  path?: '/api/transaction' | '/api/reverse';
  at: string;
  body: Json;
  /** The transaction that the action made or changed. */
  done: GoldenAttempt;
}

/** Section 3.5: an action on a transaction; `payment` is a single object, and the status above mirrors its own. */
export function acted(action: Action): GoldenPair {
  const { done } = action;
  const payment = transaction(done);
  const { currency = 'COP' } = done;
  const { amountMinor } = understood(done);
  const answer: GoldenAnswer = {
    http: 200,
    body: { status: { ...(payment.status as Json), date: action.at }, payment },
  };
  return {
    name: action.name,
    section: action.section,
    site: action.site ?? SHOP,
    numbers: action.numbers,
    given: action.given,
    request: { at: action.at, path: action.path ?? '/api/transaction', body: action.body },
    answer,
    free: { 'status.message': /./, ...freeOfTransaction('payment', done) },
    // The samples of this answer show no processorFields.
    optional: [...optionalOfTransaction('payment'), 'payment.processorFields'],
    expect: {
      kind: 'transaction',
      state: done.status,
      reason: done.reason,
      internalReference: done.internalReference,
      reference: done.reference ?? 'ORD-1001',
      amountMinor,
      currency,
      at: done.date,
    },
  };
}
