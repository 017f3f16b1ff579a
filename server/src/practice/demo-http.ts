import { Inject, Injectable } from '@nestjs/common';
import { request } from 'undici';
import { SETTINGS, type Settings } from '../platform/config.js';
import { PRACTICE_CLOCK_HEADER } from '../platform/context.js';

const STEP_DEADLINE_MS = 20_000;

export type DeskRole = 'support' | 'finance' | 'manager';

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
  private readonly cookies = new Map<DeskRole, Promise<string>>();

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** The headers of a person of the house, signed in once. */
  async as(role: DeskRole): Promise<Record<string, string>> {
    const known = this.cookies.get(role) ?? this.signIn(role);
    this.cookies.set(role, known);
    known.catch(() => this.cookies.delete(role));
    return { cookie: await known, origin: this.home() };
  }

  /** The headers of the shop's own program. */
  shop(): Record<string, string> {
    return { authorization: `Bearer ${this.settings.demo?.shopKey}` };
  }

  async read<T>(path: string, headers: Record<string, string>): Promise<T> {
    const { text } = await this.send(`${this.home()}${path}`, 'GET', [200], headers);
    return JSON.parse(text) as T;
  }

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

  private async signIn(role: DeskRole): Promise<string> {
    const body = { email: `${role}@demo.recaudo.test`, password: this.settings.demo?.password ?? '' };
    const { cookie } = await this.postJson(`${this.home()}/api/login`, body, [200], { origin: this.home() });
    return cookie ?? '';
  }
}

export function clock(at: Date): Record<string, string> {
  return { [PRACTICE_CLOCK_HEADER]: at.toISOString() };
}
