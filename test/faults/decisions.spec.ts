import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SessionView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { openElsewhere } from '../support/plugin.js';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();

async function captured(here: Product): Promise<{ session: SessionView; payment: string }> {
  const opened = await here.open({ requiresConfirmation: true });
  await here.pay(await here.follow(opened), CARDS.approved);
  const { body } = await (await here.as('support')).post(`/api/sessions/${opened.id}/check`);
  const session = body as SessionView;
  return { session, payment: session.confirmation?.transactionId ?? '' };
}

/** Asks for it and waits until the intent is committed; the answer is left to come, or not. */
async function begun(here: Product, payment: string, verb: 'confirm' | 'cancel'): Promise<Promise<unknown>> {
  const asked = here
    .shop()
    .post(`/api/transactions/${payment}/${verb}`, undefined, {
      headers: { 'idempotency-key': randomUUID() },
    })
    .catch(() => null);
  await eventually(async () => {
    const { rowCount } = await here.db.query(`SELECT 1 FROM transactions WHERE parent_id = $1`, [payment]);
    return rowCount;
  });
  return asked;
}

/** How many lines of the gateway's book, and what our operation came to. */
async function outcome(here: Product, { id, reference }: SessionView): Promise<unknown> {
  const session = await here.session(id);
  const operations = session.transactions.filter((each) => ['confirm', 'cancel'].includes(each.kind));
  const lines = (await here.book()).filter((line) => line.reference === reference);
  return {
    state: session.state,
    settled: session.order.settledMinor,
    operations: operations.map((each) => each.state),
    lines: lines.length,
  };
}

const CONFIRMED = { state: 'approved', settled: 8_450_000, operations: ['approved'], lines: 1 };

describe('kill -9 of the server while a payment is being confirmed', () => {
  it('before the gateway acted: it is confirmed once, after the lease', async () => {
    const here = await product();
    const { session, payment } = await captured(here);
    await here.fault('transaction.confirm', 'slow', { delayMs: 4_000 });
    const asked = await begun(here, payment, 'confirm');
    await here.server.restart();
    await asked;
    await here.advance(1);
    await here.reaches(session.id, 'approved', 60);
    expect(await outcome(here, session)).toEqual(CONFIRMED);
  }, 90_000);

  it('after the gateway acted: its answer is not needed', async () => {
    const here = await product();
    const { session, payment } = await captured(here);
    await here.fault('transaction.confirm', 'drop_after');
    await begun(here, payment, 'confirm');
    await here.server.restart();
    await here.advance(1);
    await here.reaches(session.id, 'approved', 60);
    expect(await outcome(here, session)).toEqual(CONFIRMED);
  }, 90_000);

  it('and two replicas at it afterwards: still once', async () => {
    const here = await product();
    const { session, payment } = await captured(here);
    await here.fault('transaction.confirm', 'slow', { delayMs: 4_000 });
    const asked = await begun(here, payment, 'confirm');
    await here.server.restart();
    const second = await here.replica();
    await asked;
    await here.advance(1);
    await here.reaches(session.id, 'approved', 60);
    await second.stop();
    expect(await outcome(here, session)).toEqual(CONFIRMED);
  }, 90_000);
});

describe('kill -9 of the gateway while a payment is being confirmed', () => {
  it('leaves it unknown, and then confirmed once', async () => {
    const here = await product();
    const { session, payment } = await captured(here);
    await here.fault('transaction.confirm', 'slow', { delayMs: 4_000 });
    const asked = await begun(here, payment, 'confirm');
    await here.gateway.restart();
    await asked;
    await here.advance(1);
    await here.reaches(session.id, 'approved', 60);
    expect(await outcome(here, session)).toEqual(CONFIRMED);
  }, 90_000);
});

describe('kill -9 of the server while a session is being cancelled', () => {
  it('leaves it cancelled in the end, and its order free', async () => {
    const here = await product();
    const opened = await here.open();
    await here.fault('session.cancel', 'slow', { delayMs: 4_000 });
    const asked = here
      .shop()
      .post(`/api/sessions/${opened.id}/cancel`)
      .catch(() => null);
    await eventually(async () => (await here.session(opened.id)).cancelAskedAt);
    await here.server.restart();
    await asked;
    await here.advance(10);
    const { order } = await here.reaches(opened.id, 'cancelled', 60);
    expect(order.reservedMinor).toBe(0);
  }, 90_000);
});

describe('kill -9 of the server while sessions are being taken over', () => {
  it('leaves none half known: what is here has its payments', async () => {
    const here = await product();
    const opened = await Promise.all(Array.from({ length: 6 }, () => openElsewhere(here)));
    await here.loseNotifications(6);
    for (const each of opened) await here.pay(each.processUrl, CARDS.approved);
    const numbers = opened.map((each) => each.number);
    const asked = (await here.as('finance'))
      .post('/api/adoptions', { siteId: await here.siteId(), numbers, rehearse: false })
      .catch(() => null);
    await eventually(async () => {
      const { rowCount } = await here.db.query(`SELECT 1 FROM sessions WHERE origin = 'gateway'`);
      return rowCount;
    });
    await here.server.restart();
    await asked;
    await eventually(
      async () => {
        const { rows } = await here.db.query<{ open: number }>(
          `SELECT count(*)::int AS open FROM sessions WHERE origin = 'gateway' AND state = 'pending'`,
        );
        return rows[0]?.open === 0;
      },
      { seconds: 30, what: 'every session taken over being final' },
    );
    const { rows } = await here.db.query<{ wrong: number }>(
      `SELECT count(*)::int AS wrong FROM sessions s JOIN orders o ON o.id = s.order_id
       JOIN obligations b ON b.id = o.obligation_id
       WHERE s.origin = 'gateway' AND (s.state <> 'approved' OR b.settled_minor <> b.due_minor)`,
    );
    expect(rows[0]?.wrong).toBe(0);
  }, 90_000);
});
