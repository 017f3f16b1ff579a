import type { Problem } from '@recaudo/shared';
import { HttpError } from 'react-admin';
import { provePassword } from './proof.js';
import { isBackground } from './touch.js';

/** Longest wait for an answer: above the server's own deadline towards a gateway (seconds, not minutes). */
const DEADLINE_MS = 45_000;

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Lets the request outlive the page: for the last write of the preferences. */
  keepalive?: boolean;
}

/**
 * One call of our API. Resolves to the parsed JSON, or undefined for an empty answer. Throws react-admin's
 * HttpError whose body is always a problem (contract: problemSchema); `offline` and `timeout` are codes of our
 * own for an answer that never came, with status 0. Where the password is wanted once more it is asked for, and
 * the same request (with its idempotency key) goes out again.
 */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  try {
    return await send<T>(method, path, options);
  } catch (error) {
    if (problemOf(error).code !== 'password_needed' || !(await provePassword())) throw error;
    return send<T>(method, path, options);
  }
}

async function send<T>(method: string, path: string, options: RequestOptions): Promise<T> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(isBackground() && { 'x-background': '1' }),
      ...options.headers,
    },
    signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
    keepalive: options.keepalive ?? false,
  };
  if (options.body !== undefined) {
    init.body = JSON.stringify(options.body);
    init.headers = { ...init.headers, 'content-type': 'application/json' };
  }
  let response: Response;
  try {
    response = await fetch(path + toSearch(options.query ?? {}), init);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw lostAnswer(deadline.aborted ? 'timeout' : 'offline');
  }
  const text = await response.text();
  const data = parseJson(text);
  if (!response.ok) throw toHttpError(response.status, data);
  return data as T;
}

/** `?a=1&b=2`, leaving out what is empty; an empty text when nothing is left. */
export function toSearch(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const search = params.toString();
  return search === '' ? '' : `?${search}`;
}

/** The problem behind any error that a screen can meet. */
export function problemOf(error: unknown): Problem {
  const body = error instanceof HttpError ? (error.body as Partial<Problem> | undefined) : undefined;
  if (body && typeof body.code === 'string') return body as Problem;
  const title = error instanceof Error ? error.message : String(error);
  return { type: 'about:blank', title, status: 0, code: 'client', requestId: '' };
}

function lostAnswer(code: 'timeout' | 'offline'): HttpError {
  return new HttpError(code, 0, { type: 'about:blank', title: code, status: 0, code, requestId: '' });
}

function toHttpError(status: number, data: unknown): HttpError {
  const problem = data as Partial<Problem> | undefined;
  if (problem && typeof problem.code === 'string') return new HttpError(problem.code, status, problem);
  // A proxy in between answered with something that is not ours.
  const code = status === 502 || status === 503 || status === 504 ? 'offline' : 'internal';
  return new HttpError(code, status, { type: 'about:blank', title: code, status, code, requestId: '' });
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
