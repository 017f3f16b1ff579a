import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { CARDS, useProduct } from '../support/product.js';

const product = useProduct();

const keyed = (key: string = randomUUID()) => ({ headers: { 'idempotency-key': key } });

describe('opening a payment', () => {
  it('answers the same key and body with the same session', async () => {
    const here = await product();
    const order = await here.order();
    const first = await here.shop().post('/api/sessions', order, keyed('key-of-mine-1'));
    const second = await here.shop().post('/api/sessions', order, keyed('key-of-mine-1'));
    expect([second.status, second.body.id, second.headers.get('idempotent-replay')]).toEqual([
      201,
      first.body.id,
      'true',
    ]);
  });

  it('opens one session when the same request arrives twice at once', async () => {
    const here = await product();
    const order = await here.order();
    const answers = await Promise.all(
      [1, 2, 3].map(() => here.shop().post('/api/sessions', order, keyed('key-of-mine-2'))),
    );
    const opened = new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
    expect(opened.size).toBe(1);
    expect(answers.every((answer) => answer.status === 201 || answer.status === 409)).toBe(true);
  });

  it('refuses the same key with another body', async () => {
    const here = await product();
    await here.shop().post('/api/sessions', await here.order(), keyed('key-of-mine-3'));
    const other = await here.shop().post('/api/sessions', await here.order(), keyed('key-of-mine-3'));
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_reused']);
  });

  it('asks for a key', async () => {
    const here = await product();
    const answer = await here.shop().post('/api/sessions', await here.order());
    expect([answer.status, answer.body.code]).toEqual([400, 'idempotency_key_missing']);
  });

  it('says when a key is too short to be one', async () => {
    const here = await product();
    const answer = await here.shop().post('/api/sessions', await here.order(), keyed('short'));
    expect([answer.status, answer.body.code]).toEqual([400, 'idempotency_key_malformed']);
  });

  it('refuses a reference whose order has a live session, and names it', async () => {
    const here = await product();
    const opened = await here.open();
    const again = await here
      .shop()
      .post('/api/sessions', await here.order({ reference: opened.reference }), keyed());
    expect([again.status, again.body.code, again.body.subject]).toEqual([
      409,
      'session_live',
      { type: 'session', id: opened.id },
    ]);
  });

  it('refuses a reference whose order is paid, and names the payment', async () => {
    const here = await product();
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.approved);
    await here.reaches(opened.id, 'approved');
    const again = await here
      .shop()
      .post('/api/sessions', await here.order({ reference: opened.reference }), keyed());
    expect([again.status, again.body.code, again.body.subject.id]).toEqual([409, 'order_paid', opened.id]);
  });

  it('refuses another amount for an order that exists', async () => {
    const here = await product();
    const opened = await here.open();
    await fetch(`${await here.follow(opened)}/cancel`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(),
    });
    await here.reaches(opened.id, 'cancelled');
    const order = await here.order({ reference: opened.reference, amountMinor: 1_00 });
    const again = await here.shop().post('/api/sessions', order, keyed());
    expect([again.status, again.body.code]).toEqual([409, 'order_differs']);
  });

  it('fails the row when the gateway is silent, and the same key and body then opens another', async () => {
    const here = await product();
    await here.fault('session.create', 'drop_after');
    const order = await here.order();
    const silent = await here.shop().post('/api/sessions', order, keyed('key-of-mine-4'));
    expect([silent.status, silent.body.code]).toEqual([502, 'gateway_unreachable']);
    expect((await here.session(silent.body.subject.id)).state).toBe('failed');
    const second = await here.shop().post('/api/sessions', order, keyed('key-of-mine-4'));
    expect([second.status, second.body.state]).toEqual([201, 'pending']);
    expect(second.body.id).not.toBe(silent.body.subject.id);
  });

  it.each([
    ['amountMinor', { amountMinor: 0 }, 'too_small'],
    ['amountMinor', { amountMinor: -5 }, 'too_small'],
    ['amountMinor', { amountMinor: 10.5 }, 'invalid_type'],
    ['amountMinor', { amountMinor: 10_000_000_000_001 }, 'too_big'],
    ['amountMinor', { amountMinor: '100' }, 'invalid_type'],
    ['currency', { currency: 'XXX' }, 'invalid_value'],
    ['reference', { reference: 'x'.repeat(33) }, 'too_big'],
    ['reference', { reference: 'á|b' }, 'reference_characters'],
    ['description', { description: 'tarjeta 4111 1111 1111 1111' }, 'card_number'],
    ['payer.name', { payer: { name: '4111111111111111' } }, 'card_number'],
    ['payer.email', { payer: { email: 'nobody' } }, 'invalid_format'],
    ['expiresAt', { expiresAt: 'soon' }, 'invalid_format'],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }, 'too_soon'],
    ['expiresAt', { expiresAt: '2999-01-01T00:00:00Z' }, 'too_late'],
    ['siteId', { siteId: '01a1fc76-a55b-75a4-8f86-9f2e12db59ed' }, 'not_found'],
    ['returnUrl', { returnUrl: 'javascript:alert(1)' }, 'invalid_format'],
  ])('refuses a bad %s %j by field, and nothing else changes', async (field, bad, key) => {
    const here = await product();
    const count = async () => (await here.db.query('SELECT count(*) FROM sessions')).rows[0];
    const before = await count();
    const answer = await here.shop().post('/api/sessions', await here.order(bad), keyed());
    expect([answer.status, answer.body.code, answer.body.errors?.[field]]).toEqual([
      422,
      'validation',
      [key],
    ]);
    expect(await count()).toEqual(before);
  });

  it('refuses an expiration under five minutes and takes one just over it', async () => {
    const here = await product();
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const tooSoon = await here
      .shop()
      .post('/api/sessions', await here.order({ expiresAt: inMinutes(4.9) }), keyed());
    const enough = await here
      .shop()
      .post('/api/sessions', await here.order({ expiresAt: inMinutes(5.5) }), keyed());
    expect([tooSoon.status, enough.status]).toEqual([422, 201]);
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['malformed JSON', '{"siteId":', {}, 400, 'malformed_body'],
    ['a body of 2 MB', JSON.stringify({ description: 'x'.repeat(2_000_000) }), {}, 413, 'body_too_large'],
    [
      'a form',
      'a=b',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_content_type',
    ],
    ['plain text', 'hello', { 'content-type': 'text/plain' }, 415, 'unsupported_content_type'],
  ])('answers %s with a problem document', async (_name, raw, headers, status, code) => {
    const here = await product();
    const answer = await here.shop().post('/api/sessions', undefined, { raw, headers });
    const type = answer.headers.get('content-type')?.split(';')[0];
    expect([answer.status, answer.body?.code, type]).toEqual([status, code, 'application/problem+json']);
  });
});

