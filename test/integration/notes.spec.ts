import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SessionView } from '@recaudo/shared';
import { useProduct, type Product } from '../support/product.js';

const product = useProduct();

async function write(here: Product, session: SessionView, note: string) {
  const agent = await here.as('support');
  return agent.post(`/api/orders/${session.orderId}/notes`, { note });
}

async function openReview(here: Product): Promise<string> {
  const id = randomUUID();
  await here.db.query(
    `INSERT INTO reviews (id, site_id, kind, subject, data, opened_at) VALUES ($1, $2, 'external_refund', $3, '{}', now())`,
    [id, await here.siteId(), `transaction:${id}`],
  );
  return id;
}

describe('a note', () => {
  it('stands on the timeline with its author', async () => {
    const here = await product();
    const session = await here.open();
    await write(here, session, 'La clienta llamó: quiere el recibo');
    const { timeline } = await here.session(session.id, await here.as('support'));
    const entry = timeline.find(({ kind }) => kind === 'note.added');
    expect([entry?.actor.name, entry?.data.note]).toEqual([
      'Sofía Cárdenas',
      'La clienta llamó: quiere el recibo',
    ]);
  });

  it('with a card number in it is not kept', async () => {
    const here = await product();
    const answer = await write(here, await here.open(), 'pagó con 4111 1111 1111 1111');
    expect([answer.status, answer.body.errors]).toEqual([422, { note: ['card_number'] }]);
  });

  it('is not written on an order that is not there', async () => {
    const here = await product();
    const agent = await here.as('support');
    expect((await agent.post(`/api/orders/${randomUUID()}/notes`, { note: 'hola' })).status).toBe(404);
  });

  it('is not written on another site’s order', async () => {
    const here = await product();
    const other = await here.open({ siteId: await here.siteId('ec'), currency: 'USD' });
    await here.db.query(`UPDATE people SET all_sites = false, site_ids = $1 WHERE email LIKE 'finance@%'`, [
      [await here.siteId('co')],
    ]);
    const finance = await here.signIn('finance');
    const answer = await finance.post(`/api/orders/${other.orderId}/notes`, { note: 'hola' });
    await here.db.query(`UPDATE people SET all_sites = true, site_ids = '{}' WHERE email LIKE 'finance@%'`);
    expect(answer.status).toBe(404);
  });
});

describe('what waits for a person', () => {
  it('is taken on by one, and let go again', async () => {
    const here = await product();
    const finance = await here.as('finance');
    const path = `/api/reviews/${await openReview(here)}/own`;
    const owners = [(await finance.post(path, {})).body.owner, (await finance.post(path, {})).body.owner];
    expect(owners).toEqual(['Federico Peña', null]);
  });

  it('keeps its owner once it is resolved', async () => {
    const here = await product();
    const finance = await here.as('finance');
    const id = await openReview(here);
    await finance.post(`/api/reviews/${id}/own`, {});
    const answer = await finance.post(`/api/reviews/${id}/resolve`, { note: 'era nuestra' });
    expect(answer.body.owner).toBe('Federico Peña');
  });

  it('is not taken on once it is resolved', async () => {
    const here = await product();
    const finance = await here.as('finance');
    const id = await openReview(here);
    await finance.post(`/api/reviews/${id}/resolve`, { note: 'era nuestra' });
    const answer = await finance.post(`/api/reviews/${id}/own`, {});
    expect([answer.status, answer.body.code]).toEqual([409, 'conflict']);
  });
});
