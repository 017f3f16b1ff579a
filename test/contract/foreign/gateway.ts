/** A practice gateway for clients that were not written here: raw requests out, raw text back, and an ear for its news. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDatabase, type TestDatabase } from '../../support/databases.js';
import { type RunningProgram, sandbox, startProgram } from '../../support/processes.js';
import type { GoldenSite, Json } from '../placetopay/golden-pair.js';
import { OLD_SHOP, SHOP } from '../placetopay/samples.js';
import { digested, textNonce, withColon } from './clients.js';

export interface RawAnswer {
  http: number;
  text: string;
}

export interface Opened {
  site: GoldenSite;
  requestId: number;
  processUrl: string;
}

const T0 = Date.parse('2026-03-02T10:15:31-05:00');
/** So many seconds after everything begins. */
export const at = (seconds: number): Date => new Date(T0 + seconds * 1000);

export class ForeignGateway {
  readonly told: Json[] = [];
  /** What the shops answer to news. */
  newsStatus = 200;

  private constructor(
    private readonly database: TestDatabase,
    private readonly program: RunningProgram,
    private readonly ear: Server,
  ) {}

  static async start(): Promise<ForeignGateway> {
    const database = await createDatabase('sandbox');
    const program = await startProgram(sandbox({ DATABASE_URL: database.url }));
    const gateway = new ForeignGateway(database, program, createServer());
    await gateway.listen();
    return gateway;
  }

  async stop(): Promise<void> {
    await this.program.stop();
    this.ear.close();
    await this.database.drop();
  }

  private async listen(): Promise<void> {
    this.ear.on('request', (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        this.told.push(JSON.parse(text) as Json);
        response.writeHead(this.newsStatus).end();
      });
    });
    this.ear.listen(0, '127.0.0.1');
    await once(this.ear, 'listening');
    const notificationUrl = `http://127.0.0.1:${(this.ear.address() as AddressInfo).port}/`;
    for (const site of [SHOP, OLD_SHOP]) {
      await this.control('POST', '/sites', { ...site, name: site.site, notificationUrl, confirmation: true });
    }
  }

  async control(method: string, path: string, body: Json): Promise<void> {
    const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${this.program.url}/control${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  }

  /** As it is, at its moment. */
  async post(path: string, body: unknown, seconds = 0, contentType = 'application/json'): Promise<RawAnswer> {
    const answer = await fetch(this.program.url + path, {
      method: 'POST',
      headers: { 'content-type': contentType, 'x-practice-clock': at(seconds).toISOString() },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { http: answer.status, text: await answer.text() };
  }

  /** In the name of a site, by SHA-1 with a nonce that is encoded twice, as SDKs do. */
  call(path: string, body: Json, seconds = 0, site = SHOP): Promise<RawAnswer> {
    const auth = { ...digested(site, withColon(at(seconds)), textNonce()), additional: [] };
    return this.post(`/api/${path}`, { auth, ...body }, seconds);
  }

  async open(more: Json = {}, site = SHOP): Promise<Opened> {
    const payment = { reference: 'FOR-1', amount: { currency: 'COP', total: 100 } };
    const about = { returnUrl: 'https://shop.example/back', ipAddress: '190.85.10.20', userAgent: 'x' };
    const { http, text } = await this.call('session', { payer: PAYER, payment, ...about, ...more }, 0, site);
    if (http !== 200) throw new Error(`not opened: ${text}`);
    return { site, ...(JSON.parse(text) as Omit<Opened, 'site'>) };
  }

  /** What the payer does on the page; a good card and all that is asked unless told. */
  async onPage(
    { processUrl }: Opened,
    form: Record<string, string> = {},
    seconds = 60,
    act = 'pay',
  ): Promise<void> {
    const answer = await fetch(`${processUrl}/${act}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'x-practice-clock': at(seconds).toISOString() },
      body: new URLSearchParams({ number: '4111111111111111', expiry: '12/30', cvv: '123', ...form }),
    });
    if (answer.status !== 303) throw new Error(`the page answered ${answer.status}`);
  }

  query({ requestId, site }: Opened, seconds = 120): Promise<RawAnswer> {
    return this.call(`session/${requestId}`, {}, seconds, site);
  }

  /** The number of its last attempt. */
  async numberOf(opened: Opened): Promise<number> {
    const { text } = await this.query(opened);
    return (
      (JSON.parse(text) as { payment: { internalReference: number }[] }).payment[0]?.internalReference ?? 0
    );
  }

  newsOf({ requestId }: Opened): Json[] {
    return this.told.filter((news) => news.requestId === requestId);
  }
}

export const PAYER = {
  name: 'Ana',
  surname: 'Ruiz',
  email: 'ana@example.com',
  documentType: 'CC',
  document: '1020304050',
};

/** As the SDKs check it: bare SHA-1, nothing before it. */
export function isSignedForSdks(news: Json, secretKey: string): boolean {
  return news.signature === hashOf('sha1', news, secretKey);
}

/** As the plugins check it: what stands before the colon names the hash. */
export function isSignedForPlugins(news: Json, secretKey: string): boolean {
  const [first = '', second] = String(news.signature).split(':');
  return (second ?? first) === hashOf(second === undefined ? 'sha1' : first, news, secretKey);
}

function hashOf(algorithm: string, { requestId, status }: Json, secretKey: string): string {
  const { status: state, date } = status as { status: string; date: string };
  return createHash(algorithm)
    .update(`${String(requestId)}${state}${date}${secretKey}`)
    .digest('hex');
}
