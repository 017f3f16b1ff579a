import { randomUUID } from 'node:crypto';
import { afterAll } from '@jest/globals';
import type { LoginView, Role, SessionView } from '@recaudo/shared';
import { Pool } from 'pg';
import { createDatabase, type TestDatabase } from './databases.js';
import { eventually } from './eventually.js';
import { freePort, RunningProgram, sandbox, server } from './processes.js';

export const DEMO_PASSWORD = 'demo-recaudo';
export const SHOP_KEY = 'rk_test_0123456789abcdefghijklmnop';
export const KEY_RING = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // Tests read whatever came; its shape is what they are about.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface CallOptions {
  headers?: Record<string, string>;
  /** Sent as it is, in place of `body`. */
  raw?: string;
}

/** An HTTP client that keeps one cookie, as a browser of one person would; or carries a shop's key. */
export class Api {
  private cookie = '';

  constructor(
    readonly base: string,
    private readonly fixed: Record<string, string> = {},
  ) {}

  /** The same browser at another address of the same product. */
  at(base: string): Api {
    const other = new Api(base, this.fixed);
    other.cookie = this.cookie;
    return other;
  }

  async call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
    const text = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(this.base + path, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.base,
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...this.fixed,
        ...options.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const set = response.headers.getSetCookie().find((each) => each.startsWith('recaudo_login='));
    if (set) this.cookie = set.split(';')[0] ?? '';
    const answered = await response.text();
    return { status: response.status, headers: response.headers, text: answered, body: parsed(answered) };
  }

  get(path: string, options?: CallOptions): Promise<Answer> {
    return this.call('GET', path, undefined, options);
  }

  post(path: string, body?: unknown, options?: CallOptions): Promise<Answer> {
    return this.call('POST', path, body, options);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface Card {
  number: string;
  expiry?: string;
  cvv?: string;
}

export interface BookLine {
  site: string;
  internalReference: number;
  kind: string;
  reference: string;
  parent: number | null;
  currency: string;
  amountMinor: number;
}

export const CARDS = {
  approved: { number: '4110760000000081' },
  declined: { number: '4110760000000016' },
  insufficientFunds: { number: '4110760000000051' },
  pendingThenApproved: { number: '4110760000000073' },
  pendingThenRejected: { number: '4048370000000037' },
} as const satisfies Record<string, Card>;

/** A practice gateway and a server on databases of their own, set up with the demo people and sites. */
export class Product {
  readonly db: Pool;
  private readonly people = new Map<Role, Promise<Api>>();

  private constructor(
    readonly gateway: RunningProgram,
    readonly server: RunningProgram,
    readonly database: TestDatabase,
    private readonly gatewayDatabase: TestDatabase,
  ) {
    this.db = new Pool({ connectionString: database.url, max: 2 });
    // Faults end its connections also while nobody uses them.
    this.db.on('error', () => {});
  }

  static async start(environment: Record<string, string> = {}): Promise<Product> {
    const [database, gatewayDatabase] = await Promise.all([
      createDatabase('server'),
      createDatabase('sandbox'),
    ]);
    const gateway = new RunningProgram(sandbox({ DATABASE_URL: gatewayDatabase.url }), await freePort());
    const port = await freePort();
    const program = new RunningProgram(
      server({
        DATABASE_URL: database.url,
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        SANDBOX_URL: gateway.url,
        RECAUDO_KEYS: KEY_RING,
        DEMO_PASSWORD,
        DEMO_SHOP_KEY: SHOP_KEY,
        LOG_LEVEL: 'warn',
        ...environment,
      }),
      port,
    );
    await Promise.all([gateway.start(), program.start()]);
    const product = new Product(gateway, program, database, gatewayDatabase);
    return product;
  }

  async stop(): Promise<void> {
    await this.db.end();
    await Promise.all([this.server.kill(), this.gateway.kill()]);
    await Promise.all([this.database.drop(), this.gatewayDatabase.drop()]);
  }

  /** Another replica on the same database. */
  async replica(environment: Record<string, string> = {}): Promise<RunningProgram> {
    return this.server.sibling(await freePort(), environment).start();
  }

  anonymous(): Api {
    return new Api(this.server.url);
  }

  shop(base = this.server.url): Api {
    return new Api(base, { authorization: `Bearer ${SHOP_KEY}` });
  }

  /** The demo person of that role, signed in once per file: sign-ins are rationed. */
  as(role: Role): Promise<Api> {
    const known = this.people.get(role) ?? this.signIn(role);
    this.people.set(role, known);
    return known;
  }

  /** A sign-in of its own, for tests that end it. */
  async signIn(role: Role): Promise<Api> {
    const api = this.anonymous();
    const answer = await api.post('/api/login', {
      email: `${role}@demo.recaudo.test`,
      password: DEMO_PASSWORD,
    });
    if (answer.status !== 200) throw new Error(`${role} could not sign in: ${answer.text}`);
    return api;
  }

  /** Nobody touches any login for so long. */
  async leaveDesks(minutes: number): Promise<void> {
    await this.db.query(`UPDATE logins SET last_seen_at = last_seen_at - $1 * interval '1 minute'`, [
      minutes,
    ]);
  }

  async siteId(code = 'co'): Promise<string> {
    const { rows } = await this.db.query<{ id: string }>('SELECT id FROM sites WHERE code = $1', [code]);
    const row = rows[0];
    if (!row) throw new Error(`no site ${code}`);
    return row.id;
  }

  async order(overrides: Record<string, unknown> = {}) {
    return {
      siteId: await this.siteId(),
      reference: `T-${randomUUID().slice(0, 18)}`,
      description: 'Pedido de prueba',
      amountMinor: 8_450_000,
      currency: 'COP',
      ...overrides,
    };
  }

  /** Opens a payment as the shop would; fails the test if it is not opened. */
  async open(overrides: Record<string, unknown> = {}, api = this.shop()): Promise<SessionView> {
    const answer = await api.post('/api/sessions', await this.order(overrides), {
      headers: { 'idempotency-key': randomUUID() },
    });
    if (answer.status !== 201) throw new Error(`not opened: ${answer.text}`);
    return answer.body as SessionView;
  }

  /** Follows our link, without following where it leads. */
  async follow(session: SessionView): Promise<string> {
    const answer = await new Api(this.server.url).get(new URL(session.order.linkUrl).pathname);
    const location = answer.headers.get('location');
    if (!location) throw new Error(`the link leads nowhere: ${answer.status} ${answer.text}`);
    return location;
  }

  /** What a payer's browser sends from the hosted page. Does not come back to us. */
  async pay(processUrl: string, card: Card, more: Record<string, string> = {}): Promise<Response> {
    return fetch(`${processUrl}/pay`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({
        number: card.number,
        holder: 'Ana Ruiz',
        expiry: card.expiry ?? '12/30',
        cvv: card.cvv ?? '123',
        installments: '1',
        name: 'Ana',
        surname: 'Ruiz',
        email: 'ana@example.com',
        documentType: 'CC',
        document: '1020304050',
        mobile: '3001234567',
        ...more,
      }),
    });
  }

  /** The payer gives up on the hosted page. */
  async giveUp(processUrl: string): Promise<Response> {
    return fetch(`${processUrl}/cancel`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(),
    });
  }

