import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createDatabase } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/processes.js';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();

/** One approved row of ours, one line of the gateway's book, the same number and amount. */
async function agree(here: Product, id: string): Promise<void> {
  const { transactions, reference } = await here.session(id);
  const ours = transactions
    .filter((each) => each.state === 'approved')
    .map((each) => [each.internalReference, each.amountMinor]);
  const booked = (await here.book()).filter((entry) => entry.reference === reference);
  expect(ours).toHaveLength(1);
  expect(booked.map((entry) => [String(entry.internalReference), entry.amountMinor])).toEqual(ours);
}

/** Moves both clocks, as an administrator of a practising installation can. */
async function advance(here: Product, ms: number): Promise<void> {
  await (await here.as('admin')).post('/api/practice/clock', { advanceMs: ms });
}

describe('kill -9 of the server', () => {
  it('after the payer paid and before the notification was heard: the probe alone makes the payment final', async () => {
    const here = await product();
    const opened = await here.open();
    const processUrl = await here.follow(opened);
    await here.loseNotifications(1);
    await here.pay(processUrl, CARDS.approved);
    await here.server.restart();
    await here.reaches(opened.id, 'approved', 60);
    await agree(here, opened.id);
  }, 90_000);

  it('before the payer paid: what was paid while it was down is final within a minute', async () => {
    const here = await product();
    const opened = await here.open();
    const processUrl = await here.follow(opened);
    await here.server.kill();
    await here.pay(processUrl, CARDS.approved);
    await here.server.start();
    await here.reaches(opened.id, 'approved', 60);
    await agree(here, opened.id);
  }, 90_000);

  it('right after a notification was stored: the stored row is handled after the restart', async () => {
    const here = await product();
    const opened = await here.open();
    const processUrl = await here.follow(opened);
    // The gateway takes its time, so the handler is still waiting for it when the server dies.
    await here.control('POST', '/faults', {
      operation: 'session.query',
      kind: 'slow',
      delayMs: 3_000,
      count: 1,
    });
    await here.pay(processUrl, CARDS.approved);
    await eventually(
      async () =>
        (await here.db.query('SELECT 1 FROM notifications WHERE gateway_number = $1', [opened.gatewayNumber]))
          .rowCount,
    );
    await here.server.restart();
    await here.reaches(opened.id, 'approved', 60);
    await agree(here, opened.id);
  }, 90_000);

  it('while the gateway was asked to open a session: the row ends as failed, and the order can be opened again', async () => {
    const here = await product();
    const order = await here.order();
    await here.control('POST', '/faults', {
      operation: 'session.create',
      kind: 'slow',
      delayMs: 20_000,
      count: 1,
    });
    const lost = here
      .shop()
      .post('/api/sessions', order, { headers: { 'idempotency-key': randomUUID() } })
      .catch(() => null);
    const id = await eventually(async () => {
      const { rows } = await here.db.query<{ id: string }>(
        `SELECT id FROM sessions WHERE gateway_reference = $1`,
        [order.reference],
      );
      return rows[0]?.id;
    });
    // The row stands before the request has left: only once the fault is used up is the gateway being asked.
    await eventually(async () => ((await here.control('GET', '/faults')).body as unknown[]).length === 0);
    await here.server.restart();
    await lost;
    await advance(here, 60_000);
    await here.reaches(id, 'failed', 30);
    const again = await here.open(order);
    expect([again.state, again.order.sessions.map((each) => each.state)]).toEqual([
      'pending',
      ['pending', 'failed'],
    ]);
  }, 90_000);
});

describe('kill -9 of the gateway', () => {
  it('while a payer pays: the payment ends in the gateway’s state', async () => {
    const here = await product();
    const opened = await here.open();
    const processUrl = await here.follow(opened);
    const paying = here.pay(processUrl, CARDS.approved).catch(() => null);
    await here.gateway.restart();
    await paying;
    await here.pay(processUrl, CARDS.approved).catch(() => null);
    await (await here.as('support')).post(`/api/sessions/${opened.id}/check`);
    await here.reaches(opened.id, 'approved', 60);
    await agree(here, opened.id);
  }, 90_000);
});

describe('a broken database connection', () => {
  it('costs a request at most: the server goes on', async () => {
    const here = await product();
    const opened = await here.open();
    const processUrl = await here.follow(opened);
    await here.db.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await here.pay(processUrl, CARDS.approved);
    await eventually(async () => {
      await (await here.as('support')).post(`/api/sessions/${opened.id}/check`);
      return (await here.session(opened.id)).state === 'approved';
    });
    await agree(here, opened.id);
  });
});

describe('two replicas on one database', () => {
  it('set a practising installation up once when both start on an empty database, and both are ready', async () => {
    const here = await product();
    const database = await createDatabase('server');
    const pair = [1, 2].map(async () =>
      here.server.sibling(await freePort(), { DATABASE_URL: database.url }).start(),
    );
    const started = await Promise.all(pair);
    await Promise.all(started.map((replica) => replica.kill()));
    await database.drop();
    expect(started.map((replica) => replica.output())).toEqual(['', '']);
  }, 90_000);

  it('make each payment final once, also when one of them dies in the middle', async () => {
    const here = await product();
    const second = await here.replica();
    const opened = await Promise.all(Array.from({ length: 12 }, () => here.open()));
    const urls = await Promise.all(opened.map((each) => here.follow(each)));
    const paying = Promise.all(urls.map((url) => here.pay(url, CARDS.approved)));
    await second.kill();
    await paying;
    for (const each of opened) {
      await here.reaches(each.id, 'approved', 60);
      await agree(here, each.id);
    }
  }, 90_000);

  it('open one session when the same request reaches both', async () => {
    const here = await product();
    const second = await here.replica();
    const order = await here.order();
    const options = { headers: { 'idempotency-key': randomUUID() } };
    const answers = await Promise.all(
      [here.shop(), here.shop(second.url)].map((api) => api.post('/api/sessions', order, options)),
    );
    await second.kill();
    const { rowCount } = await here.db.query('SELECT 1 FROM sessions WHERE gateway_reference = $1', [
      order.reference,
    ]);
    expect([rowCount, answers.map((answer) => answer.status).sort()[0]]).toEqual([1, 201]);
  });
});

describe('the clocks', () => {
  it('move together: a session whose time passes expires on both sides', async () => {
    const here = await product();
    const opened = await here.open({ expiresAt: new Date(Date.now() + 50 * 3_600_000).toISOString() });
    await advance(here, 60 * 3_600_000);
    const expired = await here.reaches(opened.id, 'expired', 30);
    expect(expired.order).toMatchObject({ state: 'due', reservedMinor: 0, settledMinor: 0 });
  }, 60_000);
});