describe('an order that no gateway has heard of', () => {
  it('takes the corrected amount and description after a failed opening', async () => {
    const here = await product();
    await here.fault('session.create', 'error_500');
    const order = await here.order({ amountMinor: 8_450_000 });
    await here.shop().post('/api/sessions', order, keyed());
    const corrected = await here.open({ ...order, amountMinor: 845_000, description: 'Pedido corregido' });
    expect([corrected.amountMinor, corrected.order.dueMinor, corrected.description]).toEqual([
      845_000,
      845_000,
      'Pedido corregido',
    ]);
  });
});

describe('the payer’s page', () => {
  it('says that nothing was paid yet, and offers to pay', async () => {
    const here = await product();
    const opened = await here.open();
    const path = new URL(opened.order.linkUrl).pathname;
    const page = await here.anonymous().get(`${path}/return`);
    expect(page.text).toContain('data-state="unpaid"');
    expect(page.text).toContain(`href="${path}"`);
  });

  it('asks not to pay again while a bank has not answered', async () => {
    const here = await product();
    const opened = await here.open();
    await here.pay(await here.follow(opened), CARDS.pendingThenApproved);
    const page = await here.anonymous().get(`${new URL(opened.order.linkUrl).pathname}/return`);
    expect(page.text).toContain('data-state="pending"');
  });

  it('of a link that nobody made says so, and is not found', async () => {
    const here = await product();
    const page = await here.anonymous().get('/p/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    expect([page.status, page.text.includes('no existe')]).toEqual([404, true]);
  });
});

describe('a shop', () => {
  it('is told of its payment and not of the house', async () => {
    const here = await product();
    const opened = await here.open();
    expect(opened).toMatchObject({ timeline: [], reviews: [], availableActions: [], evidence: null });
  });

  it('that loses the race for a reference is told which session won', async () => {
    const here = await product();
    const order = await here.order();
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => here.shop().post('/api/sessions', order, keyed())),
    );
    const won = answers.find((answer) => answer.status === 201)?.body.id;
    const lost = answers.filter((answer) => answer.status === 409);
    expect(lost.map((answer) => [answer.body.code, answer.body.subject?.id])).toEqual(
      lost.map(() => ['session_live', won]),
    );
    expect(lost).toHaveLength(3);
  });
});

