/** Drives the practice gateway through a pair: what happened before, then the request or the wait for a notification. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { createDatabase, type TestDatabase } from '../../support/databases.js';
import { eventually } from '../../support/eventually.js';
import { type RunningProgram, sandbox, startProgram } from '../../support/processes.js';
import type {
  GoldenAnswer,
  GoldenAuth,
  GoldenNumbers,
  GoldenPair,
  GoldenRequest,
  GoldenSite,
  GoldenStep,
  Json,
} from './golden-pair.js';
import { at } from './paths.js';
import { NEWS, signed, SITES, SUBTOKEN, TOKEN } from './samples.js';

/** What a site goes back to after a pair that turned its switches. */
const SWITCHES: Json = {
  state: 'active',
  attempts: 10,
  networkDelaySeconds: 60,
  maxDispersions: 3,
  confirmation: false,
  confirmationMinutes: 1440,
  increaseOnly: false,
  holdDays: 30,
  settlementHour: 22,
  duplicateCollect: 'earlier',
  secondCheckout: 'request_not_valid',
  refundRefusal: 'specific',
  internalReferences: 'new',
  earlyPartialRefund: 'refused',
  firstPaymentCounts: false,
  monthEnd: 'anchor',
  cancelledConfirmation: 'REJECTED',
  overCapture: true,
  expiredReason: 'EX',
  validationStatus: 400,
  expiryWhilePending: 'wait',
  recurringSignature: 'prefixed',
  recurringTries: 'made',
};

const clock = (instant: string): Record<string, string> => ({ 'x-practice-clock': instant });

/** The scheme of section 1.1, written here once more so that the gateway's own reading of it is not its judge. */
function authOf(site: GoldenSite, instant: string, auth: GoldenAuth = {}): Json | undefined {
  if ('literal' in auth) return auth.literal ?? undefined;
  const nonce = Buffer.from('golden nonce \u00e9');
  const seed = auth.seed ?? instant;
  const tranKey = createHash(auth.algorithm ?? 'sha256')
    .update(Buffer.concat([nonce, Buffer.from(seed + (auth.secretKey ?? site.secretKey))]))
    .digest('base64');
  const fields: Json = { login: auth.login ?? site.login, tranKey, nonce: nonce.toString('base64'), seed };
  if (auth.omit) delete fields[auth.omit];
  return fields;
}

/** News are told apart by their session or, those of recurring charges, by their charge. */
const keyOf = (news: Json): string => `${String(news.requestId)}/${String(news.internalReference)}`;

export class PracticeGateway {
  /** What the merchants were told. */
  private readonly told = new Map<string, Json>();
  /** What stands in the document, and what this run has in its place. */
  private readonly inPlaceOf = new Map<string, string>();

  private constructor(
    private readonly database: TestDatabase,
    private readonly db: Pool,
    private readonly program: RunningProgram,
    private readonly listener: Server,
  ) {}

  static async start(): Promise<PracticeGateway> {
    const database = await createDatabase('sandbox');
    const db = new Pool({ connectionString: database.url, max: 1 });
    const program = await startProgram(sandbox({ DATABASE_URL: database.url }));
    const listener = createServer();
    const gateway = new PracticeGateway(database, db, program, listener);
    await gateway.listen();
    return gateway;
  }

  async stop(): Promise<void> {
    await this.program.stop();
    this.listener.close();
    await this.db.end();
    await this.database.drop();
  }

