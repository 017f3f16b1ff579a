import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SessionView } from '@recaudo/shared';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();

async function partlyPaid(here: Product, amount = '30000'): Promise<{ opened: SessionView; page: string }> {
  const opened = await here.open({ allowPartial: true });
  const page = await here.follow(opened);
  await here.pay(page, CARDS.approved, { amount });
  await here.session(opened.id);
  await (await here.as('support')).post(`/api/sessions/${opened.id}/check`);
  return { opened, page };
}

/** Partly paid, and ended: the payer gave up the rest. */
async function ended(here: Product): Promise<SessionView> {
  const { opened, page } = await partlyPaid(here);
  await here.giveUp(page);
  return here.reaches(opened.id, 'partial_expired');
}

const key = () => ({ headers: { 'idempotency-key': randomUUID() } });

describe('a partial payment', () => {
  it('shows what is paid while the rest may still come', async () => {
    const here = await product();
    const { opened } = await partlyPaid(here);
    const { state, approvedMinor, order, queue } = await here.session(opened.id);
    expect([state, approvedMinor, order.state, order.settledMinor, order.reservedMinor, queue]).toEqual([
      'partial',
      3_000_000,
      'part_paid',
      3_000_000,
      5_450_000,
      'partial',
    ]);
  });

  it('is paid once the parts make up the whole', async () => {
    const here = await product();
    const { opened, page } = await partlyPaid(here);
    await here.pay(page, CARDS.approved);
    const { order, transactions, queue } = await here.reaches(opened.id, 'approved');
    expect([order.state, transactions.map((each) => each.amountMinor), queue]).toEqual([
      'paid',
      [5_450_000, 3_000_000],
      null,
    ]);
  });

  it('cannot be cancelled any more', async () => {
    const here = await product();
    const { opened } = await partlyPaid(here);
    const answer = await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    expect([answer.status, answer.body.code]).toEqual([409, 'session_partly_paid']);
  });

  it('keeps its own link while it can be paid', async () => {
    const here = await product();
    const { opened, page } = await partlyPaid(here);
    expect(await here.follow(opened)).toBe(page);
  });

  it('leaves a remainder when it ends', async () => {
    const here = await product();
    const { order, queue } = await ended(await Promise.resolve(here));
    expect([order.state, order.reservedMinor, queue]).toEqual(['part_paid', 0, 'remainder']);
  });

  it('is not opened again by its payer: staff decide about the rest', async () => {
    const here = await product();
    const session = await ended(here);
    const page = await here.anonymous().get(new URL(session.order.linkUrl).pathname);
    expect(page.text).toContain('data-state="partial_expired"');
  });
});