describe('a session whose creation nobody heard the answer of', () => {
  it('takes the gateway’s number from its notification, and the late payment is seen', async () => {
    const here = await product();
    await here.fault('session.create', 'drop_after');
    const order = await here.order();
    const silent = await here.shop().post('/api/sessions', order, keyed());
    const id = silent.body.subject.id as string;
    const created = (await here.control('GET', `/sessions?reference=${order.reference}`)).body as {
      processUrl: string;
    }[];
    await here.pay(created[0]?.processUrl ?? '', CARDS.approved);
    await here.reaches(id, 'approved');
    const found = await here.session(id, await here.as('support'));
    expect([found.order.state, found.reviews.map((review) => review.kind)]).toEqual([
      'paid',
      ['contradiction'],
    ]);
  });

  it('does not disturb the next session of its order when it ends unpaid', async () => {
    const here = await product();
    await here.fault('session.create', 'drop_after');
    const order = await here.order();
    const silent = await here.shop().post('/api/sessions', order, keyed());
    const lost = (await here.control('GET', `/sessions?reference=${order.reference}`)).body as {
      processUrl: string;
    }[];
    const opened = await here.open(order);
    await fetch(`${lost[0]?.processUrl}/cancel`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(),
    });
    await here.reaches(silent.body.subject.id, 'cancelled');
    const now = await here.session(opened.id);
    expect([now.state, now.order.reservedMinor]).toEqual(['pending', order.amountMinor]);
  });

  it('and a second session of its order that is paid too ends as overpaid, for a person to see', async () => {
    const here = await product();
    await here.fault('session.create', 'drop_after');
    const order = await here.order();
    await here.shop().post('/api/sessions', order, keyed());
    const lost = (await here.control('GET', `/sessions?reference=${order.reference}`)).body as {
      processUrl: string;
    }[];
    const opened = await here.open(order);
    await here.pay(await here.follow(opened), CARDS.approved);
    await here.reaches(opened.id, 'approved');
    await here.pay(lost[0]?.processUrl ?? '', CARDS.approved);
    const seen = await eventually(async () => {
      const now = await here.session(opened.id, await here.as('support'));
      return now.orderState === 'overpaid' && now;
    });
    expect([seen.order.settledMinor, seen.reviews.map((review) => review.kind).sort()]).toEqual([
      16_900_000,
      ['contradiction', 'overpaid'],
    ]);
  });
});

/** Last: it moves the clock, and the others ask by the machine’s own. */
describe('the same request long after', () => {
  it('is answered with the same session though the end that it asked for has passed', async () => {
    const here = await product();
    const expiresAt = new Date(Date.now() + 20 * 60_000).toISOString();
    const [order, key] = [await here.order({ expiresAt }), randomUUID()];
    const first = await here.shop().post('/api/sessions', order, keyed(key));
    await here.advance(30);
    const second = await here.shop().post('/api/sessions', order, keyed(key));
    const other = await here.shop().post('/api/sessions', { ...order, description: 'Otro' }, keyed(key));
    expect([second.status, second.body.id, other.body.code]).toEqual([
      ...[201, first.body.id],
      'idempotency_key_reused',
    ]);
  });
});