  private async listen(): Promise<void> {
    this.listener.on('request', (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const news = JSON.parse(text) as Json;
        this.told.set(keyOf(news), news);
        response.end();
      });
    });
    this.listener.listen(0, '127.0.0.1');
    await once(this.listener, 'listening');
    const { port } = this.listener.address() as AddressInfo;
    const notificationUrl = `http://127.0.0.1:${port}/`;
    this.inPlaceOf.set(NEWS, `${notificationUrl}news`);
    for (const site of SITES) {
      const added = await this.send('/control/sites', { ...site, name: site.site, notificationUrl });
      if (added.http !== 201) throw new Error(`the site ${site.site} was not added`);
    }
  }

  /** The answer to the pair's request, or the notification that came, in the document's own words for what was drawn. */
  async answerTo(pair: GoldenPair): Promise<GoldenAnswer> {
    await this.number(numbersOf(pair));
    try {
      let page = '';
      for (const step of pair.given) page = await this.happen(pair, step, page);
      if (pair.request) return await this.ask(pair.site, pair.request);
      const key = keyOf(pair.answer.body);
      const body = await eventually(() => this.told.get(key), { what: 'the notification' });
      return { http: 200, body: rightlySigned(pair, body) };
    } finally {
      await this.turnBack(pair);
    }
  }

  /** Makes the gateway give out the document's own numbers next. */
  private async number({ requestId, internalReference }: GoldenNumbers): Promise<void> {
    if (requestId) await this.db.query(`SELECT setval('request_ids', $1, false)`, [requestId]);
    if (internalReference) {
      await this.db.query(`SELECT setval('internal_references', $1, false)`, [internalReference]);
    }
  }

  /** Does one thing that happened before; answers the page of the session opened last. */
  private async happen(pair: GoldenPair, step: GoldenStep, page: string): Promise<string> {
    const { site } = pair;
    if (step.do === 'open') {
      const body = await this.expectOk(site, { at: step.at, path: '/api/session', body: step.body });
      return body.processUrl as string;
    }
    if (step.do === 'call') await this.expectOk(site, step);
    else if (step.do === 'number') await this.number(step.next);
    else if (step.do === 'switch') {
      await this.control(`/control/sites/${site.site}`, 'PATCH', step.switches);
    } else if (step.do === 'control') await this.control(step.path, step.method, step.body);
    else await this.actOnPage(page, step);
    if (step.do === 'pay' && JSON.stringify(pair).includes('oken":'))
      await this.learnToken(site, page, step.at);
    return page;
  }

  private async actOnPage(page: string, step: Extract<GoldenStep, { do: 'pay' | 'cancel' }>): Promise<void> {
    const { at: instant, do: action, ...rest } = step;
    const { card, subscribe, ...fields } = rest as Extract<GoldenStep, { do: 'pay' }>;
    const form = { ...card, ...fields, ...(subscribe && { subscribe: 'yes' }) };
    const answer = await fetch(`${page}/${action}`, {
      method: 'POST',
      redirect: 'manual',
      headers: clock(instant),
      body: new URLSearchParams(form),
    });
    if (answer.status !== 303) throw new Error(`the page answered ${answer.status} to ${action}`);
  }

  private async expectOk(site: GoldenSite, request: GoldenRequest): Promise<Json> {
    const { http, body } = await this.ask(site, request);
    if (http > 208) throw new Error(`${request.path} was answered ${http}: ${JSON.stringify(body)}`);
    return body;
  }

  private async control(path: string, method: string, body: Json): Promise<void> {
    const init = method === 'DELETE' ? { method, body: null } : { method };
    const { http, body: answer } = await this.send(path, body, init);
    if (http >= 300) throw new Error(`${method} ${path} was answered ${http}: ${JSON.stringify(answer)}`);
  }

  /** Keeps the token that the session's payer has just stored, so that the pair's own can stand for it. */
  private async learnToken(site: GoldenSite, page: string, instant: string): Promise<void> {
    const requestId = /\/(\d+)\/[0-9a-f]+$/.exec(page)?.[1] ?? '';
    const body = await this.expectOk(site, { at: instant, path: `/api/session/${requestId}`, body: {} });
    const list = (at(body, 'subscription.instrument') ?? []) as { keyword: string; value: unknown }[];
    if (list.length === 0) return;
    const { token, subtoken, lastDigits } = Object.fromEntries(
      list.map(({ keyword, value }) => [keyword, String(value)]),
    );
    if (!/^[0-9a-f]{64}$/.test(token ?? '')) throw new Error(`the token is ${token}`);
    if (!/^\d{16}$/.test(subtoken ?? '') || !subtoken?.endsWith(lastDigits ?? '')) {
      throw new Error(`the subtoken of a card that ends in ${lastDigits} is ${subtoken}`);
    }
    this.inPlaceOf.set(TOKEN, token ?? '').set(SUBTOKEN, subtoken);
  }

  /** Sends a pair's request. A body without `auth` is signed; a raw text goes as it is. */
  private ask(site: GoldenSite, request: GoldenRequest): Promise<GoldenAnswer> {
    const { at: instant, method, path, auth, body, raw } = request;
    if (method === 'GET') return this.send(path, null, { method, body: null, headers: clock(instant) });
    if (raw) {
      const headers = { ...clock(instant), 'content-type': raw.contentType };
      return this.send(path, null, { body: raw.text, headers });
    }
    const signed = { auth: authOf(site, instant, auth), ...body };
    return this.send(path, signed, { headers: clock(instant) });
  }

  private async send(path: string, body: unknown, init: RequestInit = {}): Promise<GoldenAnswer> {
    const isEmpty = init.body === null;
    const answer = await fetch(this.program.url + path, {
      method: 'POST',
      body: this.toWire(JSON.stringify(body)),
      ...init,
      headers: { ...(!isEmpty && { 'content-type': 'application/json' }), ...init.headers },
    });
    const text = await answer.text();
    return { http: answer.status, body: (text === '' ? {} : JSON.parse(this.fromWire(text))) as Json };
  }

  /** So that none is charged when a later pair moves the clock. */
  private async endRecurrences(site: GoldenSite): Promise<void> {
    const answer = await fetch(`${this.program.url}/control/recurrences?site=${site.site}`);
    for (const { id, state } of (await answer.json()) as { id: number; state: string }[]) {
      if (state === 'active') await this.control(`/control/recurrences/${id}/cancel`, 'POST', {});
    }
  }

  private toWire(text: string): string {
    return [...this.inPlaceOf].reduce((inner, [ours, real]) => inner.replaceAll(ours, real), text);
  }

  private fromWire(text: string): string {
    return [...this.inPlaceOf].reduce((inner, [ours, real]) => inner.replaceAll(real, ours), text);
  }

  private async turnBack(pair: GoldenPair): Promise<void> {
    const turned = pair.given.flatMap((step) => (step.do === 'switch' ? Object.keys(step.switches) : []));
    if (turned.length > 0) {
      const switches = Object.fromEntries(turned.map((name) => [name, SWITCHES[name]]));
      await this.control(`/control/sites/${pair.site.site}`, 'PATCH', switches);
    }
    const touched = pair.given.flatMap((step) => (step.do === 'control' ? [step.path] : []));
    if (touched.includes('/control/faults')) await this.control('/control/faults', 'DELETE', {});
    if (touched.includes('/control/clock')) await this.control('/control/clock', 'POST', { offsetMs: 0 });
    if (pair.expect.kind === 'recurring') await this.endRecurrences(pair.site);
  }
}

/** Over a date of the gateway's own the signature is its own too: it must be right. */
function rightlySigned({ free, site, answer }: GoldenPair, news: Json): Json {
  if (!free.signature) return news;
  const prefix = String(answer.body.signature).startsWith('sha256:') ? 'sha256:' : '';
  const { status, date } = news.status as { status: string; date: string };
  const right = signed(site, news.internalReference as number, status, date, prefix);
  if (news.signature !== right) throw new Error(`the signature is ${String(news.signature)}, not ${right}`);
  return news;
}

/** Those of the answer where the pair does not say. */
function numbersOf({ numbers, answer, request, given, expect }: GoldenPair): GoldenNumbers {
  if (numbers) return numbers;
  const opens = expect.kind === 'opened' || given.some((step) => step.do === 'open');
  const requestId = Number(answer.body.requestId ?? /\d+$/.exec(request?.path ?? '')?.[0] ?? 0);
  return opens ? { requestId } : {};
}