describe('a remainder', () => {
  it('gets a new link on the same order, for what is left', async () => {
    const here = await product();
    const session = await ended(here);
    const answer = await (await here.as('support')).post(`/api/sessions/${session.id}/remainder`, {}, key());
    expect([answer.status, answer.body.orderId, answer.body.amountMinor, answer.body.kind]).toEqual([
      201,
      session.orderId,
      5_450_000,
      'basic',
    ]);
  });

  it('leaves the queue with its new link, and the order is paid when that is', async () => {
    const here = await product();
    const session = await ended(here);
    const support = await here.as('support');
    const { body } = await support.post(`/api/sessions/${session.id}/remainder`, {}, key());
    await here.pay(await here.follow(body as SessionView), CARDS.approved);
    const paid = await here.reaches((body as SessionView).id, 'approved');
    const first = await here.session(session.id);
    expect([paid.order.state, paid.order.settledMinor, first.queue]).toEqual(['paid', 8_450_000, null]);
  });

  it('comes back to the queue when its new link ends unpaid', async () => {
    const here = await product();
    const session = await ended(here);
    const support = await here.as('support');
    const { body } = await support.post(`/api/sessions/${session.id}/remainder`, {}, key());
    await here.giveUp(await here.follow(body as SessionView));
    const again = await here.reaches((body as SessionView).id, 'cancelled');
    expect([again.queue, (await here.session(session.id)).queue]).toEqual(['remainder', null]);
  });

  it('stays in the queue when its new link could not be opened', async () => {
    const here = await product();
    const session = await ended(here);
    await here.fault('session.create', 'drop_before');
    const support = await here.as('support');
    const answer = await support.post(`/api/sessions/${session.id}/remainder`, {}, key());
    expect([answer.status, (await here.session(session.id)).queue]).toEqual([502, 'remainder']);
  });

  it('stands in the queue once, whoever asks about its earlier payments', async () => {
    const here = await product();
    const session = await ended(here);
    const support = await here.as('support');
    const { body } = await support.post(`/api/sessions/${session.id}/remainder`, {}, key());
    const newer = body as SessionView;
    await support.post(`/api/sessions/${session.id}/check`);
    const whileLive = (await here.session(session.id)).queue;
    await here.giveUp(await here.follow(newer));
    await here.reaches(newer.id, 'cancelled');
    await support.post(`/api/sessions/${session.id}/check`);
    const queues = [(await here.session(session.id)).queue, (await here.session(newer.id)).queue];
    expect([whileLive, queues]).toEqual([null, [null, 'remainder']]);
  });

  it('is opened once by two clicks with one key', async () => {
    const here = await product();
    const session = await ended(here);
    const support = await here.as('support');
    const same = key();
    const first = await support.post(`/api/sessions/${session.id}/remainder`, {}, same);
    const second = await support.post(`/api/sessions/${session.id}/remainder`, {}, same);
    expect([second.status, second.body.id]).toEqual([201, first.body.id]);
  });

  it('is refused while the session can still be paid', async () => {
    const here = await product();
    const { opened } = await partlyPaid(here);
    const answer = await (await here.as('support')).post(`/api/sessions/${opened.id}/remainder`, {}, key());
    expect([answer.status, answer.body.code, answer.body.subject.id]).toEqual([
      409,
      'session_live',
      opened.id,
    ]);
  });

  it('may be given up with a reason, and the order asks for nothing more', async () => {
    const here = await product();
    const session = await ended(here);
    const finance = await here.as('finance');
    const reason = 'El cliente paga el resto en la tienda';
    const answer = await finance.post(`/api/sessions/${session.id}/agree`, { reason });
    expect([answer.body.order.state, answer.body.order.agreed.reason, answer.body.queue]).toEqual([
      'agreed',
      reason,
      null,
    ]);
  });

  it('given up takes no further link', async () => {
    const here = await product();
    const session = await ended(here);
    await (await here.as('finance')).post(`/api/sessions/${session.id}/agree`, { reason: 'acordado' });
    const answer = await (await here.as('support')).post(`/api/sessions/${session.id}/remainder`, {}, key());
    expect(answer.body.code).toBe('no_remainder');
  });

  it('is listed by its queue and counted at home', async () => {
    const here = await product();
    const session = await ended(here);
    const finance = await here.as('finance');
    const list = await finance.get('/api/sessions?queue=remainder&limit=100');
    const home = await finance.get('/api/home');
    expect([
      (list.body.items as SessionView[]).some((item) => item.id === session.id),
      home.body.payments.remainder.count.count > 0,
    ]).toEqual([true, true]);
  });
});

describe('a dispersion', () => {
  const parts = (first: number, second: number) => [
    { amountMinor: first, agreement: '1299' },
    { amountMinor: second },
  ];

  it('is one payment whose parts are rows of their own', async () => {
    const here = await product();
    const opened = await here.open({ dispersion: parts(8_000_000, 450_000) });
    await here.pay(await here.follow(opened), CARDS.approved);
    const { transactions, order, approvedMinor } = await here.reaches(opened.id, 'approved');
    const whole = transactions.find((each) => each.kind === 'dispersion');
    const rows = transactions.filter((each) => each.groupId === whole?.id);
    expect([
      rows.map((each) => [each.kind, each.agreement, each.amountMinor]).sort(),
      order.settledMinor,
      approvedMinor,
    ]).toEqual([
      [
        ['payment', null, 450_000],
        ['payment', '1299', 8_000_000],
      ],
      8_450_000,
      8_450_000,
    ]);
  });

  it('of more parts than the account takes is refused before anything is sent', async () => {
    const here = await product();
    const four = [1, 2, 3, 4].map((amountMinor) => ({ amountMinor }));
    const answer = await here
      .shop()
      .post('/api/sessions', await here.order({ amountMinor: 10, dispersion: four }), key());
    expect([answer.status, answer.body.errors]).toEqual([422, { dispersion: ['max_dispersion'] }]);
  });
});
