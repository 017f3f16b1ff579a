import { describe, expect, it } from '@jest/globals';
import type { Adoption, SessionView } from '@recaudo/shared';
import { eventually } from '../support/eventually.js';
import { openElsewhere } from '../support/plugin.js';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();

async function adopt(here: Product, numbers: string[], rehearse = false): Promise<Adoption[]> {
  const finance = await here.as('finance');
  const { body } = await finance.post('/api/adoptions', { siteId: await here.siteId(), numbers, rehearse });
  return (body as { items: Adoption[] }).items;
}

async function byReference(here: Product, reference: string): Promise<SessionView> {
  const finance = await here.as('finance');
  const listed = await eventually(async () => {
    const { body } = await finance.get(`/api/sessions?q=${reference}`);
    return (body as { items: SessionView[] }).items[0];
  });
  return here.session(listed.id, finance);
}

describe('a session opened elsewhere on the same account', () => {
  it('is taken over when its notification comes, and says where it is from', async () => {
    const here = await product();
    const { reference, processUrl, number } = await openElsewhere(here);
    await here.pay(processUrl, CARDS.approved);
    const { id } = await byReference(here, reference);
    await here.reaches(id, 'approved');
    const session = await here.session(id, await here.as('finance'));
    expect([
      session.origin,
      session.state,
      session.order.settledMinor,
      session.transactions[0]?.origin,
      session.timeline.find((entry) => entry.kind === 'session.adopted')?.data,
    ]).toEqual(['gateway', 'approved', 5_200_000, 'gateway', { from: 'notification', number }]);
  });

  it('is taken over once by two notices at once', async () => {
    const here = await product();
    await here.fault('notification', 'duplicate');
    const { reference, processUrl } = await openElsewhere(here);
    await here.pay(processUrl, CARDS.approved);
    await byReference(here, reference);
    const { rows } = await here.db.query('SELECT 1 FROM sessions WHERE gateway_reference = $1', [reference]);
    expect(rows).toHaveLength(1);
  });

  it('is taken over by its number while it is pending, and then probed like our own', async () => {
    const here = await product();
    const { number, processUrl } = await openElsewhere(here);
    const [row] = await adopt(here, [number]);
    await here.pay(processUrl, CARDS.approved);
    const session = await here.reaches(row?.sessionId ?? '', 'approved');
    expect([row?.result, row?.state, session.kind]).toEqual(['adopted', 'pending', 'basic']);
  });

  it('keeps its kind', async () => {
    const here = await product();
    const { number } = await openElsewhere(here, { allowPartial: true });
    const [row] = await adopt(here, [number]);
    expect(row?.kind).toBe('partial');
  });

  it('is only looked at in a rehearsal', async () => {
    const here = await product();
    const { number, reference } = await openElsewhere(here);
    const [row] = await adopt(here, [number], true);
    const { rows } = await here.db.query('SELECT 1 FROM sessions WHERE gateway_reference = $1', [reference]);
    expect([row, rows.length]).toEqual([
      expect.objectContaining({ result: 'would_adopt', reference, amountMinor: 5_200_000, currency: 'COP' }),
      0,
    ]);
  });

  it('joins the order of its reference when it asks for the same', async () => {
    const here = await product();
    const opened = await here.open({ amountMinor: 5_200_000 });
    await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    const { number } = await openElsewhere(here, { reference: opened.reference });
    const [row] = await adopt(here, [number]);
    const session = await here.session(row?.sessionId ?? '');
    expect(session.orderId).toBe(opened.orderId);
  });

  it('that asks for something else under the same reference gets an order of its own', async () => {
    const here = await product();
    const opened = await here.open({ amountMinor: 9_900_000 });
    const { number } = await openElsewhere(here, { reference: opened.reference });
    const [row] = await adopt(here, [number]);
    const session = await here.session(row?.sessionId ?? '');
    expect([session.orderId === opened.orderId, session.reference]).toEqual([false, opened.reference]);
  });

  it('that pays an order of ours which is paid already shows it as overpaid', async () => {
    const here = await product();
    const opened = await here.open({ amountMinor: 5_200_000 });
    await here.pay(await here.follow(opened), CARDS.approved);
    await here.reaches(opened.id, 'approved');
    const { number, processUrl } = await openElsewhere(here, { reference: opened.reference });
    await here.loseNotifications(1);
    await here.pay(processUrl, CARDS.approved);
    await adopt(here, [number]);
    const { order } = await here.session(opened.id);
    expect([order.state, order.settledMinor]).toEqual(['overpaid', 10_400_000]);
  });

  it('that pays an order whose own link is live asks for somebody to cancel that link', async () => {
    const here = await product();
    const opened = await here.open({ amountMinor: 5_200_000 });
    const { number, processUrl } = await openElsewhere(here, { reference: opened.reference });
    await here.loseNotifications(1);
    await here.pay(processUrl, CARDS.approved);
    await adopt(here, [number]);
    const { reviews } = await here.session(opened.id, await here.as('finance'));
    expect(reviews.map((review) => [review.kind, review.data.sessionId])).toEqual([['live_link', opened.id]]);
  });

  it('and the item is done when that link is cancelled', async () => {
    const here = await product();
    const opened = await here.open({ amountMinor: 5_200_000 });
    const { number, processUrl } = await openElsewhere(here, { reference: opened.reference });
    await here.loseNotifications(1);
    await here.pay(processUrl, CARDS.approved);
    await adopt(here, [number]);
    await (await here.as('support')).post(`/api/sessions/${opened.id}/cancel`);
    const { reviews } = await here.session(opened.id, await here.as('finance'));
    expect(reviews.map((review) => review.resolvedAt !== null)).toEqual([true]);
  });

  it('is taken over once by two people at once, and neither sees an error', async () => {
    const here = await product();
    const opened = await Promise.all(Array.from({ length: 8 }, () => openElsewhere(here)));
    await here.loseNotifications(8);
    for (const each of opened) await here.pay(each.processUrl, CARDS.approved);
    const numbers = opened.map((each) => each.number);
    const [left, right] = await Promise.all([adopt(here, numbers), adopt(here, [...numbers].reverse())]);
    const results = [...left, ...right].map((row) => row.result);
    expect([
      results.filter((result) => result === 'adopted').length,
      new Set(results.filter((result) => result !== 'adopted')),
    ]).toEqual([8, new Set(['known'])]);
  });

  it('is answered row by row: known, repeated, not found, malformed', async () => {
    const here = await product();
    const { number } = await openElsewhere(here);
    await adopt(here, [number]);
    const rows = await adopt(here, [number, number, '999999', '=1+1', '12 34']);
    expect(rows.map((row) => row.result)).toEqual([
      'known',
      'repeated',
      'not_found',
      'malformed',
      'malformed',
    ]);
  });

  it('is left alone while the gateway does not answer', async () => {
    const here = await product();
    const { number } = await openElsewhere(here);
    await here.fault('session.query', 'error_500');
    const [row] = await adopt(here, [number]);
    expect([row?.result, row?.sessionId]).toEqual(['no_answer', null]);
  });
});
