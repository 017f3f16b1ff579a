import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Replacement } from '@recaudo/shared';
import { askForAnother, charge, instrumentPage, storeInstrument } from '../support/instruments.js';
import { createSchedule, scheduleOf } from '../support/schedules.js';
import { CARDS, useProduct, type Product } from '../support/product.js';

const product = useProduct();

async function deeds(here: Product, id: string): Promise<string[]> {
  const { timeline } = await instrumentPage(await here.as('support'), id);
  return timeline.map(({ kind }) => kind.replace('instrument.', ''));
}

/** The payer stores another one at that link. */
async function storeAt(here: Product, { linkUrl, sessionId }: Replacement): Promise<void> {
  const { headers } = await here.anonymous().get(new URL(linkUrl).pathname);
  await here.pay(headers.get('location') ?? '', CARDS.approved);
  await here.reaches(sessionId, 'approved');
}

describe('a suspended means of payment', () => {
  it('tells who did it and why, and is as before once it is resumed', async () => {
    const here = await product();
    const finance = await here.as('finance');
    const id = await storeInstrument(here);
    const suspended = (await finance.post(`/api/instruments/${id}/suspend`, { reason: 'Disputa abierta' }))
      .body;
    const resumed = (await finance.post(`/api/instruments/${id}/resume`)).body;
    expect([suspended.state, suspended.suspended.reason, resumed.state, resumed.suspended]).toEqual([
      ...['suspended', 'Disputa abierta'],
      ...['active', null],
    ]);
    expect(await deeds(here, id)).toEqual(['resumed', 'suspended', 'stored']);
  });

  it('is not charged', async () => {
    const here = await product();
    const id = await storeInstrument(here);
    await here.shop().post(`/api/instruments/${id}/suspend`, { reason: 'Disputa abierta' });
    const { status, body } = await charge(here, id);
    expect([status, body.code, body.detail]).toEqual([409, 'instrument_unusable', 'instrument_suspended']);
  });

  it('stays as the first click left it', async () => {
    const here = await product();
    const shop = here.shop();
    const id = await storeInstrument(here);
    const answers = await Promise.all(
      ['Uno', 'Dos'].map((reason) => shop.post(`/api/instruments/${id}/suspend`, { reason })),
    );
    const done = (await deeds(here, id)).filter((kind) => kind === 'suspended');
    expect([answers.map(({ status }) => status), done]).toEqual([[200, 200], ['suspended']]);
  });

  it('can be revoked, and then neither suspended nor resumed', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here);
    await support.post(`/api/instruments/${id}/suspend`, { reason: 'Disputa abierta' });
    const revoked = await support.post(`/api/instruments/${id}/revoke`, { reason: 'Lo pidió' });
    const after = [
      await support.post(`/api/instruments/${id}/suspend`, { reason: 'Otra vez' }),
      await support.post(`/api/instruments/${id}/resume`),
    ];
    expect([revoked.body.state, after.map(({ body }) => body.code)]).toEqual([
      'revoked',
      ['instrument_ended', 'instrument_ended'],
    ]);
  });

  it('is suspended for a reason, or not at all', async () => {
    const here = await product();
    const id = await storeInstrument(here);
    const { status, body } = await (await here.as('support')).post(`/api/instruments/${id}/suspend`, {});
    expect([status, body.errors]).toEqual([422, { reason: ['required'] }]);
  });
});

