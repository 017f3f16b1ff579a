import { Inject, Injectable } from '@nestjs/common';
import { request } from 'undici';
import { SETTINGS, type Settings } from '../platform/config.js';
import { PRACTICE_CLOCK_HEADER } from '../platform/context.js';

const STEP_DEADLINE_MS = 20_000;

export interface Answer {
  status: number;
  location: string | null;
  /** What a login answers: the name and value of its cookie. */
  cookie: string | null;
  text: string;
}

/** How the people of a demo history reach us and the practice gateway: over HTTP, at the hour of their story. */
@Injectable()
export class DemoHttp {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  get(path: string, at: Date, expected: number[]): Promise<Answer> {
    return this.send(`${this.home()}${path}`, 'GET', expected, { 'user-agent': 'demo payer', ...clock(at) });
  }

  postForm(url: string, form: Record<string, string>, at: Date): Promise<Answer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...clock(at) };
    return this.send(url, 'POST', [303], headers, new URLSearchParams(form).toString());
  }

  postJson(
    url: string,
    body: unknown,
    expected: number[],
    headers: Record<string, string> = {},
    at?: Date,
  ): Promise<Answer> {
    const all = { 'content-type': 'application/json', ...headers, ...(at ? clock(at) : {}) };
    return this.send(url, 'POST', expected, all, JSON.stringify(body));
  }

  async send(
    url: string,
    method: 'GET' | 'POST' | 'DELETE',
    expected: number[],
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Answer> {
    const signal = AbortSignal.timeout(STEP_DEADLINE_MS);
    const response = await request(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    const text = await response.body.text();
    if (!expected.includes(response.statusCode)) {
      throw new Error(`${method} ${new URL(url).pathname.slice(0, 20)} answered ${response.statusCode}`);
    }
    const { location } = response.headers;
    const [set] = [response.headers['set-cookie'] ?? []].flat();
    return {
      status: response.statusCode,
      location: typeof location === 'string' ? location : null,
      cookie: set?.split(';')[0] ?? null,
      text,
    };
  }

  home(): string {
    return `http://127.0.0.1:${this.settings.port}`;
  }
}

export function clock(at: Date): Record<string, string> {
  return { [PRACTICE_CLOCK_HEADER]: at.toISOString() };
}
