/** For tests: a gateway of its own on a free port, over an empty database of its own, and a merchant that calls it. */
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { buildApp } from '../app.js';
import { digest } from '../wire/auth.js';

export interface PracticeGateway {
  app: FastifyInstance;
  url: string;
  databaseUrl: string;
  /** Statements on the gateway's database. */
  db: pg.Pool;
  /** Ends the program and drops its database. */
  stop(): Promise<void>;
}

function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run the tests with npm test.');
  return url;
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Starts the program over a database, which `startPracticeGateway` makes and a restart keeps. */
export async function startApp(databaseUrl: string): Promise<{ app: FastifyInstance; url: string }> {
  const app = await buildApp({ port: 0, host: '127.0.0.1', databaseUrl, publicUrl: null, logLevel: 'fatal' });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { app, url };
}

/** An empty database of one's own. */
export async function createDatabase(): Promise<{ databaseUrl: string; drop: () => Promise<void> }> {
  const name = `gateway_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name}`);
  const databaseUrl = Object.assign(new URL(adminUrl()), { pathname: `/${name}` }).href;
  return { databaseUrl, drop: () => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`) };
}

export async function startPracticeGateway(): Promise<PracticeGateway> {
  const { databaseUrl, drop } = await createDatabase();
  const { app, url } = await startApp(databaseUrl);
  const db = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  db.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    await app.close();
    await db.end();
    await drop();
  };
  return { app, url, databaseUrl, db, stop };
}

export interface PracticeSite {
  site: string;
  login: string;
  secretKey: string;
  currency: string;
}

/** The sites as the control API tells them, by code. */
export async function practiceSites(url: string): Promise<Record<string, PracticeSite>> {
  const answer = await fetch(`${url}/control/sites`);
  const sites = (await answer.json()) as PracticeSite[];
  return Object.fromEntries(sites.map((site) => [site.site, site]));
}

/** The `auth` of a call, made at `at`. */
export function authOf(
  site: { login: string; secretKey: string },
  at: Date | string = new Date(),
  algorithm: 'sha1' | 'sha256' = 'sha256',
): object {
  const seed = typeof at === 'string' ? at : at.toISOString();
  const nonce = randomBytes(16);
  return {
    login: site.login,
    tranKey: digest(algorithm, nonce, seed, site.secretKey),
    nonce: nonce.toString('base64'),
    seed,
  };
}

export interface JsonAnswer {
  http: number;
  // The shape of an answer is what a test looks at.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** Sends JSON; the answer must be JSON too. */
export async function sendJson(
  address: string,
  body: unknown,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<JsonAnswer> {
  const answer = await fetch(address, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { http: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

/** Sends a form of the hosted page and does not follow the redirect. */
export async function sendForm(
  address: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ http: number; location: string | null; text: string }> {
  const answer = await fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams(form),
  });
  return { http: answer.status, location: answer.headers.get('location'), text: await answer.text() };
}

export interface Heard {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A merchant's ear: keeps what it is told, and answers with `status`, or never when that is null. */
export async function startListener(status: number | null = 200): Promise<{
  url: string;
  heard: Heard[];
  stop(): Promise<void>;
}> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push({ headers: request.headers, body });
      if (status !== null) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`, heard, stop };
}

/** Waits until something is so. Throws after 5 s. */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error('it did not happen within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
