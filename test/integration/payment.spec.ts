import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { CARDS, useProduct } from '../support/product.js';

const product = useProduct();

describe('a payment', () => {
  it('becomes final by the gateway’s notification alone', async () => {
    const here = await product();
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    const final = await here.reaches(opened.id, 'approved');
    expect(final.order).toMatchObject({
      state: 'paid',
      dueMinor: 8_450_000,
      reservedMinor: 0,
      settledMinor: 8_450_000,
    });
  });

  it('is the same payment in our list and in the gateway’s book', async () => {
    const here = await product();
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    const { transactions, reference } = await here.reaches(opened.id, 'approved');
    const booked = (await here.book()).filter((entry) => entry.reference === reference);
    expect(
      booked.map((entry) => [String(entry.internalReference), entry.amountMinor, entry.currency]),
    ).toEqual(transactions.map((each) => [each.internalReference, each.amountMinor, each.currency]));
  });

  it('keeps every attempt of the payer as a row of its own', async () => {
    const here = await product();
    const opened = await here.open();
    const processUrl = await here.follow(opened);
    await here.pay(processUrl, CARDS.declined);
    await here.pay(processUrl, CARDS.approved);
    const { transactions } = await here.reaches(opened.id, 'approved');
    expect(transactions.map((each) => [each.state, each.reason, each.lastFour])).toEqual([
      ['approved', '00', '0081'],
      ['rejected', '05', '0016'],
    ]);
  });

  it('becomes final when the payer comes back, although the notification was lost', async () => {
    const here = await product();
    const opened = await here.open();
    await here.loseNotifications(1);
    await here.pay(await here.follow(opened), CARDS.approved);
    const page = await here.anonymous().get(`${new URL(opened.order.linkUrl).pathname}/return`);
    expect(page.text).toContain('data-state="approved"');
    expect((await here.session(opened.id)).state).toBe('approved');
  });

  it('becomes final when staff ask, although the notification was lost', async () => {
    const here = await product();
    const support = await here.as('support');
    const opened = await here.open();
    await here.loseNotifications(1);
    await here.pay(await here.follow(opened), CARDS.approved);
    const answer = await support.post(`/api/sessions/${opened.id}/check`);
    expect(answer.body.state).toBe('approved');
  });

  it('ends as cancelled when the payer gives up, and the order may be paid again by its link', async () => {
    const here = await product();
    const opened = await here.open();
    await fetch(`${await here.follow(opened)}/cancel`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(),
    });
    await here.reaches(opened.id, 'cancelled');
    const second = await here.follow(opened);
    await here.pay(second, CARDS.approved);
    const order = await eventually(async () => {
      const { order: now } = await here.session(opened.id);
      return now.state === 'paid' && now;
    });
    expect(order.sessions.map((each) => each.state)).toEqual(['approved', 'cancelled']);
  });

  it('remembers who paid, as the payer typed it at the gateway', async () => {
    const here = await product();
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    const { payer } = await here.reaches(opened.id, 'approved');
    expect(payer).toMatchObject({
      name: 'Ana',
      surname: 'Ruiz',
      email: 'ana@example.com',
      document: '1020304050',
    });
  });

  it('tells its story on the timeline, newest first', async () => {
    const here = await product();
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    await here.reaches(opened.id, 'approved');
    const { timeline } = await here.session(opened.id, await here.as('support'));
    expect(timeline.map((entry) => entry.kind)).toEqual([
      'session.approved',
      'transaction.approved',
      'link.visited',
      'session.opened',
      'session.opening',
    ]);
  });
});

describe('evidence', () => {
  it.each([
    'UPDATE outcomes SET reason = NULL',
    'DELETE FROM outcomes',
    'UPDATE audit_log SET reason = NULL',
    'DELETE FROM audit_log',
  ])('stays as it was written: %s', async (sql) => {
    const here = await product();
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    await here.reaches(opened.id, 'approved');
    await expect(here.db.query(sql)).rejects.toThrow('append-only');
  });
});

describe('one order in two browsers', () => {
  it('ends as one payment and one refusal', async () => {
    const here = await product();
    const opened = await here.open();
    const [left, right] = await Promise.all([here.follow(opened), here.follow(opened)]);
    await Promise.all([here.pay(left, CARDS.approved), here.pay(right, CARDS.approved)]);
    const final = await here.reaches(opened.id, 'approved');
    const booked = (await here.book()).filter((entry) => entry.reference === opened.reference);
    expect([final.order.settledMinor, booked.length]).toEqual([8_450_000, 1]);
  });

  it('opens one next session when both follow the link after an unpaid end', async () => {
    const here = await product();
    const opened = await here.open();
    await fetch(`${await here.follow(opened)}/cancel`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(),
    });
    await here.reaches(opened.id, 'cancelled');
    const [left, right] = await Promise.all([here.follow(opened), here.follow(opened)]);
    expect(left).toBe(right);
  });
});
