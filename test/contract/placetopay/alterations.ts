/**
 * Every pair with one value of its answer altered, pure. Both sides must notice: a comparison of the gateway's real answer
 * with the altered one must fail (`gateway`), and a client that is given the altered answer must not understand what the
 * pair expects (`client`). What need not be noticed is listed below as data, each with its reason; all else must be.
 *
 * A client's spec runs over `alterationsOf(pair).filter(({ client }) => client.mustNotice)`, gives each `answer` to the
 * client exactly as it gives the pair's own, and expects anything but the pair's `expect`.
 */
import type { GoldenAnswer, GoldenPair, Json, Understood } from './golden-pair.js';
import { at, expand, has, without, withValue } from './paths.js';

/** `other` is another value of the same type; `type` a list around it, or an object in place of a list. */
export type How = 'other' | 'null' | 'absent' | 'type' | 'text' | 'order';

export interface Noticing {
  mustNotice: boolean;
  /** Why not. */
  why?: string;
}

export interface Alteration {
  /** `payment.0.status.reason: other` */
  what: string;
  path: string;
  how: How;
  answer: GoldenAnswer;
  gateway: Noticing;
  client: Noticing;
}

type Kind = Understood['kind'];

interface Exception {
  /** Without them, of every kind. */
  kinds?: Kind[];
  /** Of the path, without the `session.` of a cancellation. */
  path: RegExp;
  how?: How[];
  unless?: (pair: GoldenPair) => boolean;
  why: string;
}

const WITHOUT_STATE: Kind[] = ['opened', 'invalidated', 'card', 'token'];
const SESSIONS: Kind[] = ['session', 'cancelled'];

const tells =
  (key: 'refunded' | 'parts') =>
  ({ expect }: GoldenPair): boolean =>
    'attempts' in expect && expect.attempts.some((attempt) => attempt[key] !== undefined);
const isAuthentication = ({ expect }: GoldenPair): boolean =>
  expect.kind === 'refused' && expect.authentication !== undefined;

/** What a client cannot, or need not, notice. */
export const UNNOTICED: Exception[] = [
  { path: /./, how: ['text'], why: 'numbers and numeric strings are read alike (11, 25 and 26)' },
  { path: /(^|\.)message$/, unless: isAuthentication, why: 'words for people, in any language' },
  { kinds: ['refused'], path: /^status\.date$/, why: 'a call that failed leaves no state to date' },
  {
    kinds: ['refused'],
    path: /^status\.status$/,
    unless: (pair) => !isAuthentication(pair),
    why: 'HTTP 401 says it already',
  },
  {
    kinds: ['refused'],
    path: /^status\.reason$/,
    unless: ({ answer }) => answer.http !== 404,
    why: 'HTTP 404 says it already',
  },
  {
    kinds: ['transaction'],
    path: /^status\.(reason|date)$/,
    why: 'the transaction’s own tell them; the call’s mirror it (3.5)',
  },
  { kinds: WITHOUT_STATE, path: /^status\.(date|reason)$/, why: 'success is told by the status alone' },
  {
    kinds: ['notification'],
    path: /^status\.reason$/,
    why: 'not signed, and a client asks for the session instead of trusting it (7.3)',
  },
  {
    kinds: SESSIONS,
    path: /^request\.(?!payment(\.reference)?$|subscription(\.reference)?$)/,
    why: 'the echo of what the merchant sent',
  },
  { kinds: ['cancelled'], path: /^envelope\.(reason|date)$/, why: 'success is told by the status alone' },
  {
    path: /^payment(\.\d+)?\.(paymentMethod|paymentMethodName|issuerName|authorization|receipt|franchise|processorFields)\b/,
    why: 'shown, never decided upon',
  },
  {
    path: /^payment(\.\d+)?\.amount\.(to|factor)\b/,
    why: 'what is owed is counted in the amount as requested (8.1)',
  },
  { path: /^payment\.\d+\.reference$/, why: 'the order’s own, known from the request' },
  { path: /^payment\.refunded$/, why: 'an action’s own transaction has just been made' },
  { path: /^payment\.\d+\.refunded$/, how: ['null', 'absent'], why: 'neither says that money went back' },
  { path: /^payment\.\d+\.refunded$/, unless: tells('refunded'), why: 'this pair is not about it' },
  { path: /^payment\.\d+\.dispersion\b/, unless: tells('parts'), why: 'this pair is not about it' },
  {
    path: /\.dispersion\.\d+\.(authorization|receipt|franchise|refunded)$/,
    why: 'shown, never decided upon',
  },
  {
    path: /\.dispersion\.\d+\.amount\.(to|factor|from\.currency$)/,
    why: 'its currency is the parent’s (8.4)',
  },
  { path: /\.dispersion\.\d+\.status\.(reason|date)$/, why: 'the parent tells them' },
  {
    path: /\.dispersion\.\d+\.agreement$/,
    how: ['absent'],
    unless: ({ answer }) => !JSON.stringify(answer.body).includes('"agreement":null'),
    why: 'absent and null are both the session’s own site (8.4)',
  },
  {
    kinds: SESSIONS,
    path: /^subscription\b/,
    unless: ({ expect }) => 'instrument' in expect,
    why: 'nothing was stored',
  },
  { path: /^subscription\.status\.(reason|date)$/, why: 'success is told by the status alone' },
  { path: /^subscription\.instrument\.\d+\.displayOn$/, why: 'for the gateway’s own pages' },
  { path: /^subscription\.instrument$/, how: ['order'], why: 'a list of keywords has no order' },
  {
    kinds: ['card'],
    path: /^(cardTypes|displayInterest|credits\.0\.(description|code|groupCode|type)$)/,
    why: 'not needed to charge a card',
  },
  {
    kinds: ['card'],
    path: /^credits\.\d+\.installments\.\d+$/,
    how: ['type'],
    why: 'one number in a list is that number to many readers',
  },
  {
    kinds: ['token'],
    path: /^data\.(id|franchiseName|issuerName|owner|accountType)$/,
    why: 'shown, never decided upon',
  },
  {
    kinds: ['token'],
    path: /^data\.bin$/,
    how: ['absent'],
    unless: ({ expect }) => expect.kind === 'token' && expect.bin !== null,
    why: 'absent and null say the same',
  },
];

