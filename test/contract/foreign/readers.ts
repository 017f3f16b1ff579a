/**
 * Answers as the official SDKs read them (section 11): each throws where the client would. The strictness is theirs; where
 * they differ, each has its own.
 */
import type { Json } from '../placetopay/golden-pair.js';

export interface ReadAttempt {
  state: string;
  reference: string;
  total: number;
  refunded: boolean;
}

export interface ReadSession {
  requestId: number;
  state: string;
  reason: string;
  /** As the client keeps them; element 0 is its "last transaction". */
  attempts: ReadAttempt[];
  /** Of what was stored, by keyword; null where nothing was. */
  instrument: Record<string, unknown> | null;
}

export interface Reader {
  name: string;
  /** Throws unless the client would take it for a success. */
  opened: (text: string) => { requestId: number; processUrl: string };
  session: (text: string) => ReadSession;
  /** Of a refund or another action. */
  acted: (text: string) => ReadAttempt;
  /** The reason and message of a call that failed. */
  failed: (text: string) => { reason: string; message: string };
}

function must(isSo: boolean, what: string): void {
  if (!isSo) throw new TypeError(what);
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isInt32 = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;

function parsed(text: string): Json {
  const body: unknown = JSON.parse(text);
  must(isObject(body), 'the body is no object');
  return body as Json;
}

interface Strictness {
  name: string;
  /** PHP decides success by what there is, Java and C# by the word. */
  isOpened: (status: string) => boolean;
  transaction: (transaction: Json) => void;
  session: (body: Json) => void;
  instrument: (fields: Record<string, unknown>) => void;
}

/** `reason`, `message` and `date` are read without a look whether they are there. */
function readStatus(of: Json): { status: string; reason: string; message: string } {
  must(isObject(of.status), 'no status');
  const { status, reason, message, date } = of.status as Json;
  must(
    typeof status === 'string' && typeof message === 'string' && typeof date === 'string',
    'a status is not whole',
  );
  must(typeof reason === 'string' || typeof reason === 'number', 'reason is neither text nor number');
  must(!Number.isNaN(Date.parse(date as string)), 'date is no date');
  return { status: status as string, reason: String(reason), message: message as string };
}

/** A list of keyword and value: what it is read into is a map. */
function readPairs(list: unknown): Record<string, unknown> {
  must(Array.isArray(list), 'not a list of keyword and value');
  return Object.fromEntries(
    (list as Json[]).map(({ keyword, value }) => {
      must(typeof keyword === 'string', 'an entry without a keyword');
      return [keyword as string, value];
    }),
  );
}

function readTransaction(value: unknown, strictness: Strictness): ReadAttempt {
  must(isObject(value), 'a transaction is no object');
  const transaction = value as Json;
  const { amount, reference, refunded, discount, dispersion } = transaction;
  must(typeof reference === 'string', 'a transaction without a reference');
  must(isObject(amount) && isObject(amount.from) && isObject(amount.to), 'an amount without from and to');
  const { from } = amount as { from: Json };
  must(typeof from.currency === 'string' && typeof from.total === 'number', 'an amount that is no amount');
  if (discount !== undefined && discount !== null) {
    must(
      ['base', 'code', 'type', 'amount'].every((key) => key in (discount as Json)),
      'half a discount',
    );
  }
  if (transaction.processorFields !== undefined) readPairs(transaction.processorFields);
  for (const part of (dispersion ?? []) as Json[]) {
    readStatus(part);
    must(
      part.agreement === null || part.agreement === undefined || typeof part.agreement === 'number',
      'an agreement that is text',
    );
  }
  strictness.transaction(transaction);
  return {
    state: readStatus(transaction).status,
    reference: reference as string,
    total: from.total as number,
    refunded: refunded === true,
  };
}

function readSession(text: string, strictness: Strictness): ReadSession {
  const body = parsed(text);
  const { status, reason } = readStatus(body);
  must(isInt32(body.requestId), 'requestId is no 32-bit integer');
  must(isObject(body.request), 'no request');
  must(body.payment === null || Array.isArray(body.payment), 'payment is neither a list nor null');
  strictness.session(body);
  let instrument: Record<string, unknown> | null = null;
  if (body.subscription !== null && body.subscription !== undefined) {
    const subscription = body.subscription as Json;
    readStatus(subscription);
    instrument = readPairs(subscription.instrument);
    must(instrument.installments !== '', 'installments that are empty text');
    strictness.instrument(instrument);
  }
  const attempts = ((body.payment ?? []) as unknown[]).map((one) => readTransaction(one, strictness));
  return { requestId: body.requestId as number, state: status, reason, attempts, instrument };
}

function readerOf(strictness: Strictness): Reader {
  return {
    name: strictness.name,
    opened: (text) => {
      const body = parsed(text);
      const { status } = readStatus(body);
      must(strictness.isOpened(status), `${status} is no success`);
      must(isInt32(body.requestId) && typeof body.processUrl === 'string', 'nothing was opened');
      return { requestId: body.requestId as number, processUrl: body.processUrl as string };
    },
    session: (text) => readSession(text, strictness),
    acted: (text) => {
      const body = parsed(text);
      readStatus(body);
      return readTransaction(body.payment, strictness);
    },
    failed: (text) => {
      const { status, reason, message } = readStatus(parsed(text));
      must(status === 'FAILED', `${status} is no failure`);
      return { reason, message };
    },
  };
}

/** `optional` of Java, and of C#: there or not, but of its type when it is there. */
const isAbsentOr = (type: string, value: unknown): boolean =>
  value === undefined || value === null || typeof value === type;

/** Both parse `receipt` as a 64-bit integer and take `authorization` for text. */
function readNumbers({ receipt, authorization, internalReference }: Json): void {
  must(isInt32(internalReference), 'internalReference is no 32-bit integer');
  must(/^\d{1,18}$/.test(String(receipt)), 'receipt is no number');
  must(typeof authorization === 'string', 'authorization is no text');
}

const isDay = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

const PHP: Strictness = {
  name: 'PHP',
  isOpened: (status) => status !== 'FAILED' && status !== 'ERROR',
  transaction: ({ paymentMethod }) => must(isAbsentOr('string', paymentMethod), 'paymentMethod is no text'),
  session: ({ request }) => {
    const { payment, paymentMethod } = request as { payment?: Json; paymentMethod?: unknown };
    must(isAbsentOr('string', paymentMethod), 'request.paymentMethod is no text');
    for (const part of (payment?.dispersion ?? []) as Json[])
      must(isAbsentOr('number', part.agreement), 'agreement is no integer');
  },
  instrument: ({ validUntil }) => must(isDay(validUntil), 'validUntil is misread'),
};

const JAVA: Strictness = {
  name: 'Java',
  isOpened: (status) => status === 'OK',
  transaction: (transaction) => {
    readNumbers(transaction);
    must(
      isAbsentOr('string', transaction.issuerName) && isAbsentOr('string', transaction.franchise),
      'a text that is none',
    );
    must(typeof transaction.refunded === 'boolean', 'refunded is no boolean');
  },
  session: () => undefined,
  instrument: ({ validUntil }) => must(isDay(validUntil), 'validUntil is no date'),
};

const CSHARP: Strictness = {
  name: 'C#',
  isOpened: (status) => status === 'OK',
  transaction: readNumbers,
  session: ({ request }) =>
    must(Array.isArray((request as Json).fields), 'request.fields is no list: the session is lost'),
  instrument: () => undefined,
};

export const READERS: Reader[] = [PHP, JAVA, CSHARP].map(readerOf);

/** What the WooCommerce plugin shows of an approval: indexed without a look. */
export function lastDigitsOf({ processorFields }: Json): string {
  const fields = readPairs(processorFields);
  must('lastDigits' in fields, 'lastDigits is missing');
  return String(fields.lastDigits);
}
