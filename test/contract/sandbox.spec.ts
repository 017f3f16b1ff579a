/** The practice gateway answers every golden pair as the protocol document says. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { type RunningProgram, sandbox, startProgram } from '../support/processes.js';
import type { GoldenAuth, GoldenRequest, GoldenSite, GoldenStep, Json } from './placetopay/golden-pair.js';
import { GOLDEN_PAIRS, type GoldenPair } from './placetopay/index.js';
import { SITES } from './placetopay/samples.js';

let database: TestDatabase;
let db: Pool;
let gateway: RunningProgram;
/** What the merchants were told, by number of session. */
const told = new Map<number, Json>();

const listener = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    const news = JSON.parse(text) as Json;
    told.set(news.requestId as number, news);
    response.end();
  });
});

beforeAll(async () => {
  database = await createDatabase('sandbox');
  db = new Pool({ connectionString: database.url, max: 1 });
  gateway = await startProgram(sandbox({ DATABASE_URL: database.url }));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  for (const site of SITES) {
    const added = await send('/control/sites', {
      ...site,
      name: site.site,
      notificationUrl: `http://127.0.0.1:${port}/`,
    });
    expect(added.http).toBe(201);
  }
});

afterAll(async () => {
  await gateway.stop();
  listener.close();
  await db.end();
  await database.drop();
});

interface JsonAnswer {
  http: number;
  body: Json;
}

async function send(path: string, body: unknown, init: RequestInit = {}): Promise<JsonAnswer> {
  const answer = await fetch(gateway.url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
  const text = await answer.text();
  return { http: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
}

/** The scheme of section 1.1, written here once more so that the gateway's own reading of it is not its judge. */
function authOf(site: GoldenSite, at: string, auth: GoldenAuth = {}): Json | undefined {
  if ('literal' in auth) return auth.literal ?? undefined;
  const nonce = Buffer.from('golden nonce \u00e9');
  const seed = auth.seed ?? at;
  const tranKey = createHash(auth.algorithm ?? 'sha256')
    .update(Buffer.concat([nonce, Buffer.from(seed + (auth.secretKey ?? site.secretKey))]))
    .digest('base64');
  const fields: Json = { login: auth.login ?? site.login, tranKey, nonce: nonce.toString('base64'), seed };
  if (auth.omit) delete fields[auth.omit];
  return fields;
}

const clock = (at: string): Record<string, string> => ({ 'x-practice-clock': at });

/** Sends a pair's request. A body without `auth` is signed; a raw text goes as it is. */
function ask(site: GoldenSite, { at, method, path, auth, body, raw }: GoldenRequest): Promise<JsonAnswer> {
  if (method === 'GET') return send(path, null, { method, body: null, headers: clock(at) });
  if (raw) {
    return send(path, null, { body: raw.text, headers: { ...clock(at), 'content-type': raw.contentType } });
  }
  return send(path, { auth: authOf(site, at, auth), ...body }, { headers: clock(at) });
}

/** The number that the pair's session has in the document. */
function requestIdOf({ answer, request }: GoldenPair): number {
  return Number(answer.body.requestId ?? /\d+$/.exec(request?.path ?? '')?.[0] ?? 0);
}

/** Makes the gateway give out the document's own numbers next. */
async function prepareNumbers(pair: GoldenPair): Promise<void> {
  const opens = pair.expect.kind === 'opened' || pair.given.some((step) => step.do === 'open');
  if (opens) await db.query(`SELECT setval('request_ids', $1, false)`, [requestIdOf(pair)]);
  const first = pair.expect.kind === 'session' ? pair.expect.attempts.at(-1) : undefined;
  if (first) await db.query(`SELECT setval('internal_references', $1, false)`, [first.internalReference]);
}

/** Does what happened before the request. */
async function happen(site: GoldenSite, steps: GoldenStep[]): Promise<void> {
  let page = '';
  for (const step of steps) {
    if (step.do === 'open') {
      const { http, body } = await ask(site, { at: step.at, path: '/api/session', body: step.body });
      expect([http, body.status]).toEqual([200, expect.objectContaining({ status: 'OK' })]);
      page = body.processUrl as string;
    } else if (step.do === 'switch') {
      await send(`/control/sites/${site.site}`, step.switches, { method: 'PATCH' });
    } else {
      const form = new URLSearchParams(step.do === 'pay' ? { ...step.card } : {});
      const answer = await fetch(`${page}/${step.do}`, {
        method: 'POST',
        redirect: 'manual',
        headers: clock(step.at),
        body: form,
      });
      expect(answer.status).toBe(303);
    }
  }
}

async function answerTo(pair: GoldenPair): Promise<JsonAnswer> {
  await prepareNumbers(pair);
  try {
    await happen(pair.site, pair.given);
    if (pair.request) return await ask(pair.site, pair.request);
    const requestId = requestIdOf(pair);
    const body = await eventually(() => told.get(requestId), { what: 'the notification' });
    return { http: 200, body };
  } finally {
    const switches = { state: 'active', attempts: 10 };
    await send(`/control/sites/${pair.site.site}`, switches, { method: 'PATCH' });
  }
}

type Holder = Record<string, unknown>;

function holderOf(body: Json, path: string): { holder: Holder; key: string } {
  const keys = path.split('.');
  const key = keys.pop() ?? '';
  const holder = keys.reduce<Holder>((inner, name) => (inner[name] ?? {}) as Holder, body);
  return { holder, key };
}

const at = (body: Json, path: string): unknown => {
  const { holder, key } = holderOf(body, path);
  return holder[key];
};

/** The answer with every free value replaced by the document's, once it looks as it must. */
function withoutFreedom(body: Json, pair: GoldenPair): Json {
  const copy = structuredClone(body);
  for (const [path, pattern] of Object.entries(pair.free)) {
    expect([path, at(copy, path)]).toEqual([path, expect.stringMatching(pattern)]);
    const { holder, key } = holderOf(copy, path);
    holder[key] = at(pair.answer.body, path);
  }
  return copy;
}

describe('the golden pairs', () => {
  test('have names of their own', () => {
    const names = GOLDEN_PAIRS.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('leave free only what looks as they say themselves', () => {
    const wrong = GOLDEN_PAIRS.flatMap((pair) =>
      Object.entries(pair.free).flatMap(([path, pattern]) => {
        const value = at(pair.answer.body, path);
        return typeof value === 'string' && pattern.test(value)
          ? []
          : [`${pair.name}: ${path} = ${value as string}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the practice gateway', () => {
  test.each(GOLDEN_PAIRS.map((pair): [string, GoldenPair] => [`${pair.name} (${pair.section})`, pair]))(
    '%s',
    async (_name, pair) => {
      const { http, body } = await answerTo(pair);
      expect({ http, body: withoutFreedom(body, pair) }).toEqual({
        http: pair.answer.http,
        // What JSON leaves out, undefined, is absent on the wire.
        body: JSON.parse(JSON.stringify(pair.answer.body)) as Json,
      });
    },
  );
});
