/** The practice gateway under kill -9: it never forgets what it acknowledged, and never tells the same news twice. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { type RunningProgram, sandbox, startProgram } from '../support/processes.js';

let database: TestDatabase;
let db: Pool;
let gateway: RunningProgram;
let site: Record<string, string> = {};
const told: number[] = [];

const listener = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    told.push((JSON.parse(text) as { requestId: number }).requestId);
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
  const patched = await fetch(`${gateway.url}/control/sites/CO`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ notificationUrl: `http://127.0.0.1:${port}/` }),
  });
  site = (await patched.json()) as Record<string, string>;
});

afterAll(async () => {
  await gateway.stop();
  listener.close();
  await db.end();
  await database.drop();
});

const NUMBERS = ['4110760000000081', '4110760000000081', '4110760000000016'];

/** Opens a session and pays it; what was acknowledged is remembered. A broken connection is just the end of it. */
async function buy(index: number, acknowledged: { opened: number[]; paid: number[] }): Promise<void> {
  try {
    const seed = new Date().toISOString();
    const tranKey = createHash('sha256').update(`n${seed}${site.secretKey}`).digest('base64');
    const answer = await fetch(`${gateway.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        auth: { login: site.login, tranKey, nonce: Buffer.from('n').toString('base64'), seed },
        payer: {
          name: 'Ana',
          surname: 'Ruiz',
          email: 'ana@example.com',
          documentType: 'CC',
          document: '1020304050',
        },
        payment: { reference: `K-${index}`, amount: { currency: 'COP', total: 1000 } },
        returnUrl: 'https://shop.example/back',
        ipAddress: '127.0.0.1',
        userAgent: 'test',
      }),
    });
    const { requestId, processUrl } = (await answer.json()) as { requestId: number; processUrl: string };
    acknowledged.opened.push(requestId);
    const number = NUMBERS[index % NUMBERS.length] ?? '';
    const form = new URLSearchParams({ number, expiry: '12/30', cvv: '123' });
    const paid = await fetch(`${processUrl}/pay`, { method: 'POST', redirect: 'manual', body: form });
    if (paid.status === 303 && number === '4110760000000081') acknowledged.paid.push(requestId);
  } catch (error) {
    // The runner's own TypeError is another class than fetch's.
    if ((error as Error).name !== 'TypeError') throw error;
  }
}

const numbers = async (statement: string): Promise<number[]> =>
  (await db.query<{ n: number }>(statement)).rows.map(({ n }) => n);

test('kill -9 between payments loses no acknowledged payment and repeats no notification', async () => {
  const acknowledged = { opened: [] as number[], paid: [] as number[] };
  for (let round = 0; round < 5; round += 1) {
    const purchases = Array.from({ length: 20 }, (_, index) => buy(round * 20 + index, acknowledged));
    // A different moment each round, with the other purchases at every stage between opening and notifying.
    const before = acknowledged.paid.length;
    await eventually(() => acknowledged.paid.length > before + round * 2, { every: 1, what: 'payments' });
    await gateway.kill();
    await Promise.all(purchases);
    await gateway.start();
  }
  await eventually(
    async () =>
      (await numbers("SELECT id AS n FROM notifications WHERE status IN ('queued', 'sending')")).length === 0,
  );

  const sessions = await numbers('SELECT request_id AS n FROM sessions');
  const approved = await numbers("SELECT request_id AS n FROM sessions WHERE status = 'APPROVED' ORDER BY 1");
  const booked = await numbers(
    'SELECT request_id AS n FROM book JOIN transactions USING (internal_reference) ORDER BY 1',
  );
  const intended = await numbers('SELECT request_id AS n FROM notifications ORDER BY 1');
  expect(acknowledged.opened.filter((requestId) => !sessions.includes(requestId))).toEqual([]);
  expect(acknowledged.paid.filter((requestId) => !approved.includes(requestId))).toEqual([]);
  expect(booked).toEqual(approved);
  expect(intended).toEqual(approved);
  expect(told.length).toBe(new Set(told).size);
}, 60_000);