  /** Moves both clocks, ours and the gateway's. People stay at their desks meanwhile: no login ends or becomes idle. */
  async advance(minutes: number): Promise<void> {
    const advanceMs = minutes * 60_000;
    const admin = await this.as('admin');
    await this.db.query(
      `UPDATE logins SET last_seen_at = last_seen_at + $1 * interval '1 ms', expires_at = expires_at + $1 * interval '1 ms'`,
      [advanceMs],
    );
    const answer = await admin.post('/api/practice/clock', { advanceMs });
    if (answer.status >= 300) throw new Error(`the clock did not move: ${answer.text}`);
  }

  async control(method: string, path: string, body?: unknown): Promise<Answer> {
    return new Api(this.gateway.url).call(method, `/control${path}`, body);
  }

  /** The gateway's own account of the money it moved. */
  async book(): Promise<BookLine[]> {
    const { text } = await this.control('GET', '/book');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as never);
  }

  async session(id: string, api = this.shop()): Promise<SessionView> {
    return (await api.get(`/api/sessions/${id}`)).body as SessionView;
  }

  /** Waits until the payment is in that state, by whatever road the news comes. */
  async reaches(id: string, state: SessionView['state'], seconds = 10): Promise<SessionView> {
    return eventually(
      async () => {
        const session = await this.session(id);
        return session.state === state && session;
      },
      { seconds, what: `session ${id} being ${state}` },
    );
  }

  /** Arms a fault of the gateway; fails the test if there is no such fault. */
  async fault(operation: string, kind: string, more: Record<string, unknown> = {}): Promise<void> {
    const answer = await this.control('POST', '/faults', { operation, kind, count: 1, ...more });
    if (answer.status !== 201) throw new Error(`no such fault: ${answer.text}`);
  }

  /** No notification will be heard of from now on: only asking helps. */
  async loseNotifications(count = 100): Promise<void> {
    await this.fault('notification', 'lose', { count });
  }
}

/** One product for the tests of a file. */
export function useProduct(environment: Record<string, string> = {}): () => Promise<Product> {
  let starting: Promise<Product> | null = null;
  afterAll(async () => {
    await (await starting)?.stop();
  });
  return () => (starting ??= Product.start(environment));
}

export async function login(api: Api): Promise<LoginView> {
  return (await api.get('/api/login')).body as LoginView;
}