/** Keywords of an instrument that a client must understand; the others are shown at most. */
const UNDERSTOOD_KEYWORDS = ['token', 'subtoken', 'franchise', 'lastDigits', 'validUntil'];

/** All of them; lists as deep as 8 and bodies of a few hundred values are what the protocol has. */
export function alterationsOf(pair: GoldenPair): Alteration[] {
  const body = JSON.parse(JSON.stringify(pair.answer.body)) as Json;
  const chosen = [...Object.keys(pair.free), ...(pair.optional ?? [])].flatMap((pattern) =>
    expand(body, pattern),
  );
  return leavesAndBranches(body).flatMap((path) =>
    alter(body, path).map(({ how, altered }) => ({
      what: `${path}: ${how}`,
      path,
      how,
      answer: { http: pair.answer.http, body: altered },
      gateway: chosen.some((each) => path === each || path.startsWith(`${each}.`))
        ? { mustNotice: false, why: 'the document leaves it to the gateway' }
        : { mustNotice: true },
      client: noticing(pair, body, path, how),
    })),
  );
}

function leavesAndBranches(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    leavesAndBranches(each, path ? `${path}.${key}` : key),
  );
  return path ? [path, ...inner] : inner;
}

function alter(body: Json, path: string): { how: How; altered: Json }[] {
  const value = at(body, path);
  const isList = Array.isArray(value);
  const isLeaf = typeof value !== 'object' || value === null;
  const made: { how: How; altered: Json }[] = [];
  const put = (how: How, other: unknown) => made.push({ how, altered: withValue(body, path, other) });
  if (isLeaf) put('other', other(path, value));
  if (value !== null) put('null', null);
  put('type', isList ? { ...value } : [value]);
  if (typeof value === 'number') put('text', String(value));
  // A list cannot lose an entry without the others moving up.
  if (!/\.\d+$/.test(path)) made.push({ how: 'absent', altered: without(body, path) });
  if (isList && new Set(value.map((each) => JSON.stringify(each))).size > 1)
    put('order', [...value].reverse());
  return made;
}

const OTHER_WORDS: Record<string, string> = {
  APPROVED: 'REJECTED',
  OK: 'FAILED',
  COP: 'USD',
  USD: 'COP',
  CLP: 'COP',
};

/** Another value that could stand there. */
function other(path: string, value: unknown): unknown {
  if (value === null) return 'x';
  if (typeof value === 'boolean') return !value;
  if (/\.enabled$/.test(path)) return 1 - Number(value);
  if (typeof value === 'number') return value + 1;
  const text = value as string;
  if (/status$/.test(path)) return OTHER_WORDS[text] ?? 'APPROVED';
  if (/^\d{4}-/.test(text)) return `2033${text.slice(4)}`;
  return OTHER_WORDS[text] ?? `${text}7`;
}

function noticing(pair: GoldenPair, body: Json, path: string, how: How): Noticing {
  const { kind } = pair.expect;
  const inner = kind === 'cancelled' ? path.replace(/^status\b/, 'envelope').replace(/^session\./, '') : path;
  if (how === 'absent' && at(body, path) === null) {
    return { mustNotice: false, why: 'absent and null say the same' };
  }
  const keyword = /^(subscription\.instrument\.\d+)/.exec(inner)?.[1];
  if (
    keyword &&
    has(body, keyword) &&
    !UNDERSTOOD_KEYWORDS.includes(String(at(body, `${keyword}.keyword`)))
  ) {
    return { mustNotice: false, why: 'shown, never decided upon' };
  }
  const exception = UNNOTICED.find(
    ({ kinds, path: where, how: ways, unless }) =>
      where.test(inner) &&
      (kinds?.includes(kind) ?? true) &&
      (ways?.includes(how) ?? true) &&
      !unless?.(pair),
  );
  return exception ? { mustNotice: false, why: exception.why } : { mustNotice: true };
}