describe('a means of payment that is to be replaced', () => {
  it('is replaced by what its payer stores at the link, and can be charged until somebody ends it', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here);
    const answer = await askForAnother(support, id);
    await storeAt(here, answer.body);
    const old = await instrumentPage(support, id);
    const fresh = await instrumentPage(support, old.replacedById ?? '');
    expect([answer.status, old.state, fresh.replacesId, fresh.sessionId]).toEqual([
      ...[201, 'active'],
      ...[id, answer.body.sessionId],
    ]);
    expect(await deeds(here, id)).toEqual(['replaced', 'replacement_asked', 'stored']);
  });

  it('takes what is planned on it along to what its payer stores', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here);
    const planned = await createSchedule(here, id);
    await storeAt(here, (await askForAnother(support, id)).body);
    const { replacedById } = await instrumentPage(support, id);
    const { instrument } = await scheduleOf(here, planned.id);
    expect([instrument.id, replacedById === id]).toEqual([replacedById, false]);
  });

  it('is told to its payer by mail, once for two clicks, or to the address that was given', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here);
    const clicks = await Promise.all([askForAnother(support, id), askForAnother(support, id)]);
    const other = await askForAnother(support, id, { email: 'Otra@example.com' });
    const links = new Set([...clicks, other].map(({ body }) => body.linkUrl));
    const { rows } = await here.db.query(
      `SELECT template, recipient, language, data FROM mails WHERE data->>'url' = $1 ORDER BY recipient`,
      [other.body.linkUrl],
    );
    expect([links.size, rows.map(({ recipient }) => recipient)]).toEqual([
      1,
      ['ana@example.com', 'otra@example.com'],
    ]);
    expect(rows[0]).toMatchObject({
      template: 'instrument_replacement',
      language: 'es',
      data: { planName: null, lastFour: '0081', brandName: 'Visa', siteName: expect.any(String) },
    });
  });

  it('has a link without a letter where no address is known', async () => {
    const here = await product();
    const id = await storeInstrument(here);
    await here.db.query('UPDATE instruments SET payer_id = NULL WHERE id = $1', [id]);
    const { body } = await askForAnother(await here.as('support'), id);
    expect([body.mailedTo, body.linkUrl]).toEqual([null, expect.stringContaining('/p/')]);
  });

  it('has the same link for the same key, and refuses the key for another address', async () => {
    const here = await product();
    const shop = here.shop();
    const key = randomUUID();
    const id = await storeInstrument(here);
    const first = await askForAnother(shop, id, {}, key);
    await storeAt(here, first.body);
    const again = await askForAnother(shop, id, {}, key);
    const other = await askForAnother(shop, id, { email: 'otra@example.com' }, key);
    expect([again.body.sessionId, other.body.code]).toEqual([first.body.sessionId, 'idempotency_key_reused']);
  });

  it('is not replaced twice', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here);
    await storeAt(here, (await askForAnother(support, id)).body);
    const { replacedById } = await instrumentPage(support, id);
    const { status, body } = await askForAnother(support, id);
    expect([status, body.code, body.subject]).toEqual([
      ...[409, 'instrument_replaced'],
      { type: 'instrument', id: replacedById },
    ]);
  });

  it('is offered a new link once the payer gave up at the last one', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here);
    const first: Replacement = (await askForAnother(support, id)).body;
    const { headers } = await here.anonymous().get(new URL(first.linkUrl).pathname);
    await here.giveUp(headers.get('location') ?? '');
    await here.reaches(first.sessionId, 'cancelled');
    const second: Replacement = (await askForAnother(support, id)).body;
    await storeAt(here, second);
    const { replacedById } = await instrumentPage(support, id);
    expect([second.sessionId === first.sessionId, typeof replacedById]).toEqual([false, 'string']);
  });

  it('never takes its own place when the same token comes again', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here);
    const { sessionId } = await instrumentPage(support, id);
    const { orderId } = await here.session(sessionId ?? '');
    await here.db.query('UPDATE orders SET replaces_instrument_id = $1 WHERE id = $2', [id, orderId]);
    await support.post(`/api/sessions/${sessionId}/check`);
    const { replacedById, replacesId } = await instrumentPage(support, id);
    expect([replacedById, replacesId]).toEqual([null, null]);
  });

  it('hears of its replacement once, however often the gateway tells of it', async () => {
    const here = await product();
    const support = await here.as('support');
    const id = await storeInstrument(here);
    const { body } = await askForAnother(support, id);
    await storeAt(here, body);
    await support.post(`/api/sessions/${body.sessionId}/check`);
    expect((await deeds(here, id)).filter((kind) => kind === 'replaced')).toEqual(['replaced']);
  });

  it('is not asked for by who may open no links', async () => {
    const here = await product();
    const id = await storeInstrument(here);
    expect((await askForAnother(await here.as('finance'), id)).status).toBe(403);
  });
});
